/** Keeps the marks next to a formula in its lines, on pages. */
import { escapeHtml } from "../markdown/raw-html.ts";
import { pieceWidths } from "../maths/formula-width.ts";
import { holdLastPiece } from "../maths/hold-last-piece.ts";

/** A narrower piece of a formula fits into a line with its marks on a screen of 320 px, in em of its own font. */
const phoneEms = 14;

/**
 * `formula`: the TeX, typeset. Browsers may break a line between a formula and a mark, such as a full stop: `glue`
 * prevents it, unless the piece next to the mark fills a phone's line alone.
 */
export function glueMarks(opening: string, tex: string, formula: string, mark: string): string {
  if (opening === "" && mark === "") return formula;
  // Short TeX is never that wide, and widths take a quarter of a millisecond.
  const widths = tex.length < phoneEms ? [] : pieceWidths(tex);
  const isWide = (width = 0) => width > phoneEms;
  const [before, after] = [isWide(widths[0]) ? "" : escapeHtml(opening), isWide(widths.at(-1)) ? "" : escapeHtml(mark)];
  const held = holdLastPiece(formula);
  const inside = `${before}${(after && held) || formula}${after}`;
  const whole =
    inside === formula ? formula : `<span class="${held === undefined ? "glue" : "glue long"}">${inside}</span>`;
  return (before ? "" : escapeHtml(opening)) + whole + (after ? "" : escapeHtml(mark));
}
