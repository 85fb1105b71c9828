/** Folds words of foreign lists to one spelling: `Désabonné(e) ` -> `desabonne e`. */
import { foldLetters } from "../../library/fold-letters.ts";

/** Lower case, no accents, words separated by one space. */
export const foldWords = (text: string): string =>
  foldLetters(text)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
