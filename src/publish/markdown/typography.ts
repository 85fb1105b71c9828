/** Straight quotes, dashes and spaces of the keyboard into those of print. Needs the tokens, so that code and maths stay as they are. */

/**
 * The text with curly quotes, dashes and ellipses. `previous` is the character before it in the
 * paragraph, "" at its beginning: a quote after a letter closes, also across the end of an emphasis.
 */
export function setTypography(text: string, previous: string): string {
  const dashed = text
    .replace(/---/g, "—")
    .replace(/--/g, "–")
    .replace(/\.\.\./g, "…")
    // No line begins with a per cent sign.
    .replace(/(\d) %/g, "$1\u00a0%");
  let before = previous;
  let set = "";
  for (const [index, character] of [...dashed].entries()) {
    const opens = before === "" || /[\s([{—–“‘/]/.test(before);
    if (character === '"') before = opens ? "“" : "”";
    // An apostrophe before a digit stands for what was left out: ’90s.
    else if (character === "'") before = opens && !/^\d\ds?\b/.test([...dashed].slice(index + 1).join("")) ? "‘" : "’";
    else before = character;
    set += before;
  }
  return set;
}
