/** Finds the end of a box: the first line `:::` that is not in a listing. */

/** Where a listing begins, on a line of its own or right after the marker of a list item or quotation. */
const fenceForm = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}(?=[^`]*$)|~{3,})/;

export interface BoxExtent {
  readonly content: string;
  /** Offset after the box and the blank lines that follow it. */
  readonly end: number;
}

/** `start`: offset after the first line. `undefined` if nothing ends the box. */
export function boxExtent(source: string, start: number): BoxExtent | undefined {
  let fence: string | undefined;
  for (let from = start; from < source.length; ) {
    const newline = source.indexOf("\n", from);
    const to = newline === -1 ? source.length : newline;
    const line = source.slice(from, to);
    if (fence === undefined && /^:::[ \t]*$/.test(line)) {
      const blank = /^\n*/.exec(source.slice(to))?.[0].length ?? 0;
      return { content: source.slice(start, Math.max(start, from - 1)), end: to + blank };
    }
    if (fence === undefined) fence = fenceForm.exec(line)?.[1];
    else if (endsFence(line, fence)) fence = undefined;
    from = to + 1;
  }
  return undefined;
}

/** At least as many of the same signs, and nothing else. */
function endsFence(line: string, fence: string): boolean {
  const signs = line.replace(/^[ \t>]*/, "").trimEnd();
  return signs.length >= fence.length && signs === fence.charAt(0).repeat(signs.length);
}
