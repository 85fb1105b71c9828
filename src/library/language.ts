/** The language of words: its tag, and the direction in which it is written. */

const rightToLeft = /^(ar|arc|ckb|dv|fa|he|ks|ps|sd|ug|ur|yi)\b/i;

export type Direction = "ltr" | "rtl";

/** The direction that a language is written in. `language`: BCP 47. */
export const directionOf = (language: string): Direction => (rightToLeft.test(language) ? "rtl" : "ltr");

/** A book or chapter; its language is only given where it is not the library's. */
export interface Worded {
  readonly language?: string | undefined;
}

/** Attributes of an element that holds words of this book or chapter; none where they are in the language around them. */
export const wordsOf = ({ language }: Worded): { lang?: string; dir?: Direction } =>
  language === undefined ? {} : { lang: language, dir: directionOf(language) };

/** Attributes of a title among others: without a known language its own letters say how it runs. */
export const titleOf = ({ language }: Worded): { lang?: string; dir: Direction | "auto" } =>
  language === undefined ? { dir: "auto" } : { lang: language, dir: directionOf(language) };

/** Whether words of the interface's language need no mark among words of the other one. */
const isSame = (own: string, around: string): boolean => around === own || around.startsWith(`${own}-`);

/** Attributes of the interface's words, whose language is `own`, amid words of another language: their punctuation and numbers stay where they belong. */
export const interfaceWords = (own: string, around: string): { lang?: string; dir?: "auto" } =>
  isSame(own, around) ? {} : { lang: own, dir: "auto" };

/** The same in emails, where `auto` is not known everywhere. `around` is none where the words around are the interface's as well. */
export const interfaceWordsInMail = (own: string, around: string | undefined): { lang?: string; dir?: Direction } =>
  around === undefined || isSame(own, around) ? {} : { lang: own, dir: directionOf(own) };

/** Attributes of a text's words in an email, which is in the interface's language, `own`. `library`: the library's language. */
export const textWordsInMail = (text: Worded, own: string, library: string): ReturnType<typeof wordsOf> =>
  wordsOf({ language: text.language ?? (isSame(own, library) ? undefined : library) });

/** A name within a sentence of another language: it keeps its own order, and leaves the sentence's as it is. */
export const isolated = (name: string): string => (rightToLeftLetters.test(name) ? `\u2068${name}\u2069` : name);

const rightToLeftLetters = /[\u0590-\u08ff]/;

/** A mark that keeps a number behind such letters, in text without markup, from joining them. */
export const leftToRightMark = (before: string): string => (rightToLeftLetters.test(before) ? "\u200e" : "");

/** HTML in the language of a text, for where no page is around it: feeds and emails. */
export function inLanguage(html: string, { language, direction }: Worded & { readonly direction: Direction }): string {
  // Code reads from left to right in every language.
  const inside = direction === "rtl" ? html.replaceAll("<pre>", '<pre dir="ltr">') : html;
  return language === undefined ? inside : `<div lang="${language}" dir="${direction}">${inside}</div>`;
}

/** The language that a text's manifest entry names: its own, or else its book's; none where that is the library's. */
export function namedLanguage(library: Worded, book: Worded | undefined, text: Worded): string | undefined {
  const language = text.language ?? book?.language;
  return language === library.language ? undefined : language;
}
