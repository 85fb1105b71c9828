/** Marks every string of a language's wording, `⟦About⟧`, so that a page shows which of its words come from there. */

const mark = (text: string): string => (/\p{L}/u.test(text) ? `⟦${text}⟧` : text);

/** Removes marked parts, including nested marks. */
export function unmarked(text: string): string {
  const next = text.replace(/⟦[^⟦⟧]*⟧/g, "");
  return next === text ? text : unmarked(next);
}

/**
 * Works in place, because all modules that read wording share this object; returns a function that removes the marks.
 */
export function markWords(words: object): () => void {
  const restore: (() => void)[] = [];
  for (const [name, entry] of Object.entries(words)) {
    if (name === "language") continue;
    if (typeof entry === "object") {
      restore.push(markWords(entry));
    } else {
      Reflect.set(words, name, typeof entry === "string" ? mark(entry) : markedCall(entry));
      restore.push(() => void Reflect.set(words, name, entry));
    }
  }
  return () => {
    for (const undo of restore) undo();
  };
}

type Entry = (...given: unknown[]) => unknown;

const markedCall =
  (entry: Entry): Entry =>
  (...given) =>
    markResult(entry(...given.map(markPieces)), stringsIn(given));

/** An argument that wraps words in elements receives them marked. */
const markPieces = (given: unknown): unknown =>
  typeof given === "function"
    ? (...words: unknown[]) => given(...words.map((each) => (typeof each === "string" ? mark(each) : each)))
    : given;

/** Arguments stay outside the marks: passing on text that a component spells itself does not hide it. */
function markResult(result: unknown, given: readonly string[]): unknown {
  if (typeof result === "string") {
    if (given.includes(result)) return result;
    const outside = given.filter((text) => text.length > 1 && /\p{L}/u.test(text) && !text.includes("⟦"));
    return mark(outside.reduce((text, each) => text.replaceAll(each, `⟧${each}⟦`), result));
  }
  if (Array.isArray(result)) return result.map((part) => markResult(part, given));
  if (!isPlain(result)) return result;
  return Object.fromEntries(Object.entries(result).map(([name, part]) => [name, markResult(part, given)]));
}

/** Not in elements: their names and attributes are none of the sentence. */
function stringsIn(given: unknown): string[] {
  if (typeof given === "string") return [given];
  return Array.isArray(given) || isPlain(given) ? Object.values(given).flatMap(stringsIn) : [];
}

const isPlain = (value: unknown): value is object =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
