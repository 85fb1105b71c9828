/** Shows what the browser keeps of the reader's reading, and exports, imports or clears it. */
import { pageIds } from "../../../library/page-ids.ts";
import { yourReadingWords } from "../../words/your-reading-words.ts";
import { type AllKept, exportedText, keptData, maxFileBytes, mergeAll, parseAll, parseExported } from "../kept-data.ts";
import { readDone, readReading } from "../progress/kept-progress.ts";
import { canStore, readStored, writeStored } from "../stored.ts";
import { announceStored, whenStoredAgain } from "../stored-again.ts";

const { lang } = document.documentElement;
const words = yourReadingWords(lang);

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, ...content: (string | Node)[]) {
  const made = document.createElement(name);
  made.append(...content);
  return made;
}

function button(label: string, className: string, act: () => void): HTMLButtonElement {
  const made = element("button", label);
  made.type = "button";
  made.className = className;
  made.addEventListener("click", act);
  return made;
}

const lists = element("div");
const status = element("p");
status.role = "status";
status.className = "your-reading-status";
const question = element("div");
question.className = "your-reading-question";
question.hidden = true;

interface Row {
  readonly id: string;
  readonly path: string;
  readonly title: string;
  readonly time: number;
  readonly note: string;
}

function rows(): { readonly begun: Row[]; readonly read: Row[] } {
  const [reading, done] = [readReading(), readDone()];
  const latestFirst = (list: Row[]) => list.sort((a, b) => b.time - a.time);
  const begun = Object.entries(reading)
    .filter(([id]) => done[id] === undefined)
    .map(([id, { at, path, title }]) => ({
      id,
      path: `${path}#${pageIds.continued}`,
      title,
      time: at,
      note: words.lastOpen(at),
    }));
  const read = Object.entries(done).map(([id, time]) => {
    const { path = `/${id}`, title = id } = reading[id] ?? {};
    return { id, path, title, time, note: words.readOn(time) };
  });
  return { begun: latestFirst(begun), read: latestFirst(read) };
}

function listOf(heading: string, list: readonly Row[]): Node[] {
  if (list.length === 0) return [];
  const items = list.map(({ path, title, note }) => {
    const link = element("a", title);
    link.href = path;
    link.dir = "auto";
    return element("li", link, " ", element("span", note));
  });
  return [element("h2", heading), element("ul", ...items)];
}

function showLists(): void {
  const { begun, read } = rows();
  const isEmpty = begun.length + read.length === 0;
  const instead = isEmpty ? [element("p", canStore() ? words.nothing : words.forbidden)] : [];
  lists.replaceChildren(...listOf(words.begun, begun), ...listOf(words.read, read), ...instead);
}

const allKept = (): AllKept => parseAll(readStored);
const countTexts = () => new Set([...Object.keys(readReading()), ...Object.keys(readDone())]).size;

function exportAll(): void {
  const link = element("a");
  link.href = `data:application/json;charset=utf-8,${encodeURIComponent(exportedText(allKept()))}`;
  link.download = `reading-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
}

/** Returns the sentence that says what became of it. */
async function importFile(file: File): Promise<string> {
  if (file.size > maxFileBytes) return words.tooLarge;
  const text = await file.text().catch(() => "");
  const imported = parseExported(text);
  if (imported === "not JSON") return words.notJson;
  if (imported === "not ours") return words.notOurs;
  const before = keptData.map(({ key }) => [key, readStored(key)] as const);
  const known = countTexts();
  const merged = mergeAll(allKept(), imported);
  if (!Object.entries(merged).every(([key, value]) => writeStored(key, value))) {
    for (const [key, value] of before) writeStored(key, value);
    return words.full;
  }
  return words.imported(countTexts() - known);
}

function chooseFile(): void {
  const field = element("input");
  field.type = "file";
  field.accept = ".json,application/json";
  field.addEventListener("change", async () => {
    const [file] = field.files ?? [];
    if (!file) return;
    status.textContent = await importFile(file);
    announceStored();
  });
  field.click();
}

function clearAll(): void {
  const isCleared = keptData.map(({ key }) => writeStored(key, undefined)).every(Boolean);
  closeQuestion();
  status.textContent = isCleared ? words.cleared : words.notCleared;
  announceStored();
}

function closeQuestion(): void {
  question.hidden = true;
  clear.focus();
}

function ask(): void {
  status.textContent = "";
  const cancel = button(words.cancel, "button button-quiet", closeQuestion);
  const remove = button(words.remove, "button button-warning", clearAll);
  question.replaceChildren(element("p", words.confirm(countTexts())), remove, " ", cancel);
  question.hidden = false;
  cancel.focus();
}

question.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") closeQuestion();
});
const clear = button(words.clear, "button button-warning", ask);
const actions = element(
  "p",
  button(words.export, "button", exportAll),
  " ",
  button(words.import, "button button-quiet", chooseFile),
  " ",
  clear,
);
actions.className = "your-reading-actions";
showLists();
whenStoredAgain(showLists);
document.querySelector(".your-reading")?.append(lists, element("h2", words.keep), actions, question, status);
