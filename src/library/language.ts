/** Computes `lang` and `dir` attributes for text, and isolates names of another direction. */

/** ISO 15924: all scripts in use that are written from right to left. */
const rightToLeftScripts = ["Adlm", "Arab", "Armi", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"];

const directions = new Map<string, Direction>();

export type Direction = "ltr" | "rtl";

/** The writing direction of a language: that of its script, named or usual. `language`: BCP 47. */
export function directionOf(language: string): Direction {
  const known = directions.get(language);
  if (known !== undefined) return known;
  const script = new Intl.Locale(language).maximize().script ?? "";
  const direction = rightToLeftScripts.includes(script) ? "rtl" : "ltr";
  directions.set(language, direction);
  return direction;
}

export const isEnglish = (language: string): boolean => /^en(-|$)/i.test(language);

/** A book or chapter; `language` is set only if it is not the library's. */
export interface Worded {
  readonly language?: string | undefined;
}

/** Attributes for text of this book or chapter; none if it is in the library's language. */
export const wordsOf = ({ language }: Worded): { lang?: string; dir?: Direction } =>
  language === undefined ? {} : { lang: language, dir: directionOf(language) };

/** Attributes for a title in a list: without a known language, its characters determine the direction. */
export const titleOf = ({ language }: Worded): { lang?: string; dir: Direction | "auto" } =>
  language === undefined ? { dir: "auto" } : { lang: language, dir: directionOf(language) };

/** Attributes for a title within a text: none in the text's own language. `library`: the library's language. */
export const titleWithin = (text: Worded, title: Worded, library: string): Partial<ReturnType<typeof titleOf>> =>
  title.language === text.language ? {} : titleOf({ language: title.language ?? library });

/** Whether the interface's text needs no `lang` within text of the other language. */
const isSame = (own: string, around: string): boolean => around === own || around.startsWith(`${own}-`);

/**
 * Attributes for the interface's text (in the language `own`) within text of another language: they keep its punctuation
 * and numbers in order.
 */
export const interfaceWords = (own: string, around: string): { lang?: string; dir?: "auto" } =>
  isSame(own, around) ? {} : { lang: own, dir: "auto" };

/**
 * The same in emails, where clients do not all support `auto`. `around` is undefined if the surrounding text is the
 * interface's as well.
 */
export const interfaceWordsInMail = (own: string, around: string | undefined): { lang?: string; dir?: Direction } =>
  around === undefined || isSame(own, around) ? {} : { lang: own, dir: directionOf(own) };

/**
 * Attributes for a chapter's text in an email, which is in the interface's language, `own`. `library`: the library's
 * language.
 */
export const textWordsInMail = (text: Worded, own: string, library: string): ReturnType<typeof wordsOf> =>
  wordsOf({ language: text.language ?? (isSame(own, library) ? undefined : library) });

/** Isolates a right-to-left name within a sentence, so neither changes the order of the other. */
export const isolated = (name: string): string => (rightToLeftLetters.test(name) ? `\u2068${name}\u2069` : name);

const rightToLeftLetters = /[\u0590-\u08ff]/;

/** In text without markup, keeps a number after right-to-left letters from joining them. */
export const leftToRightMark = (before: string): string => (rightToLeftLetters.test(before) ? "\u200e" : "");

/** Wraps HTML in an element with its language, for feeds and emails, where no page sets it. */
export function inLanguage(html: string, { language, direction }: Worded & { readonly direction: Direction }): string {
  // Code is written from left to right in every language.
  const inside = direction === "rtl" ? html.replaceAll("<pre>", '<pre dir="ltr">') : html;
  return language === undefined ? inside : `<div lang="${language}" dir="${direction}">${inside}</div>`;
}

/** The language in a chapter's manifest entry: its own or its book's; undefined if it is the library's. */
export function namedLanguage(library: Worded, book: Worded | undefined, text: Worded): string | undefined {
  const language = text.language ?? book?.language;
  return language === library.language ? undefined : language;
}
