/** Lets the reader rate an answer that is open: buttons below it. The question comes back on the page `/recall`. */
import { questionElement } from "../../../library/page-ids.ts";
import { ratingWords } from "../../words/rating-words.ts";
import { createRatingButtons } from "../recall/rating-buttons.ts";
import { type Rating, ratings } from "../recall/record.ts";
import { addReview, removeReview } from "../recall/stored-recall.ts";

/** Adds the buttons, once. */
export function offerRating(answer: HTMLElement): void {
  const question = answer.closest("li")?.id ?? "";
  const text = answer.closest<HTMLElement>("[data-text]")?.dataset.text ?? document.body.dataset.id;
  const prefix = questionElement("");
  if (!text || !question.startsWith(prefix) || answer.querySelector(".rating")) return;
  const { lang, dir } = document.documentElement;
  const words = ratingWords(lang);
  const result = document.createElement("p");
  result.className = "rating-result";
  result.role = "status";
  // The page of all questions has no link to itself.
  const more = document.querySelector<HTMLAnchorElement>(".questions-more a");
  /** Of the rating that was given here: choosing another one replaces it. */
  let given: number | undefined;
  const buttons = createRatingButtons((rating) => {
    const id = question.slice(prefix.length);
    if (given !== undefined) removeReview(id, given);
    const time = Date.now();
    const isSaved = addReview(id, text, [time, rating]);
    given = isSaved ? time : undefined;
    mark(buttons, isSaved ? rating : undefined);
    result.replaceChildren(isSaved ? words.saved(rating === 1) : words.notSaved);
    if (isSaved && more)
      result.append(" ", Object.assign(document.createElement("a"), { href: more.href, textContent: words.recall }));
    dispatchEvent(new Event("recall"));
  });
  // A chapter may be in another language than the interface.
  Object.assign(buttons, { lang, dir });
  Object.assign(result, { lang, dir });
  answer.append(buttons, result);
}

const mark = (buttons: Element, chosen: Rating | undefined): void => {
  for (const [index, button] of [...buttons.children].entries()) {
    button.ariaPressed = String(ratings[index] === chosen);
  }
};
