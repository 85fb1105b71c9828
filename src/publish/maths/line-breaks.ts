/**
 * Marks where a formula in a line of text may be broken: between KaTeX's pieces, after a relation or an operation at the
 * top level. Elsewhere, also before and after it, styles forbid breaks, which browsers allow next to every box.
 */

const piece = '<span class="katex-base">';

/** KaTeX's HTML with `<wbr>` between the pieces. Pieces within others, of formulas in `\\text`, are not separated. */
export function markLineBreaks(html: string): string {
  const start = html.indexOf(piece);
  let depth = 0;
  return (
    html.slice(0, start) +
    html.slice(start).replace(/<(\/?)span\b[^>]*>/g, (tag, slash: string, at: number) => {
      if (slash) depth -= 1;
      else depth += 1;
      return tag === piece && depth === 1 && at > 0 ? `<wbr>${tag}` : tag;
    })
  );
}
