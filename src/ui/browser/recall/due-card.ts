/** Builds the card of a question that is due: its chapter, the question, and its answer with the buttons that rate it. */
import { createRatingButtons } from "./rating-buttons.ts";
import { type Rating, ratings } from "./record.ts";

interface DueCard {
  /** The question in the list of the page, of which the card is a copy. */
  readonly question: HTMLElement;
  /** Label of the card, read out when it receives the focus. */
  readonly label: string;
  /** When the question comes back after each rating. */
  readonly hint: (rating: Rating) => string;
  readonly onRate: (rating: Rating) => void;
}

export function createDueCard({ question, label, hint, onRate }: DueCard): HTMLElement {
  const card = document.createElement("div");
  card.className = "due-card";
  card.role = "group";
  card.ariaLabel = label;
  card.tabIndex = -1;
  const section = question.closest("[data-text]");
  const list = question.closest<HTMLElement>("ol");
  const from = document.createElement("p");
  from.className = "due-from";
  const chapter = section?.querySelector("h4 a");
  if (chapter) from.append(chapter.cloneNode(true));
  const heading = section?.querySelector<HTMLElement>("h4");
  Object.assign(from, { lang: heading?.lang ?? "", dir: heading?.dir ?? "" });
  const content = document.createElement("div");
  content.className = "due-question";
  Object.assign(content, { lang: list?.lang ?? "", dir: list?.dir ?? "" });
  content.append(...[...question.childNodes].map((node) => node.cloneNode(true)));
  card.append(from, content);
  const answer = content.querySelector("details");
  if (!answer) return card;
  // The list's own buttons are not this card's.
  for (const own of answer.querySelectorAll(".rating, .rating-result")) own.remove();
  answer.open = false;
  const buttons = createRatingButtons(onRate, hint);
  answer.append(buttons);
  card.addEventListener("keydown", (event) => {
    const rating = ratings.find((one) => String(one) === event.key);
    const isModified = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
    if (rating === undefined || isModified || event.repeat || !answer.open) return;
    event.preventDefault();
    onRate(rating);
  });
  return card;
}
