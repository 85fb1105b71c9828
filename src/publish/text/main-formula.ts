/** Chooses the main formula of a text, for the image that is shown beside links to it. */
import type { Formula, TextAnalysis } from "../markdown/text-analysis.ts";
import { labelOf, texOf } from "../markdown/token-text.ts";
import { typesetMaths } from "../maths/maths.ts";
import type { ProblemList } from "../source/problem.ts";
import type { TextSource } from "../source/read-content.ts";
import { advise } from "../source/suggest.ts";
import type { TextFields } from "./text-job.ts";

/**
 * `share` in the front matter, the label of an equation or TeX; otherwise the first numbered equation. Undefined if there
 * is neither.
 */
export function mainFormula(
  source: TextSource<TextFields>,
  analysis: TextAnalysis,
  problems: ProblemList,
): string | undefined {
  const { share } = source.data;
  const labelled = analysis.formulas.filter(({ maths }) => labelOf(maths.tex) !== undefined);
  const chosen = share === undefined ? labelled[0] : labelled.find(({ maths }) => labelOf(maths.tex) === share);
  if (chosen) return texAlone(chosen);
  if (share === undefined) return undefined;
  const report = (message: string, fix: string) => problems.add(source.file, source.spanOf(["share"]), message, fix);
  if (/^[A-Za-z][\w:-]+$/.test(share)) {
    const labels = labelled.flatMap(({ maths }) => labelOf(maths.tex) ?? []);
    report(`No equation has the label \`${share}\`.`, advise(share, labels, "labels here"));
    return undefined;
  }
  const typeset = typesetMaths(share, true);
  if (typeset.kind === "typeset") return withoutEndMark(share);
  report(
    `\`share\` is neither the label of an equation nor valid TeX: ${typeset.message.replace(/\.?$/, ".")}`,
    "Write a label, or TeX without dollar signs.",
  );
  return undefined;
}

const texAlone = ({ maths }: Formula): string => withoutEndMark(texOf(maths).trim());

/** The TeX without the comma or full stop that ends it as a part of a sentence. */
export function withoutEndMark(tex: string): string {
  const [, body = tex, end = ""] = /^([\s\S]*?)((?:\s|\\end\s*\{[^}]*\})*)$/.exec(tex) ?? [];
  // A mark after a backslash is a space, and after `\right` a bracket.
  return body.replace(/(?:\s|\\[,;:!]|~)*(?<!\\|\\right\s*)[.,;]$/, "") + end;
}
