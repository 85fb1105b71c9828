/** Collects the author's mistakes in all files, and formats them as one list with the source underlined. */
import { showForbidden } from "../../library/forbidden-characters.ts";
import type { SourceFile, Span } from "./source-file.ts";

export interface Problem {
  readonly severity: "error" | "warning";
  readonly file: string;
  /** Counted from 1; both are 1 if the whole file is meant. */
  readonly line: number;
  readonly column: number;
  /** What is wrong. */
  readonly message: string;
  /** What the author can do about it. */
  readonly fix: string;
  /** The line, and how many of its characters to underline. */
  readonly excerpt?: { readonly text: string; readonly length: number };
}

export class ProblemList {
  readonly #problems: Problem[] = [];

  /** Adds a problem at a span; of a span over several lines, the first line is shown. */
  add(file: SourceFile, span: Span, message: string, fix: string, severity: Problem["severity"] = "error"): void {
    const written = file.origin(span);
    const { offset, length: units } = written.span;
    const { line, column } = written.file.position(offset);
    // As they are, control characters would garble the terminal.
    const text = showForbidden(written.file.line(line));
    const rest = [...text].length - column + 1;
    const length = Math.max(1, Math.min([...written.file.text.slice(offset, offset + units)].length, rest));
    this.#problems.push({ severity, file: file.path, line, column, message, fix, excerpt: { text, length } });
  }

  /** Adds a problem of a file or folder as a whole. */
  addForFile(path: string, message: string, fix: string): void {
    this.#problems.push({ severity: "error", file: path, line: 1, column: 1, message, fix });
  }

  addAll(problems: readonly Problem[]): void {
    for (const problem of problems) this.#problems.push(problem);
  }

  get size(): number {
    return this.#problems.length;
  }

  /** All problems by file, line and column. */
  sorted(): Problem[] {
    return [...this.#problems].sort(
      (a, b) =>
        compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.message, b.message),
    );
  }
}

export const isError = (problem: Problem): boolean => problem.severity === "error";

/** Compares by code unit, independent of the machine's locale. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Number of characters shown of a long line. */
const shownWidth = 100;

/** The list for the terminal; `style` colours it if the terminal supports that. */
export function formatProblems(
  problems: readonly Problem[],
  style: (text: string, as: "bold" | "red" | "yellow" | "dim") => string,
): string {
  const blocks = problems.map((problem) => {
    const head = style(`${problem.file}:${problem.line}:${problem.column}`, "bold");
    const kind = problem.severity === "error" ? style("error", "red") : style("warning", "yellow");
    return [
      `${head}  ${kind}  ${problem.message}`,
      ...formatExcerpt(problem, style),
      `  ${style("->", "dim")} ${problem.fix}`,
    ].join("\n");
  });
  const errors = problems.filter(isError).length;
  const warnings = problems.length - errors;
  const counts = [errors > 0 && count(errors, "error"), warnings > 0 && count(warnings, "warning")].filter(Boolean);
  return [...blocks, style(`${counts.join(", ")}.`, "bold")].join("\n\n");
}

function formatExcerpt(problem: Problem, style: (text: string, as: "red" | "yellow" | "dim") => string): string[] {
  if (!problem.excerpt) return [];
  const characters = [...problem.excerpt.text];
  const spot = problem.column - 1;
  const from = characters.length <= shownWidth ? 0 : Math.max(0, Math.min(spot - 30, characters.length - shownWidth));
  const shown = characters.slice(from, from + shownWidth);
  const gutter = String(problem.line);
  const before = (from > 0 ? "…" : "") + shown.slice(0, spot - from).join("");
  // The padding keeps tabs, so that the underline is aligned in every terminal.
  const padding = before.replace(/[^\t]/gu, " ");
  const length = Math.max(1, Math.min(problem.excerpt.length, from + shownWidth - spot));
  return [
    `  ${style(`${gutter} |`, "dim")} ${from > 0 ? "…" : ""}${shown.join("")}${from + shownWidth < characters.length ? "…" : ""}`,
    `  ${style(`${" ".repeat(gutter.length)} |`, "dim")} ${padding}${style("^".repeat(length), problem.severity === "error" ? "red" : "yellow")}`,
  ];
}

export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
