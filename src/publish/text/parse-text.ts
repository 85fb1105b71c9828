/** Parses a text: fills in computed numbers, analyses its Markdown, typesets its notation. */
import type { SymbolEntry } from "../../library/objects.ts";
import { analyseText } from "../markdown/analyse-text.ts";
import { fillInNumbers } from "../markdown/computed-numbers.ts";
import type { TextAnalysis } from "../markdown/text-analysis.ts";
import { typesetSymbols } from "../renderers/typeset-symbols.ts";
import type { ProblemList } from "../source/problem.ts";
import type { TextSource } from "../source/read-content.ts";
import type { TextFields, TextJob } from "./text-job.ts";

export interface ParsedText {
  /** Its file has the numbers filled in. */
  readonly source: TextSource<TextFields>;
  readonly analysis: TextAnalysis;
  readonly symbols: SymbolEntry[];
  /** With spans in the file that the author wrote. */
  readonly chapterLinks: TextAnalysis["chapterLinks"];
}

export function parseText(job: TextJob, problems: ProblemList): ParsedText {
  const { bodyStart, file: written } = job.source;
  const file = fillInNumbers(written, bodyStart, job.numbers, problems);
  const source = { ...job.source, file };
  const analysis = analyseText(source, job.surroundings, problems);
  return {
    source,
    analysis,
    symbols: typesetSymbols(source, problems),
    chapterLinks: analysis.chapterLinks.map((link) => ({ ...link, span: file.origin(link.span).span })),
  };
}
