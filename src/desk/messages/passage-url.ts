/** Links to the passage of a message: by the id of an element, and by its words where browsers can find them. */
import type { ReaderMessage } from "./message-queries.ts";

/** Words from each end: enough to be found once, and few enough to survive a correction elsewhere in the passage. */
const wordsAtEnds = 5;

/** `path`: of the text. */
export function passageUrl(path: string, { fragment, quote }: Pick<ReaderMessage, "fragment" | "quote">): string {
  const id = fragment === null ? "" : encodeURIComponent(fragment);
  const found = quote === null ? "" : `:~:text=${textDirective(quote)}`;
  return id === "" && found === "" ? path : `${path}#${id}${found}`;
}

/** https://wicg.github.io/scroll-to-text-fragment/: `start,end`, or a short text as a whole. */
function textDirective(quote: string): string {
  const words = quote.split(/\s+/).filter((word) => word !== "");
  if (words.length <= 2 * wordsAtEnds) return encoded(words);
  return `${encoded(words.slice(0, wordsAtEnds))},${encoded(words.slice(-wordsAtEnds))}`;
}

/** A hyphen and a comma separate the parts of a directive. */
const encoded = (words: readonly string[]): string =>
  encodeURIComponent(words.join(" ")).replaceAll("-", "%2D").replaceAll(",", "%2C");
