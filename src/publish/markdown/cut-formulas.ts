/** Finds formulas that the editor has wrapped so that a later line begins another block: a list, a quotation, a heading. */
import type { Token } from "marked";
import { inlineMathsAt } from "./inline-maths.ts";
import { looksLikeMaths } from "./leftover-tex.ts";
import type { Complaint } from "./markdown-problems.ts";
import { childLists } from "./tokens.ts";

/** Problems of a list of blocks. */
export const cutFormulaProblems = (list: readonly Token[]): Complaint[] =>
  list.flatMap((block, index) => {
    const words = wordsOf(block);
    if (!words || !list[index + 1]) return [];
    const after = list.slice(index + 1).map(({ raw }) => raw);
    return cutFormula(words, after.join("")) ?? [];
  });

/** The inline tokens at the end of a block. */
function wordsOf(block: Token): readonly Token[] | undefined {
  if (["list", "list_item", "blockquote"].includes(block.type)) {
    const last = childLists(block).at(-1)?.at(-1);
    return last && wordsOf(last);
  }
  if (!["paragraph", "text", "heading"].includes(block.type)) return undefined;
  return "tokens" in block ? block.tokens : undefined;
}

/** `after`: the source of the blocks that follow. */
function cutFormula(words: readonly Token[], after: string): Complaint | undefined {
  for (const [index, token] of words.entries()) {
    if (token.type !== "text") continue;
    const rest = words.slice(index + 1).map(({ raw }) => raw);
    const source = `${[token.raw, ...rest].join("").trimEnd()}\n${after}`;
    const inside = source.length - after.length;
    for (const { index: at } of token.raw.matchAll(/\$/g)) {
      const formula = inlineMathsAt(source, at);
      if (formula === undefined || at + formula.length <= inside || !looksLikeMaths(formula.slice(1, -1))) continue;
      return {
        token,
        part: { start: at, length: Math.max(1, token.raw.slice(at).split("\n", 1)[0]?.length ?? 1) },
        message: `This formula is cut: its next line begins ${blockNamed(after)}.`,
        fix: "Join the two lines, or put the sign at the end of the first one.",
      };
    }
  }
  return undefined;
}

function blockNamed(source: string): string {
  if (/^\s*>/.test(source)) return "a quotation";
  if (/^\s*#/.test(source)) return "a heading";
  if (/^\s*(?:[-*+]|\d{1,9}[.)])\s/.test(source)) return "a list";
  return "another block";
}
