/**
 * Replaces typewriter quotes, dashes and spaces with typographic ones. Works on tokens, so that code and maths stay
 * unchanged.
 */

/**
 * The text with curly quotes, dashes and ellipses. `previous` is the preceding character in the paragraph, "" at its
 * start: a quote after a letter closes, even across the end of an emphasis.
 */
export function setTypography(text: string, previous: string): string {
  const dashed = text
    .replace(/---/g, "—")
    .replace(/--/g, "–")
    .replace(/\.\.\./g, "…")
    // No line break before a per cent sign, and no line that begins with a dash.
    .replace(/(\d) %/g, "$1\u00a0%")
    .replace(/[ \n](?=[—–] )/g, "\u00a0");
  // Without typewriter quotes, which most texts lack, there is nothing to decide for each character.
  if (!/["']/.test(dashed)) return dashed;
  let before = previous;
  let set = "";
  let end = 0;
  for (const character of dashed) {
    end += character.length;
    const opens = before === "" || /[\s([{—–“‘/]/.test(before);
    if (character === '"') before = opens ? "“" : "”";
    // An apostrophe before a decade marks an omission: ’90s.
    else if (character === "'") before = opens && !/^\d\ds?\b/.test(dashed.slice(end)) ? "‘" : "’";
    else before = character;
    set += before;
  }
  return set;
}
