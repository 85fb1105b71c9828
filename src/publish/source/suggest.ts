/** Suggests the nearest known word for one that the author may have mistyped: "Did you mean …?" */
import { distance } from "fastest-levenshtein";
import { compareText } from "./problem.ts";

/** The known word with the smallest edit distance, if it is small enough. */
function nearest(written: string, known: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor(written.length / 2.5));
  const [best] = [...known]
    .map((word) => ({ word, away: distance(written.toLowerCase(), word.toLowerCase()) }))
    .filter(({ away }) => away <= limit)
    .sort((a, b) => a.away - b.away || compareText(a.word, b.word));
  return best?.word;
}

/** Advice as a sentence: the nearest word, or otherwise the list of known ones. */
export function advise(written: string, known: readonly string[], noun: string): string {
  const near = nearest(written, known);
  if (near !== undefined) return `Did you mean \`${near}\`?`;
  if (known.length === 0) return `There are no ${noun} yet.`;
  const shown = known.slice(0, 12).map((word) => `\`${word}\``);
  return `The ${noun}: ${shown.join(", ")}${known.length > shown.length ? ` and ${known.length - shown.length} more` : ""}.`;
}
