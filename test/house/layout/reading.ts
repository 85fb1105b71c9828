/** Finds what makes text hard to read: words broken without a hyphen, and columns that are too narrow. */
import { nameOf } from "./lines.ts";

/** May be broken anywhere: URLs, email addresses, and machine-readable text. */
const breakable = "pre, code, svg, [aria-hidden=true], .own-address, .inbox-facts dd";

/** Words of four or more characters that continue on the next line; a hyphen or a soft hyphen ends a word here. */
export function brokenWords(nodes: readonly Text[]): string[] {
  const broken = new Set<string>();
  const range = document.createRange();
  for (const node of nodes) {
    const element = node.parentElement;
    if (!element || element.closest(breakable)) continue;
    range.selectNodeContents(node);
    if (!isInLines(range)) continue;
    for (const { index, 0: word } of node.data.matchAll(/[\p{L}\d]{4,}/gu)) {
      // A visible soft hyphen belongs to the letter after it.
      range.setStart(node, node.data[index - 1] === "\u00AD" ? index + 1 : index);
      range.setEnd(node, index + word.length);
      if (isInLines(range)) broken.add(`broken word: ${word} (${nameOf(element)})`);
    }
  }
  return [...broken];
}

const isInLines = (range: Range): boolean =>
  new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top))).size > 1;

/** Widths below this count as a phone. */
const phone = 600;
/** Minimum widths: shares of the window, and pixels. */
const least = { onPhone: 0.55, elsewhere: 480, title: 0.4, column: 560 } as const;

export function narrowText(width: number): string[] {
  const leastText = width < phone ? least.onPhone * width : least.elsewhere;
  const narrow: string[] = [];
  const check = (element: Element, minimum: number, kind: string) => {
    const measured = innerWidthOf(element);
    if (measured > 0 && measured < minimum - 0.5)
      narrow.push(`narrow ${kind}, ${Math.round(measured)} px: “${element.textContent?.trim().slice(0, 40)}”`);
  };
  for (const title of document.querySelectorAll("main h1")) check(title, least.title * width, "title");
  for (const paragraph of document.querySelectorAll("article :is(p, li, dd)")) {
    const isRunning = (paragraph.textContent?.length ?? 0) > 200 && paragraph.getBoundingClientRect().height > 100;
    if (isRunning && !paragraph.closest("aside, .note, table, figure, nav")) check(paragraph, leastText, "text");
  }
  if (width >= 700) {
    // Chapters have a different kind of header; everything else is measured against the column below it.
    for (const column of document.querySelectorAll("article.reading > .body")) check(column, least.column, "column");
  }
  return narrow;
}

/** Width available to lines of text, without padding. */
function innerWidthOf(element: Element): number {
  const { paddingLeft, paddingRight } = getComputedStyle(element);
  return element.getBoundingClientRect().width - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
}
