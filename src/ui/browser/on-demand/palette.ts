/**
 * The search palette: a field and its results over the page (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). It shows the
 * results of `/search.json`, and leads to the page of the search when they cannot be had.
 */
import type { ResponseChapter, ResponsePiece, SearchResponse } from "../../search-response.ts";

/** A reader who types needs no results for each letter. */
const pauseMs = 120;

const link = document.querySelector<HTMLAnchorElement>(".search");
const label = link?.textContent?.trim() ?? "";
/** Only pages with the link can open the palette. */
const page = link?.href ?? "";

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  attributes: Readonly<Record<string, string>> = {},
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = className;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

const dialog = element("dialog", "palette", { "aria-label": label });
const field = element("input", "palette-field", {
  type: "text",
  inputmode: "search",
  role: "combobox",
  "aria-label": label,
  "aria-expanded": "false",
  "aria-controls": "palette-list",
  "aria-autocomplete": "list",
  autocomplete: "off",
  autocapitalize: "none",
  spellcheck: "false",
  enterkeyhint: "search",
  maxlength: "200",
  dir: "auto",
});
const list = element("ul", "palette-list", { id: "palette-list", role: "listbox", "aria-label": label });
const status = element("p", "palette-status", { role: "status" });
const close = element("button", "palette-close", { type: "button", hidden: "" });
const head = element("div", "palette-head");
head.append(field, close);
dialog.append(head, status, list);

let active = -1;
let latest = 0;
let request: AbortController | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

const options = () => [...list.querySelectorAll<HTMLAnchorElement>("[role=option]")];

function activate(index: number): void {
  const all = options();
  active = all.length === 0 ? -1 : (index + all.length) % all.length;
  for (const [at, option] of all.entries()) option.setAttribute("aria-selected", String(at === active));
  const chosen = all[active];
  if (chosen) field.setAttribute("aria-activedescendant", chosen.id);
  else field.removeAttribute("aria-activedescendant");
  chosen?.scrollIntoView({ block: "nearest" });
}

const searchUrl = (query: string) => `${page}?${new URLSearchParams({ q: query })}`;

function addPieces(to: Element, pieces: readonly ResponsePiece[]): void {
  for (const { text, hit } of pieces) {
    if (!hit) to.append(text);
    else to.append(Object.assign(document.createElement("mark"), { textContent: text }));
  }
}

function option(url: string): HTMLAnchorElement {
  const made = element("a", "palette-option", { role: "option", href: url, tabindex: "-1", "aria-selected": "false" });
  made.id = `palette-${list.childElementCount}`;
  list.append(made);
  return made;
}

function addResult({ id, title, book, number, places: [place] }: ResponseChapter): void {
  if (!place) return;
  const made = option(place.url);
  made.dataset.id = id;
  const heading = element("span", "palette-title", { dir: "auto" });
  addPieces(heading, title);
  const where = element("span", "palette-place", { dir: "auto" });
  where.append(number > 0 ? `${book} · ${number} · ${place.label}` : `${book} · ${place.label}`);
  if (place.name.length > 0) where.append(" · ");
  addPieces(where, place.name);
  const text = element("span", "palette-text", { dir: "auto" });
  // Compiled with the library, like the formulas of its pages.
  if (place.mathml !== undefined) text.innerHTML = place.mathml;
  else addPieces(text, place.snippet);
  made.append(heading, where, text);
}

function show(message: string, results: readonly ResponseChapter[]): void {
  list.replaceChildren();
  for (const result of results) addResult(result);
  status.textContent = message;
  field.setAttribute("aria-expanded", String(results.length > 0));
  activate(results.length > 0 ? 0 : -1);
}

/** The page of the search may work where this does not. */
function offerPage(query: string): void {
  show("", []);
  const made = option(searchUrl(query));
  made.append(`${label}: ${query}`);
  field.setAttribute("aria-expanded", "true");
  activate(0);
  list.dataset.query = query;
}

async function search(): Promise<void> {
  const query = field.value.trim();
  request?.abort();
  latest += 1;
  const turn = latest;
  request = new AbortController();
  const { signal } = request;
  try {
    const response = await fetch(`${page}.json?${new URLSearchParams({ q: query, typing: "1" })}`, { signal });
    if (!response.ok) throw new Error(response.statusText);
    const { message, results, close: closeLabel } = (await response.json()) as SearchResponse;
    if (closeLabel !== undefined) {
      close.textContent = closeLabel;
      close.hidden = false;
    }
    if (turn !== latest) return;
    show(message, results);
    list.dataset.query = query;
  } catch {
    if (turn === latest && query !== "") offerPage(query);
  }
}

/** Also what is typed at once is no longer typed into the field, which the browser leaves a moment later. */
function closePalette(): void {
  dialog.close();
  field.blur();
}

field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(search, pauseMs);
});

field.addEventListener("keydown", (event) => {
  const { key } = event;
  if (event.isComposing) return;
  if (key === "ArrowDown" || key === "ArrowUp") activate(active + (key === "ArrowDown" ? 1 : -1));
  else if (key === "Enter" && field.value.trim() !== "") {
    // Results of an earlier query may be in the list; the page searches for what is in the field.
    const chosen = field.value.trim() === list.dataset.query ? options()[active] : undefined;
    if (chosen) chosen.click();
    else location.assign(searchUrl(field.value.trim()));
  } else if (key === "Escape") closePalette();
  else return;
  event.preventDefault();
});

close.addEventListener("click", closePalette);
// A result may be on this page.
list.addEventListener("click", ({ ctrlKey, metaKey, shiftKey }) => {
  if (!ctrlKey && !metaKey && !shiftKey) closePalette();
});
// Outside of the palette is its backdrop.
dialog.addEventListener("click", ({ target }) => {
  if (target === dialog) closePalette();
});

export function open(): void {
  if (dialog.open) return;
  dialog.showModal();
  field.select();
  if (close.hidden) void search();
}

document.body.append(dialog);
