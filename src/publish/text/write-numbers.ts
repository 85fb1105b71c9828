/**
 * Writes numbers and the words of references into the Markdown copy of a text, in place of labels: whoever reads it has
 * nothing that numbers.
 */
import type { Token } from "marked";
import { originMark } from "../../library/objects.ts";
import { spanInside } from "../markdown/positions.ts";
import type { TextAnalysis } from "../markdown/text-analysis.ts";
import { labelForm } from "../markdown/token-text.ts";
import { forEachToken } from "../markdown/tokens.ts";
import type { Edit, SourceFile } from "../source/source-file.ts";

/** `path`: public path of the text. */
export function writeNumbers(file: SourceFile, analysis: TextAnalysis, path: string): Edit[] {
  const edits: Edit[] = [];
  /** `start` and `length` count in the token's `raw`. */
  const replace = (token: Token, start: number, length: number, text: string): void => {
    const span = analysis.positions.get(token);
    if (span) edits.push({ span: spanInside(file, token, span, start, length), text });
  };
  numberBoxes(analysis, replace);
  for (const { caption, numbered } of analysis.captioned.values()) {
    const mark = labelForm.exec(caption.raw.trimEnd());
    replace(caption as Token, 0, ": ".length, `${numbered}. `);
    if (mark) replace(caption as Token, mark.index, mark[0].length, "");
  }
  nameReferences(analysis, path, replace);
  return edits;
}

type Replace = (token: Token, start: number, length: number, text: string) => void;

function numberBoxes({ boxLabels }: TextAnalysis, replace: Replace): void {
  for (const [token, label] of boxLabels) {
    const [opening = ""] = /^[^\n]*/.exec(token.raw) ?? [];
    const [start = "", bracket] = /^:::[a-z-]+(\[)?/.exec(opening) ?? [];
    const mark = labelForm.exec(opening);
    if (bracket) {
      replace(token, start.length, 0, `${label}: `);
      if (mark) replace(token, mark.index, mark[0].length, "");
    } else replace(token, start.length, mark?.[0].length ?? 0, `[${label}]`);
  }
}

/** As links, but not in the caption of a figure, where nothing is a link. */
function nameReferences({ references, captions }: TextAnalysis, path: string, replace: Replace): void {
  const inCaptions = new Set<Token>();
  for (const caption of captions.values()) forEachToken(caption, (token) => inCaptions.add(token));
  for (const [token, { to, text }] of references) {
    const place = to.kind === "chapter" ? to.path : path;
    const link = `[${text}](${originMark}${place}#${to.anchor})`;
    replace(token, 0, token.raw.length, inCaptions.has(token) ? text : link);
  }
}
