/** Formats terminal output: colour where the terminal supports it, wrapped lines, tables. */
import { styleText } from "node:util";
import { formatProblems, type Problem } from "../publish/source/problem.ts";

/** Styles a text, or returns it unchanged. */
export type Paint = (text: string, as: "bold" | "dim" | "red" | "yellow" | "green") => string;

/** Styles text only if the stream is a terminal with colours and NO_COLOR is not set. */
export const paintFor =
  (stream: NodeJS.WriteStream): Paint =>
  (text, as) =>
    styleText(as, text, { stream });

/** Formats problems, coloured for standard error. */
export const showProblems = (problems: readonly Problem[]): string =>
  formatProblems(problems, paintFor(process.stderr));

/** Prints why a command ends, in place of a progress line that may still be shown. */
export const sayInstead = (text: string): void => console.error(`${process.stderr.isTTY ? "\r\u001b[K" : ""}${text}`);

/** `1.24 s`, `83 ms`. */
export const duration = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;

/** Default width of a terminal. */
const columns = 80;

/** Marks a space at which a line must not break. */
const noBreak = "\u00a0";
export const together = (text: string): string => text.replaceAll(" ", noBreak);

/**
 * Wraps a text into indented lines that fit a terminal. Line breaks in the text are kept; a time stays on one line, and
 * so does a command in backticks, however long.
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

/** Two columns: short cells aligned to the right, and wrapped text beside them. */
export function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([short]) => short.length));
  return rows
    .map(([short, words]) => {
      const lines = wrapped(words, " ".repeat(width + 4));
      return `  ${short.padStart(width)}${lines.slice(width + 2)}`;
    })
    .join("\n");
}

/** Rows of cells aligned to the left, with a gap between columns. Counts characters, not units of UTF-16. */
export function inColumns(rows: readonly (readonly string[])[], gap: string): string[] {
  const lengthOf = (cell = "") => [...cell].length;
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => lengthOf(row[column]))));
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - lengthOf(cell))).join(gap)}`.trimEnd(),
  );
}

/** A line with `right` aligned to its right end, or two lines if one is too short. */
export const withRightEnd = (left: string, right: string): string =>
  left.length + 2 + right.length <= columns
    ? left + right.padStart(columns - left.length)
    : `${left}\n${right.padStart(columns)}`;
