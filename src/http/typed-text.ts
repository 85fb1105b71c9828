/** Cleans what a reader typed into a form: plain text without control characters, cut at a length. */

/** What changes the direction of surrounding text, or is invisible. */
const hidden = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** One line of at most `max` characters; null if nothing is left. */
export function typedLine(text: string, max: number): string | null {
  const line = text
    .toWellFormed()
    .replace(hidden, "")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
  return cut(line, max);
}

/** Paragraphs and lines of at most `max` characters; null if nothing is left. */
export function typedText(text: string, max: number): string | null {
  const lines = text
    .toWellFormed()
    .replace(hidden, "")
    .replace(/\r\n?|[\u0085\p{Zl}\p{Zp}]/gu, "\n")
    .replace(/[^\P{Cc}\n]/gu, " ")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  return cut(lines, max);
}

const cut = (text: string, max: number): string | null =>
  text === "" ? null : [...text].slice(0, max).join("").trim();
