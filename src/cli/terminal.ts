/** Terminal output: colour where the terminal supports it, plain text elsewhere. */
import { styleText } from "node:util";
import { formatProblems, type Problem } from "../publish/source/problem.ts";

/** Puts a style on a text, or leaves it as it is. */
export type Paint = (text: string, as: "bold" | "dim" | "red" | "yellow" | "green") => string;

/** Paints for that stream: nothing unless it is a terminal with colours, and NO_COLOR is not set. */
export const paintFor =
  (stream: NodeJS.WriteStream): Paint =>
  (text, as) =>
    styleText(as, text, { stream });

/** Problems as text, coloured for the terminal they go to. */
export const showProblems = (problems: readonly Problem[]): string =>
  formatProblems(problems, paintFor(process.stderr));

/** Says why a command ends, in place of the line of progress that may stand there still. */
export const sayInstead = (text: string): void => console.error(`${process.stderr.isTTY ? "\r\u001b[K" : ""}${text}`);

/** `1.24 s`, `83 ms`. */
export const duration = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;

/** Columns of a terminal that nobody has made wider. */
const columns = 80;

/** Stands in a text where no line may end. */
const noBreak = "\u00a0";
export const together = (text: string): string => text.replaceAll(" ", noBreak);

/**
 * A text as indented lines that fit a terminal. A line of the text begins a new one; a moment stays on one
 * line, and so does what stands between backticks, which is a command, however long.
 */
export const wrapped = (text: string, indent: string): string =>
  text
    .split("\n")
    .map((line) => wrapLine(line, indent))
    .join("\n")
    .replaceAll(noBreak, " ");

function wrapLine(line: string, indent: string): string {
  const lines: string[] = [];
  let current = "";
  for (const word of line.match(/(?:`[^`]*`|\d{4}-\d\d-\d\d \d\d:\d\d UTC|[^ ])+/g) ?? []) {
    if (current !== "" && indent.length + current.length + 1 + word.length > columns) {
      lines.push(indent + current);
      current = word;
    } else current = current === "" ? word : `${current} ${word}`;
  }
  return [...lines, indent + current].join("\n");
}

/** Rows of a short thing, set to the right of its column, and of words beside it. */
export function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([short]) => short.length));
  return rows
    .map(([short, words]) => {
      const lines = wrapped(words, " ".repeat(width + 4));
      return `  ${short.padStart(width)}${lines.slice(width + 2)}`;
    })
    .join("\n");
}

/** A line with something at its right end; on two lines where one is too short. */
export const withRightEnd = (left: string, right: string): string =>
  left.length + 2 + right.length <= columns
    ? left + right.padStart(columns - left.length)
    : `${left}\n${right.padStart(columns)}`;
