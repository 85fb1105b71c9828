/**
 * Keeps the end of a formula in a line of text next to the mark after it. Browsers break such a formula between KaTeX's
 * pieces, and also after the last: Firefox and Chromium decide that by the style of the element around each piece.
 */

const piece = '<span class="katex-base">';

/** KaTeX's HTML with its last piece in a `.last`, if there are several; undefined if there is one. */
export function holdLastPiece(html: string): string | undefined {
  const from = html.indexOf(piece);
  let depth = 0;
  let last = from;
  // Only at the top level: `\text` may contain formulas with pieces of their own.
  for (const { 0: tag, index } of html.slice(from).matchAll(/<\/?span\b[^>]*>/g)) {
    depth += tag.startsWith("</") ? -1 : 1;
    if (tag === piece && depth === 1) last = from + index;
  }
  if (last === from) return undefined;
  const end = html.length - "</span></span>".length;
  return `${html.slice(0, last)}<span class="last">${html.slice(last, end)}</span>${html.slice(end)}`;
}
