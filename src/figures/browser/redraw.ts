/** Updates an SVG in place to match another. Elements are kept, so focus and pointer capture survive a redraw. */

/** Elements are matched by position, element name and `data-handle`. */
export function redraw(shown: Element, wanted: Element): void {
  const old = [...shown.childNodes];
  const nodes = [...wanted.childNodes];
  for (const [index, node] of nodes.entries()) {
    const place = old[index];
    if (!place) shown.append(node);
    else if (place.nodeName !== node.nodeName || nameOf(place) !== nameOf(node)) place.replaceWith(node);
    else if (place instanceof Element && node instanceof Element) {
      copyAttributes(place, node);
      redraw(place, node);
    } else if (place.nodeValue !== node.nodeValue) place.nodeValue = node.nodeValue;
  }
  for (const node of old.slice(nodes.length)) node.remove();
}

const nameOf = (node: Node): string | null => (node instanceof Element ? node.getAttribute("data-handle") : null);

function copyAttributes(to: Element, from: Element): void {
  for (const { name } of [...to.attributes]) if (!from.hasAttribute(name)) to.removeAttribute(name);
  for (const { name, value } of from.attributes) if (to.getAttribute(name) !== value) to.setAttribute(name, value);
}
