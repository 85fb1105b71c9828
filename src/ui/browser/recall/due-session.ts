/** Leads the reader through the questions that are due: one at a time, until none is left. */
import { dueWords } from "../../words/due-words.ts";
import { ratingWords } from "../../words/rating-words.ts";
import { canStore } from "../stored.ts";
import { createDueCard } from "./due-card.ts";
import type { Rating } from "./record.ts";
import { type Agenda, agendaOf, dateOf, dayOf, dueDay, intervals } from "./schedule.ts";
import { addReview, readRecall, removeQuestions, removeReview } from "./stored-recall.ts";

const paragraph = (className: string): HTMLParagraphElement =>
  Object.assign(document.createElement("p"), { className });

export class DueSession {
  readonly #words = dueWords(document.documentElement.lang);
  readonly #ratings = ratingWords(document.documentElement.lang);
  readonly #questions: ReadonlyMap<string, HTMLElement>;
  readonly #isWhole: boolean;
  readonly #state = paragraph("due-state");
  readonly #place = document.createElement("div");
  readonly #result = paragraph("due-result");
  readonly #lost = paragraph("due-lost");
  /** Rated here, but not stored: not shown again before the page is opened again. */
  readonly #unsaved = new Set<string>();
  #current: string | undefined;

  /** `questions`: those of the page, by id, in its order. */
  constructor(place: HTMLElement, questions: ReadonlyMap<string, HTMLElement>, isWhole: boolean) {
    this.#questions = questions;
    this.#isWhole = isWhole;
    const title = document.createElement("h2");
    title.append(this.#words.title);
    this.#state.tabIndex = -1;
    this.#result.role = "status";
    place.append(title, this.#state, this.#place, this.#result, this.#lost);
  }

  /** Shows what is due now; a question that is still due stays as it is. */
  readonly refresh = (): void => {
    const agenda = this.#agenda();
    this.#describe(agenda);
    this.#showLost(agenda.lost);
    if (this.#current !== undefined && agenda.due.includes(this.#current)) return;
    this.#show(agenda.due[0], agenda.due.length);
  };

  get #today(): number {
    return dayOf(Date.now());
  }

  #agenda(): Agenda {
    const texts = [...this.#questions.values()].flatMap(
      (item) => item.closest<HTMLElement>("[data-text]")?.dataset.text ?? [],
    );
    const shown = { ids: [...this.#questions.keys()], texts: new Set(texts), isWhole: this.#isWhole };
    const agenda = agendaOf(readRecall(), shown, this.#today);
    return { ...agenda, due: agenda.due.filter((id) => !this.#unsaved.has(id)) };
  }

  #describe({ due, next }: Agenda): void {
    const words = this.#words;
    const coming = next && words.next(next.count, dateOf(next.day), next.day - this.#today);
    const isEmpty = due.length === 0 && next === undefined && this.#unsaved.size === 0;
    const none = canStore() ? words.empty : words.blocked;
    const state = due.length > 0 ? words.left(due.length) : [words.none, coming].filter(Boolean).join(" ");
    this.#state.textContent = isEmpty ? none : state;
  }

  #show(id: string | undefined, left: number): void {
    const question = id === undefined ? undefined : this.#questions.get(id);
    this.#current = question && id;
    if (!question || id === undefined) {
      this.#place.replaceChildren();
      return;
    }
    const days = intervals(readRecall()[id]?.reviews ?? [], this.#today);
    const card = createDueCard({
      question,
      label: this.#words.question(left),
      hint: (rating) => this.#words.interval(days[rating]),
      onRate: (rating) => this.#rate(id, rating),
    });
    this.#place.replaceChildren(card);
  }

  #rate(id: string, rating: Rating): void {
    const time = Date.now();
    const text = this.#questions.get(id)?.closest<HTMLElement>("[data-text]")?.dataset.text ?? "";
    const isSaved = addReview(id, text, [time, rating]);
    if (!isSaved) this.#unsaved.add(id);
    this.refresh();
    if (isSaved) this.#offerUndo(id, time, rating);
    else this.#result.replaceChildren(this.#ratings.notSaved);
    this.#focus();
  }

  #offerUndo(id: string, time: number, rating: Rating): void {
    const day = dueDay(readRecall()[id]?.reviews ?? []);
    const button = document.createElement("button");
    button.type = "button";
    button.append(this.#words.undo);
    button.addEventListener("click", () => {
      removeReview(id, time);
      this.#result.replaceChildren();
      this.#show(id, this.#agenda().due.length);
      this.refresh();
      this.#focus();
    });
    const message = this.#words.comesBack(this.#ratings.names[rating], dateOf(day), day - this.#today);
    this.#result.replaceChildren(message, " ", button);
  }

  /** The question that follows, or, after the last one, what is next. */
  #focus(): void {
    const card = this.#place.firstElementChild as HTMLElement | null;
    (card ?? this.#state).focus();
  }

  #showLost(ids: readonly string[]): void {
    this.#lost.replaceChildren();
    if (ids.length === 0) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(this.#words.remove(ids.length));
    button.addEventListener("click", () => {
      if (!removeQuestions(ids)) return;
      this.refresh();
      this.#state.focus();
    });
    this.#lost.append(this.#words.lost(ids.length), " ", button);
  }
}
