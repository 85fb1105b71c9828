/** Characters that cannot be seen: taken away where they surround a text, and named where they are inside it. */

/** Blanks, control characters, and everything that Unicode calls ignorable: U+00AD, U+200B, U+202A, U+2060, U+FEFF … */
const invisible = "[\\s\\p{Cc}\\p{Cf}\\p{Default_Ignorable_Code_Point}]";
const atStart = new RegExp(`^${invisible}+`, "u");
const atEnd = new RegExp(`${invisible}$`, "u");
const hidden = new RegExp(`(?! )${invisible}`, "gu");

/** The text from its first visible character to its last. Takes linear time, whatever strangers send. */
export function trimInvisible(text: string): string {
  const start = text.replace(atStart, "");
  let end = start.length;
  // Two units are enough for any character.
  for (
    let last = atEnd.exec(start);
    last !== null && end > 0;
    last = atEnd.exec(start.slice(Math.max(0, end - 2), end))
  ) {
    end -= last[0].length;
  }
  return start.slice(0, end);
}

/** `ann<U+200B>@example.com`: every character but a blank can be seen. */
export const showInvisible = (text: string): string =>
  text.replace(hidden, (sign) => `<U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`);
