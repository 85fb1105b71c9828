/** Places an open card: beside its link in the column of notes, otherwise below or above it. On a phone it is a sheet. */

/** To the link, and to the edges of the window. */
const gapPx = 8;
/** From the text to the frame of the card, whose content is in line with the notes. */
const gutterPx = 26;
/** In the column of notes. */
const maxWidthPx = 352;
/** The lettering of a narrower figure is too small. */
const minFigurePx = 320;

/** As in `../../styles/preview-card.css`. */
const sheet = matchMedia("(width < 40rem)");
const noteColumn = matchMedia("(width >= 75rem)");

/** `mayScroll`: a sheet that covers the link moves the page. */
export function placeCard(card: HTMLElement, anchor: Element, mayScroll: boolean): void {
  card.style.cssText = "";
  // A link may take two lines, and an element of a figure or a formula none.
  const lines = anchor.getClientRects();
  const first = lines[0] ?? anchor.getBoundingClientRect();
  const last = lines[lines.length - 1] ?? first;
  if (sheet.matches) {
    const covered = last.bottom + gapPx - card.getBoundingClientRect().top;
    if (mayScroll && covered > 0) scrollBy({ top: covered, behavior: "instant" });
  } else if (!placeBeside(card, first)) placeBelow(card, first, last);
}

const textBox = () => (document.querySelector(".body") ?? document.body).getBoundingClientRect();
/** Without the gutter of a scroll bar. */
const pageWidth = () => document.body.clientWidth;
const isRightToLeft = () => document.dir === "rtl";

/** False if there is no column of notes, or the content needs more room. */
function placeBeside(card: HTMLElement, link: DOMRect): boolean {
  if (!noteColumn.matches) return false;
  const text = textBox();
  const room = (isRightToLeft() ? text.left : pageWidth() - text.right) - gutterPx - gapPx;
  const isClear = isRightToLeft() ? link.left > text.left - gapPx : link.right < text.right + gapPx;
  card.style.setProperty("max-width", `${Math.min(room, maxWidthPx)}px`);
  if (!isClear || isCramped(card)) {
    card.style.removeProperty("max-width");
    return false;
  }
  const left = isRightToLeft() ? text.left - gutterPx - card.offsetWidth : text.right + gutterPx;
  move(card, left, Math.min(link.top - gapPx, innerHeight - gapPx - card.offsetHeight));
  return true;
}

/** Something would have to be scrolled sideways, or could not be read. */
const isCramped = (card: HTMLElement): boolean =>
  [...card.querySelectorAll(".equation, .table, pre")].some(
    ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth,
  ) || [...card.querySelectorAll("img, .drawing")].some((image) => image.getBoundingClientRect().width < minFigurePx);

function placeBelow(card: HTMLElement, first: DOMRect, last: DOMRect): void {
  const above = first.top - 2 * gapPx;
  const below = innerHeight - last.bottom - 2 * gapPx;
  const isBelow = card.offsetHeight <= below || below >= above;
  card.style.setProperty("max-height", `${Math.min(isBelow ? below : above, card.offsetHeight)}px`);
  const width = card.offsetWidth;
  const text = textBox();
  const within = (left: number, from: number, to: number) => Math.max(from, Math.min(left, to - width));
  const start = isRightToLeft() ? last.right - width : last.left;
  const inText = width <= text.width ? within(start, text.left, text.right) : start;
  move(
    card,
    within(inText, gapPx, pageWidth() - gapPx),
    isBelow ? last.bottom + gapPx : first.top - gapPx - card.offsetHeight,
  );
}

/** On the page, with which the card scrolls. */
function move({ style }: HTMLElement, left: number, top: number): void {
  style.left = `${left + scrollX}px`;
  style.top = `${Math.max(gapPx, top) + scrollY}px`;
}
