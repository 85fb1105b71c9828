/** Words to the author: colour where the terminal has it, plain text elsewhere. */
import { styleText } from "node:util";
import { formatProblems, type Problem } from "./problem.ts";

/** Problems as text, coloured for the terminal they go to. */
export const showProblems = (problems: readonly Problem[]): string =>
  formatProblems(problems, (text, as) => styleText(as, text, { stream: process.stderr }));

/** `1.24 s`, `83 ms`. */
export const duration = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
