/** Chooses the words that are counted if a query finds nothing. */
import { isStopWord, wordsIn } from "./analyse-words.ts";
import { looksLikeFormula } from "./formula-terms.ts";

const maxWords = 4;
const maxLength = 64;

/** Folded, each once. None of a formula, whose parts say little on their own; no stop words and no single characters. */
export function countedWords(query: string): string[] {
  if (looksLikeFormula(query)) return [];
  const words = wordsIn(query)
    .map((word) => [...word].slice(0, maxLength).join(""))
    .filter((word) => word.length > 1 && !isStopWord(word));
  return [...new Set(words)].slice(0, maxWords);
}
