/** Displayed equations that a phone cannot show whole: they scroll sideways there. */

import type { TextAnalysis } from "../markdown/text-analysis.ts";
import { texOf } from "../markdown/token-text.ts";
import { displayedWidth } from "../maths/formula-width.ts";
import type { ProblemList } from "../source/problem.ts";
import type { SourceFile } from "../source/source-file.ts";

/** A phone of 390 pixels less the page's margins, and what a number takes of that with its distance: src/ui/styles/reading.css. */
const phonePixels = 350;
const numberPixels = 38;
/** Of the equation's letters: 17.5 pixels of the body, 0.94 of it on a phone, and 1.07 of that for KaTeX. */
const emPixels = 17.5 * 0.94 * 1.07;

export function checkWidths(
  file: SourceFile,
  { formulas, equationNumbers }: TextAnalysis,
  problems: ProblemList,
): void {
  for (const { maths, span } of formulas) {
    if (maths.type !== "displayedMaths") continue;
    const room = phonePixels - (equationNumbers.has(maths) ? numberPixels : 0);
    const width = Math.round(displayedWidth(texOf(maths)) * emPixels);
    if (width <= room) continue;
    problems.add(
      file,
      span,
      `This equation is too wide for a phone: about ${width} pixels; the limit is ${room}.`,
      "Break it into lines, `\\begin{aligned} … \\\\ … \\end{aligned}`, or give a part of it a name; otherwise it scrolls sideways.",
      "warning",
    );
  }
}
