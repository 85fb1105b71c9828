/** Finds control characters, which make XML ill-formed (XML 1.0, section 2.2) and are invisible or worse on a page. */

/** `C0`, `C1` and U+007F, but not tab, line feed and carriage return; noncharacters; halves of surrogate pairs. */
const forbidden =
  "[\\u{0}-\\u{8}\\u{B}\\u{C}\\u{E}-\\u{1F}\\u{7F}-\\u{9F}\\u{D800}-\\u{DFFF}\\u{FDD0}-\\u{FDEF}\\u{FFFE}\\u{FFFF}]";

const one = new RegExp(forbidden, "u");
const all = new RegExp(forbidden, "gu");
const runs = new RegExp(`${forbidden}+`, "gu");

export const hasForbidden = (text: string): boolean => one.test(text);

/** Each run of forbidden characters. */
export const forbiddenRuns = (text: string): readonly { readonly offset: number; readonly text: string }[] =>
  [...text.matchAll(runs)].map((match) => ({ offset: match.index, text: match[0] }));

export const withoutForbidden = (text: string): string => text.replace(all, "");

/** One visible sign for each: `␈` for U+0008, otherwise `�`. */
export const showForbidden = (text: string): string =>
  text.replace(all, (sign) => (sign < " " ? String.fromCodePoint(0x2400 + sign.charCodeAt(0)) : "\uFFFD"));

/** `U+0008`. */
export const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
