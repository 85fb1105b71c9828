/** Builds the buttons that rate an answer. */
import { ratingWords } from "../../words/rating-words.ts";
import { type Rating, ratings } from "./record.ts";

/** `hint`: a small line on the button of a rating; the digit of the rating presses it. */
export function createRatingButtons(
  onRate: (rating: Rating) => void,
  hint?: (rating: Rating) => string,
): HTMLDivElement {
  const words = ratingWords(document.documentElement.lang);
  const group = document.createElement("div");
  group.className = "rating";
  group.role = "group";
  group.ariaLabel = words.question;
  group.append(
    ...ratings.map((rating) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(words.names[rating]);
      if (hint) {
        const small = document.createElement("small");
        small.append(hint(rating));
        button.append(" ", small);
        button.setAttribute("aria-keyshortcuts", String(rating));
      }
      button.addEventListener("click", () => onRate(rating));
      return button;
    }),
  );
  return group;
}
