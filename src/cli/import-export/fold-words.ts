/** Folds words of foreign lists into one spelling: `Désabonné(e) ` -> `desabonne e`. */

/** Letters that are no letter with an accent, and yet are often written as one without. */
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

/** Lower case, no accents, words with one blank between them. */
export const foldWords = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[ßøæœłđðı]/g, (letter) => plainLetters[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
