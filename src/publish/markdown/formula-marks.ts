/** Finds the marks next to a formula: no line may end with an opening one, or start with another one. */
import type { Token } from "marked";

/** Closing marks and dashes; straight quotes close after a formula. */
const marksAfter = /^[.,;:!?)\]}"'”’»…%–—-]+/;
/** Opening marks. A straight quote opens after a space, a dash, or another of them. */
const marksBefore = /(?:[([{‘“«„‚¿¡]|(?<![^\s–—/])["'])["'([{‘“«„‚¿¡]*$/;

export interface FormulaMarks {
  /** A formula, and the text after it -> the marks right after the formula. */
  readonly punctuation: Map<Token, string>;
  /** A formula, and the text before it -> the marks right before the formula. */
  readonly openings: Map<Token, string>;
}

/** Adds the marks of inline tokens. */
export function attachMarks(list: readonly Token[], { punctuation, openings }: FormulaMarks): void {
  for (const [index, token] of list.entries()) {
    if (token.type !== "inlineMaths") continue;
    const [before, after] = [list[index - 1], list[index + 1]];
    if (before?.type === "text") {
      const free = before.raw.slice(punctuation.get(before)?.length ?? 0);
      attach(openings, token, before, marksBefore.exec(free)?.[0]);
    }
    if (after?.type === "text") attach(punctuation, token, after, marksAfter.exec(after.raw)?.[0]);
  }
}

function attach(marks: Map<Token, string>, formula: Token, text: Token, mark: string | undefined): void {
  if (mark === undefined) return;
  marks.set(formula, mark);
  marks.set(text, mark);
}
