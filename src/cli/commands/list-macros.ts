/** Lists the macros of the library and of each book: name, what a use of it looks like, and its TeX. */
import { expandMacros } from "../../publish/markdown/expand-macros.ts";
import { typesetMaths } from "../../publish/maths/maths.ts";
import { mathsInUnicode } from "../../publish/maths/maths-in-unicode.ts";
import type { Outline } from "../../publish/source/read-content.ts";
import { type Macros, macrosFile } from "../../publish/source/read-macros.ts";
import { inColumns } from "../terminal.ts";

export function listMacros({ macros, books }: Outline): string {
  const lists = [
    listOf(`${macrosFile("content")}, for all books`, macros, macros),
    ...books.map((book) => listOf(macrosFile(`content/${book.slug}`), book.macroFile?.own ?? new Map(), book.macros)),
  ].filter((list) => list !== "");
  return lists.length > 0 ? lists.join("\n\n") : `There are no macros. Define them in ${macrosFile("content")}.`;
}

function listOf(title: string, own: Macros, macros: Macros): string {
  if (own.size === 0) return "";
  const rows = [...own].map(([name, { tex, arity }]) => {
    const use =
      name +
      ["a", "b", "c", "d", "e", "f", "g", "h", "k"]
        .slice(0, arity)
        .map((letter) => `{${letter}}`)
        .join("");
    return [use, preview(use, macros), tex] as const;
  });
  return [title, ...inColumns(rows, "   ")].join("\n");
}

/** In Unicode; empty if its TeX is wrong, which is reported separately. */
function preview(use: string, macros: Macros): string {
  const result = typesetMaths(expandMacros(use, macros), false);
  return result.kind === "typeset" ? mathsInUnicode(result.mathml).join("; ") : "";
}
