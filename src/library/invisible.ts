/** Handles invisible characters: removes them around a text, and names them within it. */

/** White space, control characters, and all that Unicode calls default ignorable: U+00AD, U+200B, U+202A, U+2060, U+FEFF … */
const invisible = "[\\s\\p{Cc}\\p{Cf}\\p{Default_Ignorable_Code_Point}]";
const atStart = new RegExp(`^${invisible}+`, "u");
const atEnd = new RegExp(`${invisible}$`, "u");
const hidden = new RegExp(`(?! )${invisible}`, "gu");

/** Trims all invisible characters. Linear time, because the input is untrusted. */
export function trimInvisible(text: string): string {
  const start = text.replace(atStart, "");
  let end = start.length;
  // A character has at most two UTF-16 code units.
  for (
    let last = atEnd.exec(start);
    last !== null && end > 0;
    last = atEnd.exec(start.slice(Math.max(0, end - 2), end))
  ) {
    end -= last[0].length;
  }
  return start.slice(0, end);
}

/** `ann<U+200B>@example.com`: makes every character except a space visible. */
export const showInvisible = (text: string): string =>
  text.replace(hidden, (sign) => `<U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`);
