/** Formats the plain-text part of our own emails: wrapped paragraphs, unbroken links. */

/** RFC 3676 recommends at most 78 characters; two are left for the `> ` of a reply. */
const width = 76;

/** Wraps each line separately; a word longer than a line, such as a link, gets a line to itself. */
export const wrapText = (text: string): string => text.split("\n").map(wrapLine).join("\n");

function wrapLine(line: string): string {
  if (line.length <= width) return line;
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ").filter(Boolean)) {
    const longer = current === "" ? word : `${current} ${word}`;
    if (longer.length > width && current !== "") {
      lines.push(current);
      current = word;
    } else {
      current = longer;
    }
  }
  return [...lines, current].join("\n");
}

/** Joins paragraphs with an empty line between them; missing ones leave no gap. */
export const paragraphs = (...parts: readonly (string | undefined | false)[]): string =>
  parts.filter((part): part is string => typeof part === "string" && part !== "").join("\n\n");
