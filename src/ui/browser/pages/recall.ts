/** Shows what is due on the page of questions that come back, one question at a time. */
import { questionElement } from "../../../library/page-ids.ts";
import { showDueInBooks } from "../recall/due-in-books.ts";
import { DueSession } from "../recall/due-session.ts";

const page = document.querySelector<HTMLElement>(".recall");
const place = page?.querySelector<HTMLElement>(".due");
if (page && place) {
  const books = [...page.querySelectorAll<HTMLElement>("[data-texts]")];
  const start = questionElement("");
  const questions = new Map(
    [...page.querySelectorAll<HTMLElement>(`.recall-list li[id^="${start}"]`)].map((item) => [
      item.id.slice(start.length),
      item,
    ]),
  );
  const refresh =
    books.length > 0
      ? () => showDueInBooks(place, books)
      : new DueSession(place, questions, page.dataset.all !== undefined).refresh;
  refresh();
  place.hidden = false;
  page.dataset.ready = "";
  // Rated below, or in another tab; or the day has changed since the page was opened.
  addEventListener("recall", refresh);
  addEventListener("storage", refresh);
  document.addEventListener("visibilitychange", refresh);
}
