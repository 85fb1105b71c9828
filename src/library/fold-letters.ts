/** Folds letters to one plain spelling, so that words are found and compared however they are written. */

/** Letters that NFKD does not decompose, with their usual plain spelling. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: "ss",
  ø: "o",
  æ: "ae",
  œ: "oe",
  ł: "l",
  đ: "d",
  ð: "d",
  ı: "i",
};

/** `Č` becomes `C`, a ligature its letters, a mathematical letter a plain one. */
export const withoutMarks = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "");

/** Lower case as well: `Veličković` becomes `velickovic`, `Weiß` becomes `weiss`. */
export const foldLetters = (text: string): string =>
  withoutMarks(text)
    .toLowerCase()
    .replace(/[ßøæœłđðı]/g, (letter) => plainLetters[letter] ?? letter);
