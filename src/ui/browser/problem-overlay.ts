/**
 * Shows the author's mistakes over the page while `npm start` runs: file, line and the underlined spot. Escape hides
 * them until they change; a small button shows them again.
 */
import { overlayStyles } from "./problem-overlay-styles.ts";

/** As src/publish/source/problem.ts defines it. */
interface Problem {
  readonly severity: "error" | "warning";
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly fix: string;
  readonly excerpt?: { readonly text: string; readonly length: number };
}

interface Overlay {
  readonly host: HTMLElement;
  readonly panel: HTMLElement;
  readonly list: HTMLElement;
  readonly title: HTMLElement;
  readonly opener: HTMLButtonElement;
}

let overlay: Overlay | undefined;
let shown = "[]";

/** `json`: the list of problems. Nothing changes if it is the list that is shown. */
export function showProblems(json: string): void {
  if (json === shown) return;
  shown = json;
  const problems: readonly Problem[] = JSON.parse(json);
  if (problems.length === 0) {
    overlay?.host.remove();
    overlay = undefined;
    return;
  }
  overlay ??= createOverlay();
  const { title, list, opener } = overlay;
  title.textContent = opener.textContent = countOf(problems);
  const errorsFirst = [...problems].sort((a, b) => (a.severity < b.severity ? -1 : a.severity > b.severity ? 1 : 0));
  list.replaceChildren(...errorsFirst.map(itemOf));
  setOpen(overlay, true);
}

function createOverlay(): Overlay {
  const host = element("div");
  host.lang = "en";
  host.dir = "ltr";
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(overlayStyles);
  root.adoptedStyleSheets = [sheet];
  const title = element("h2");
  const close = element("button", "close");
  close.append("Hide ", element("kbd", "", "Esc"));
  // No `header`: outside of a section, that is a second banner.
  const header = element("div", "header");
  header.append(title, element("p", "note", "This page shows the last version without errors."), close);
  const list = element("ol");
  list.tabIndex = 0;
  const panel = element("section");
  // Announced once it has content.
  panel.setAttribute("role", "alert");
  panel.append(header, list);
  const opener = element("button", "opener");
  root.append(panel, opener);
  document.body.append(host);
  const created = { host, panel, list, title, opener };
  close.addEventListener("click", () => hide(created));
  opener.addEventListener("click", () => {
    setOpen(created, true);
    list.focus();
  });
  return created;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && overlay && !overlay.panel.hidden) hide(overlay);
});

function hide(hidden: Overlay): void {
  const hadFocus = hidden.host.shadowRoot?.activeElement !== null;
  setOpen(hidden, false);
  if (hadFocus) hidden.opener.focus();
}

function setOpen({ panel, opener }: Overlay, open: boolean): void {
  panel.hidden = !open;
  opener.hidden = open;
}

function itemOf({ severity, file, line, column, message, fix, excerpt }: Problem): HTMLElement {
  const item = element("li", severity);
  const place = element("p", "place");
  place.append(element("span", "severity", severity), ` ${file}:${line}:${column}`);
  item.append(place, withCode("message", message));
  if (excerpt) item.append(excerptOf(line, column, excerpt));
  item.append(withCode("fix", fix));
  return item;
}

function excerptOf(line: number, column: number, { text, length }: NonNullable<Problem["excerpt"]>): HTMLElement {
  // Columns count characters, as editors do.
  const characters = [...text];
  const spot = characters.slice(column - 1, column - 1 + length).join("");
  const code = element("code");
  code.append(
    characters.slice(0, column - 1).join(""),
    // An empty spot is at the end of the line.
    element("mark", "", spot === "" ? " " : spot),
    characters.slice(column - 1 + length).join(""),
  );
  const block = element("pre");
  const number = element("span", "number", String(line));
  number.setAttribute("aria-hidden", "true");
  block.append(number, code);
  return block;
}

/** A paragraph in which words between backticks are code. */
function withCode(kind: string, text: string): HTMLElement {
  const paragraph = element("p", kind);
  for (const [index, part] of text.split("`").entries()) {
    paragraph.append(index % 2 === 1 ? element("code", "", part) : part);
  }
  return paragraph;
}

function countOf(problems: readonly Problem[]): string {
  const count = (severity: Problem["severity"]) => {
    const number = problems.filter((problem) => problem.severity === severity).length;
    return number === 0 ? [] : [`${number} ${severity}${number === 1 ? "" : "s"}`];
  };
  return [...count("error"), ...count("warning")].join(", ");
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  kind = "",
  text = "",
): HTMLElementTagNameMap[Name] {
  const created = document.createElement(name);
  if (kind !== "") created.className = kind;
  created.textContent = text;
  return created;
}
