/** Warns about displayed equations that are wider than a phone and scroll sideways there. */

import type { TextAnalysis } from "../markdown/text-analysis.ts";
import { texOf } from "../markdown/token-text.ts";
import { displayedWidth } from "../maths/formula-width.ts";
import type { ProblemList } from "../source/problem.ts";
import type { SourceFile } from "../source/source-file.ts";

/**
 * A phone of 390 pixels minus the page's margins, and the width of an equation number with its gap:
 * src/ui/styles/reading.css.
 */
const phonePixels = 350;
const numberPixels = 38;
/** Font size of equations: 17.5 px of the body, times 0.94 on a phone, times 1.07 for KaTeX. */
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
