/** Compiles one Markdown file into its objects, in four steps: parse, check, render, collect. */

import { checkText } from "./checks/check-text.ts";
import { loadLanguages } from "./markdown/highlight.ts";
import { isError, ProblemList } from "./source/problem.ts";
import { collectText } from "./text/collect-text.ts";
import { type CompiledText, refusedText } from "./text/compiled-text.ts";
import { parseText } from "./text/parse-text.ts";
import { readPictures } from "./text/read-pictures.ts";
import { renderAll } from "./text/render-all.ts";
import type { TextJob, TextTools } from "./text/text-job.ts";

/** If the text has errors, the result has only its problems and anchors. */
export async function compileText(job: TextJob, tools: TextTools): Promise<CompiledText> {
  const problems = new ProblemList();
  const parsed = parseText(job, problems);
  checkText(parsed, job, problems);
  const pictures = await readPictures(tools.root, parsed.source.file, parsed.analysis, problems);
  const found = problems.sorted();
  if (found.some(isError)) return refusedText(parsed, found);
  await loadLanguages(parsed.analysis.languages);
  const rendered = await renderAll(parsed, job, tools, pictures, problems);
  return collectText(parsed, rendered, job, tools.store, problems.sorted());
}
