/** Expands the author's macros in the formulas of a text, in an edited copy of its file. */
import { findDefinition } from "../maths/macro-definition.ts";
import type { ProblemList } from "../source/problem.ts";
import type { Macros } from "../source/read-macros.ts";
import { type Edit, EditedFile, type SourceFile } from "../source/source-file.ts";
import { expandMacros, findMacros } from "./expand-macros.ts";
import { findMaths } from "./find-maths.ts";
import { tokenizeInline } from "./syntax.ts";
import { asOwn } from "./tokens.ts";

/** The file with all macros expanded; if it uses none, the file itself. */
export function fillInMacros(file: SourceFile, bodyStart: number, macros: Macros, problems: ProblemList): SourceFile {
  if (!mayUse(file.text.slice(bodyStart), macros)) return file;
  const edits: Edit[] = [];
  for (const { offset, length } of findMaths(file, bodyStart).maths) {
    const formula = file.text.slice(offset, offset + length);
    // A definition is reported by the analysis, with the name that it defines.
    if (findDefinition(formula)) continue;
    const found = findMacros(formula, macros);
    for (const { start, length: size, text } of found.expansions)
      edits.push({ span: { offset: offset + start, length: size }, text });
    for (const { start, length: size, message } of found.problems)
      problems.add(file, { offset: offset + start, length: size }, message, "Write each argument in braces.");
  }
  edits.sort((a, b) => a.span.offset - b.span.offset);
  return edits.length === 0 ? file : new EditedFile(file, edits);
}

/** The meaning of a symbol: text with maths between dollar signs. */
export const expandInText = (text: string, macros: Macros): string =>
  mayUse(text, macros)
    ? tokenizeInline(text)
        .map((token) => (asOwn(token)?.type === "inlineMaths" ? expandMacros(token.raw, macros) : token.raw))
        .join("")
    : text;

/** Whether a name of a macro occurs at all: most texts are spared the search for formulas. */
const mayUse = (text: string, macros: Macros): boolean => [...macros.keys()].some((name) => text.includes(name));
