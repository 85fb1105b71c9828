/** Measures how far a mistyped word is from a known one. */
import { distance } from "fastest-levenshtein";

/** As Damerau and Levenshtein count, except that two exchanged neighbours are only recognised as the one mistake. */
export const editDistance = (a: string, b: string): number => (areSwapped(a, b) ? 1 : distance(a, b));

/** A long word may have two mistakes. */
export const mostEdits = (word: string): number => (word.length > 7 ? 2 : 1);

function areSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at + 1 < a.length && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
