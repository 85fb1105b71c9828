/** Checks the macros of macros.yaml: names, arguments, valid TeX; none replaces a command of TeX or of the library. */
import { expandMacros, findMacros } from "../markdown/expand-macros.ts";
import { sentence } from "../markdown/markdown-problems.ts";
import { findForbiddenTex } from "../maths/forbidden-tex.ts";
import { isKnownCommand, typesetMaths } from "../maths/maths.ts";
import type { ProblemList } from "../source/problem.ts";
import type { Outline } from "../source/read-content.ts";
import { arityOf, howToWriteMacros, type MacroFile, type Macros, macrosFile } from "../source/read-macros.ts";

export function checkMacros({ macroFile, macros, books }: Outline, problems: ProblemList): void {
  if (macroFile) checkFile(macroFile, macros, new Map(), problems);
  for (const book of books) if (book.macroFile) checkFile(book.macroFile, book.macros, macros, problems);
}

/** `macros`: all that the texts have. `inherited`: those that this file must not define again. */
function checkFile(
  { file, own, spanOf, spanOfKey }: MacroFile,
  macros: Macros,
  inherited: Macros,
  problems: ProblemList,
): void {
  for (const [name, { tex }] of own) {
    const found = inherited.has(name)
      ? problem(
          "key",
          `\`${name}\` is already defined in ${macrosFile("content")}.`,
          "Remove one of the two, or rename this one.",
        )
      : (nameProblem(name, tex) ?? bodyProblem(name, tex, macros));
    if (!found) continue;
    problems.add(file, found.at === "key" ? spanOfKey([name]) : spanOf([name]), found.message, found.fix);
  }
}

interface MacroProblem {
  readonly at: "key" | "value";
  readonly message: string;
  readonly fix: string;
}

const problem = (at: MacroProblem["at"], message: string, fix: string): MacroProblem => ({ at, message, fix });

function nameProblem(name: string, tex: string): MacroProblem | undefined {
  if (!/^\\[A-Za-z]+$/.test(name)) {
    const letters = name.replace(/[^A-Za-z]/g, "");
    const suggestion = letters === "" ? "" : ` Write \`\\${letters}\`.`;
    return problem("key", `\`${name}\` is not a name of a TeX command.`, `A backslash and letters.${suggestion}`);
  }
  if (!isKnownCommand(name)) return undefined;
  const [known, own] = [name, tex].map((each) => typesetMaths(each, true));
  const isSame = known?.kind === "typeset" && own?.kind === "typeset" && known.mathml === own.mathml;
  return problem(
    "key",
    `\`${name}\` is a command of TeX already.`,
    isSame ? "It gives the same: remove this line." : "Give your macro another name.",
  );
}

function bodyProblem(name: string, tex: string, macros: Macros): MacroProblem | undefined {
  const gap = arityGap(tex);
  if (gap !== undefined)
    return problem("value", `This uses \`#${arityOf(tex)}\`, but not \`#${gap}\`.`, "Number the arguments from `#1`.");
  if (/#(?![1-9])/.test(tex))
    return problem("value", "A `#` must be followed by the number of an argument.", "Write `#1` to `#9`.");
  // Expanded formulas are part of the Markdown: a dollar sign would end them, a bar a cell of a table.
  if (tex.includes("$")) return problem("value", "A macro cannot contain `$`.", "Leave out the dollar signs.");
  if (tex.includes("|"))
    return problem(
      "value",
      "A macro cannot contain `|`.",
      "Write `\\vert`, `\\Vert`, `\\lvert … \\rvert` or `\\lVert … \\rVert`.",
    );
  const use = name + "{x}".repeat(arityOf(tex));
  const circle = findMacros(use, macros).problems[0];
  if (circle) return problem("value", circle.message, "Check the macros that this one uses.");
  const expanded = expandMacros(use, macros);
  const forbidden = findForbiddenTex(expanded);
  if (forbidden) return problem("value", forbidden.message, forbidden.fix);
  const result = typesetMaths(expanded, true);
  if (result.kind === "typeset") return undefined;
  return problem("value", `This TeX cannot be typeset: ${sentence(result.message)}`, howToWriteMacros);
}

/** The first number of an argument that a macro leaves out. */
const arityGap = (tex: string): number | undefined =>
  Array.from({ length: arityOf(tex) }, (_, index) => index + 1).find((number) => !tex.includes(`#${number}`));
