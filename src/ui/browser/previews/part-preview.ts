/** Copies a part of a page for its preview. The copy has no ids, and nothing that acts on the original. */

export function partPreview(part: Element): Node[] {
  const copy = part.cloneNode(true) as Element;
  for (const control of copy.querySelectorAll(removed)) control.remove();
  for (const drawing of copy.querySelectorAll("svg")) makeStatic(drawing);
  for (const element of [copy, ...copy.querySelectorAll("*")]) {
    for (const name of ["id", "tabindex", "data-live"]) element.removeAttribute(name);
  }
  // Links within the page would lead away from the copy.
  for (const link of copy.querySelectorAll("a[href^='#']")) link.replaceWith(...link.childNodes);
  // A reference is no list item here, and a note is not in the margin.
  if (!copy.matches("li, .note")) return [copy];
  const paragraph = document.createElement("p");
  paragraph.append(...copy.childNodes);
  return [paragraph];
}

const removed =
  "button, form, .controls, .live-region, .anchor, .note, .note-mark, .note-close, .note-number, [id^='page.']";

/** A drawing whose handles are in use becomes an image again. */
function makeStatic(drawing: SVGElement): void {
  drawing.setAttribute("role", "img");
  for (const handle of drawing.querySelectorAll("[role], [tabindex], [aria-label]")) {
    for (const { name } of [...handle.attributes]) {
      if (/^(?:role|tabindex|aria-.*|data-handle)$/.test(name)) handle.removeAttribute(name);
    }
  }
}
