/** Finds bars in a table that split a formula or code, and cells that Markdown would drop without a word. */
import type { Token, Tokens } from "marked";
import { inlineMathsAt } from "./inline-maths.ts";
import type { Complaint } from "./markdown-problems.ts";

export function tableProblems(table: Tokens.Table): Complaint[] {
  let start = 0;
  return table.raw.split("\n").flatMap((line, index) => {
    const at = start;
    start += line.length + 1;
    // The second line has the dashes.
    return index === 1 || line.trim() === "" ? [] : rowProblems(table as Token, line, at, table.header.length);
  });
}

/** `start`: offset of the line in the table. */
function rowProblems(token: Token, line: string, start: number, columns: number): Complaint[] {
  const bars = barsOf(line);
  const surplus = bars.length - columns;
  const cut = cutParts(line, bars, surplus <= 0);
  if (cut.length > 0) {
    return cut.map(({ from, to, kind }) => ({
      token,
      part: { start: start + from, length: to - from },
      message: `A bar splits this ${kind} into two cells of the table.`,
      fix:
        kind === "formula"
          ? "Write the bar as `\\|` or `\\mid`, and a double bar as `\\Vert`."
          : "Write the bar as `\\|`: it is printed without the backslash.",
    }));
  }
  if (surplus <= 0) return [];
  const from = bars[columns] ?? 0;
  const message = `This row has ${bars.length} cells, but the table has ${columns} ${columns === 1 ? "column" : "columns"}.`;
  const fix = "Remove the surplus cells, or write a bar that belongs to a cell as `\\|`.";
  return [{ token, part: { start: start + from, length: Math.max(1, line.trimEnd().length - from) }, message, fix }];
}

/** Offset of the bar, or of the start of the line, before each cell. */
function barsOf(line: string): number[] {
  const bars = [...line.matchAll(/\\[\s\S]|\|/g)].filter(([sign]) => sign === "|").map(({ index }) => index);
  const cells = line.trimStart().startsWith("|") ? bars : [0, ...bars];
  return line.slice((bars.at(-1) ?? -1) + 1).trim() === "" ? cells.slice(0, -1) : cells;
}

interface Part {
  readonly from: number;
  readonly to: number;
  readonly kind: "formula" | "code";
}

/** Formulas and code with an unescaped bar. `isRegular`: the row has no surplus cell, so `|US$|A$|` may be currencies. */
function cutParts(line: string, bars: readonly number[], isRegular: boolean): Part[] {
  const parts: Part[] = [];
  const found = (from: number, length: number, kind: Part["kind"]) => {
    const hasBar = bars.some((bar) => bar > from && bar < from + length);
    if (hasBar) parts.push({ from, to: from + length, kind });
    return length;
  };
  for (let index = 0; index < line.length; ) {
    const code = line[index] === "`" ? /^(`+)(?!`)[\s\S]*?[^`]\1(?!`)/.exec(line.slice(index))?.[0] : undefined;
    const maths = line[index] === "$" ? inlineMathsAt(line, index) : undefined;
    if (code !== undefined) index += found(index, code.length, "code");
    else if (maths !== undefined && !(isRegular && isBetweenWords(line, index, maths)))
      index += found(index, maths.length, "formula");
    else index += line[index] === "\\" ? 2 : 1;
  }
  return parts;
}

const isBetweenWords = (line: string, index: number, maths: string): boolean =>
  /[\p{L}\p{N}]/u.test(line[index - 1] ?? "") || /[\p{L}\p{N}]/u.test(line[index + maths.length] ?? "");
