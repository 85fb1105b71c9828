/**
 * Filters the notation or the index while the reader types, by the rules of the server: without this script, the form
 * does the same with a request.
 */
import { createWordFilter, textOfHtml } from "../../../library/word-filter.ts";

/** Shorter pauses are between two letters: a screen reader is not interrupted, and the URL is written once. */
const pauseMs = 300;

interface Row {
  readonly element: HTMLElement;
  readonly name: string;
  readonly text: string;
}

const rowsIn = (list: Element): Row[] =>
  [...list.querySelectorAll<HTMLElement>(".symbols > div, .index-entries > li")].map((element) => {
    const wordsOf = (selector: string) =>
      [...element.querySelectorAll(selector)].map(({ innerHTML }) => textOfHtml(innerHTML)).join(" ");
    return { element, name: wordsOf("dt, .index-name"), text: wordsOf("dt, dd:not(.places), .index-name") };
  });

interface Parts {
  readonly form: HTMLFormElement;
  readonly field: HTMLInputElement;
  readonly book: HTMLSelectElement | null;
  readonly result: Element;
  readonly clear: HTMLAnchorElement;
}

class ListFilter {
  readonly #parts: Parts;
  /** Slug of the book whose entries the page has; undefined if it has only those that the server found. */
  #loaded: string | undefined;
  #rows: Row[] | undefined;
  #pause = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#loaded = parts.field.defaultValue.trim() === "" ? this.#chosen : undefined;
  }

  readonly filter = async (): Promise<void> => {
    const { field, clear } = this.#parts;
    if (!(await this.#loadAll())) return;
    const words = field.value.trim();
    const count = this.#show(words);
    clear.hidden = words === "";
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#report(words, count), pauseMs);
  };

  readonly empty = (event: Event): void => {
    event.preventDefault();
    this.#parts.field.value = "";
    this.#parts.field.focus();
    this.filter();
  };

  get #chosen(): string {
    return this.#parts.book?.value ?? "";
  }

  #pathWith(words: string): string {
    const query = new URLSearchParams({ ...(words && { q: words }), ...(this.#chosen && { book: this.#chosen }) });
    return `${new URL(this.#parts.form.action).pathname}${query.size > 0 ? `?${query}` : ""}`;
  }

  /** Gets all entries of the chosen book. If that fails, the form is submitted as without this script. */
  async #loadAll(): Promise<boolean> {
    const chosen = this.#chosen;
    if (this.#loaded === chosen) return true;
    const answer = await fetch(this.#pathWith("")).catch(() => undefined);
    const html = answer?.ok ? await answer.text().catch(() => "") : "";
    // Another book was chosen meanwhile.
    if (this.#chosen !== chosen) return false;
    const list = new DOMParser().parseFromString(html, "text/html").querySelector(".glossary-list");
    if (!list) {
      this.#parts.form.submit();
      return false;
    }
    document.querySelector(".glossary-list")?.replaceWith(list);
    this.#loaded = chosen;
    this.#rows = undefined;
    return true;
  }

  /** Returns the number of entries that match. */
  #show(words: string): number {
    const list = document.querySelector(".glossary-list");
    if (!list) return 0;
    this.#rows ??= rowsIn(list);
    const matches = createWordFilter(words);
    for (const { element, name, text } of this.#rows) element.hidden = !matches(name, text);
    hideEmpty(list);
    return this.#rows.filter(({ element }) => !element.hidden).length;
  }

  #report(words: string, count: number): void {
    const { form, result } = this.#parts;
    const { found = "", nothing = "" } = form.dataset;
    const message = count > 0 ? found.replace("#", String(count)) : nothing;
    result.textContent = words === "" ? "" : message;
    history.replaceState(history.state, "", this.#pathWith(words) + location.hash);
  }
}

function filterWhileTyping(form: HTMLFormElement): void {
  const field = form.querySelector("input");
  const result = form.querySelector(".filter-result");
  const clear = form.querySelector<HTMLAnchorElement>(".filter-clear");
  const book = form.querySelector("select");
  if (!field || !result || !clear) return;
  const { filter, empty } = new ListFilter({ form, field, book, result, clear });
  field.addEventListener("input", filter);
  book?.addEventListener("change", filter);
  clear.addEventListener("click", empty);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    filter();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing && field.value !== "") empty(event);
  });
  // What the reader typed before this script was there, or what the browser has restored.
  if (field.value !== field.defaultValue) filter();
}

/** Hides headings and letters that have no entry left. */
function hideEmpty(list: Element): void {
  for (const group of list.querySelectorAll<HTMLElement>(".symbols, .index-entries")) {
    group.hidden = [...group.children].every((row) => (row as HTMLElement).hidden);
    const heading = group.previousElementSibling;
    if (heading?.matches("h3")) (heading as HTMLElement).hidden = group.hidden;
  }
  for (const section of list.querySelectorAll("section")) {
    section.hidden = [...section.querySelectorAll<HTMLElement>(".symbols, .index-entries")].every(
      ({ hidden }) => hidden,
    );
    const letter = list.querySelector<HTMLElement>(
      `.letters a[href="#${CSS.escape(section.querySelector("h2")?.id ?? "")}"]`,
    );
    if (letter) letter.hidden = section.hidden;
  }
}

const form = document.querySelector<HTMLFormElement>(".glossary-filter");
if (form) filterWhileTyping(form);
