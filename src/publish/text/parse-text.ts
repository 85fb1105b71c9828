/** Parses a text: fills in computed numbers and macros, analyses its Markdown, typesets its notation. */
import type { SymbolEntry } from "../../library/chapter-object.ts";
import { analyseText } from "../markdown/analyse-text.ts";
import { fillInNumbers } from "../markdown/computed-numbers.ts";
import { expandMacros } from "../markdown/expand-macros.ts";
import { expandInText, fillInMacros } from "../markdown/fill-in-macros.ts";
import type { TextAnalysis } from "../markdown/text-analysis.ts";
import { typesetSymbols } from "../renderers/typeset-symbols.ts";
import type { ProblemList } from "../source/problem.ts";
import type { TextSource } from "../source/read-content.ts";
import type { Macros } from "../source/read-macros.ts";
import { mainFormula } from "./main-formula.ts";
import type { TextFields, TextJob } from "./text-job.ts";

export interface ParsedText {
  /** Numbers and macros are filled in. */
  readonly source: TextSource<TextFields>;
  readonly analysis: TextAnalysis;
  readonly symbols: SymbolEntry[];
  /** For the image beside links, as TeX. */
  readonly mainFormula: string | undefined;
  /** With spans in the file that the author wrote. */
  readonly chapterLinks: TextAnalysis["chapterLinks"];
}

export function parseText(job: TextJob, problems: ProblemList): ParsedText {
  const { bodyStart, file: written } = job.source;
  const numbered = fillInNumbers(written, bodyStart, job.numbers, problems);
  const file = fillInMacros(numbered, bodyStart, job.macros, problems);
  const { symbols, changes, share } = job.source.data;
  const data = {
    ...job.source.data,
    symbols: expandSymbols(symbols, job.macros),
    ...(share !== undefined && { share: expandMacros(share, job.macros) }),
    ...(changes && { changes: changes.map((change) => ({ ...change, text: expandInText(change.text, job.macros) })) }),
  };
  const source = { ...job.source, file, data };
  const analysis = analyseText(source, job.surroundings, problems);
  return {
    source,
    analysis,
    symbols: typesetSymbols(source, problems),
    mainFormula: mainFormula(source, analysis, problems),
    chapterLinks: analysis.chapterLinks.map((link) => ({ ...link, span: file.origin(link.span).span })),
  };
}

const expandSymbols = (symbols: TextFields["symbols"], macros: Macros): TextFields["symbols"] =>
  symbols.map(({ tex, meaning, shape }) => ({
    tex: expandMacros(tex, macros),
    meaning: expandInText(meaning, macros),
    shape: shape === undefined ? undefined : expandMacros(shape, macros),
  }));
