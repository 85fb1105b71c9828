/** Says how many questions are due in each book of a library that has too many for one page. */
import { dueWords } from "../../words/due-words.ts";
import { dayOf, dueDay } from "./schedule.ts";
import { readRecall } from "./stored-recall.ts";

/** `books`: items of the list of books, which name the texts of each. */
export function showDueInBooks(place: HTMLElement, books: readonly HTMLElement[]): void {
  const words = dueWords(document.documentElement.lang);
  const today = dayOf(Date.now());
  const rated = Object.values(readRecall());
  const due = rated.filter(({ reviews }) => dueDay(reviews) <= today);
  let total = 0;
  for (const book of books) {
    const texts = new Set(book.dataset.texts?.split(" "));
    const count = due.filter(({ text }) => texts.has(text)).length;
    total += count;
    book.querySelector(".due-in-book")?.remove();
    if (count > 0) {
      const label = Object.assign(document.createElement("span"), { className: "due-in-book" });
      label.append(words.inBook(count));
      book.append(" ", label);
    }
  }
  const state = Object.assign(document.createElement("p"), { className: "due-state" });
  state.append(total > 0 ? words.inBooks(total) : rated.length > 0 ? words.none : words.empty);
  place.replaceChildren(state);
}
