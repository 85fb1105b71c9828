/** Straight quotes and dashes of the keyboard into those of print. Needs the tokens, so that code and maths stay as they are. */

/**
 * The text with curly quotes, dashes and ellipses. `previous` is the character before it in the
 * paragraph, "" at its beginning: a quote after a letter closes, also across the end of an emphasis.
 */
export function setTypography(text: string, previous: string): string {
  return text
    .replace(/---/g, "—")
    .replace(/--/g, "–")
    .replace(/\.\.\./g, "…")
    .replace(/["']/g, (quote, offset: number, whole: string) => {
      const before = offset === 0 ? previous : whole.charAt(offset - 1);
      const opens = before === "" || /[\s([{—–“‘/]/.test(before);
      if (quote === '"') return opens ? "“" : "”";
      // An apostrophe before a digit stands for what was left out: ’90s.
      return opens && !/^\d\ds?\b/.test(whole.slice(offset + 1)) ? "‘" : "’";
    });
}
