/** The text part of our own letters: paragraphs wrapped as mail has always been, links never broken. */

/** RFC 3676 asks for at most 78 characters; two are left for the `> ` of an answer. */
const width = 76;

/** Wraps each line by itself; a word that is longer than a line, such as a link, stands on one of its own. */
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

/** Paragraphs with an empty line between them; what is missing leaves no gap. */
export const paragraphs = (...parts: readonly (string | undefined | false)[]): string =>
  parts.filter((part): part is string => typeof part === "string" && part !== "").join("\n\n");
