/** Collects the visible lines of text on the page and their boxes. */

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** One line of a text node, or a whole formula, label in a figure, or control. `box` has the height of the letters. */
export interface Line {
  readonly box: Box;
  readonly element: Element;
  readonly text: string;
  readonly isControl: boolean;
}

/** Text nodes that are not blank. They stay the same while the window is resized. */
export function textNodesOf(root: Element): readonly Text[] {
  const nodes: Text[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || !/\S/.test((node as Text).data)) continue;
    if (!parent.closest("script, style, textarea, select, option, iframe, .katex, svg")) nodes.push(node as Text);
  }
  return nodes;
}

/** For screen readers, or visible only with the focus: nothing of it is on the page. */
const unseen = ".skip, .katex-mathml, .honeypot";

/** KaTeX's pieces of formulas. Throws if a formula has none: then KaTeX gives them another name. */
function piecesOfFormulas(): Element[] {
  return [...document.querySelectorAll(".katex-html")].flatMap((formula) => {
    const pieces = formula.querySelectorAll(".katex-base");
    if (pieces.length === 0) throw new Error(`No pieces in the formula ${formula.outerHTML.slice(0, 200)}`);
    return [...pieces];
  });
}

export function linesOf(nodes: readonly Text[]): Line[] {
  const visible = new Map<Element, boolean>();
  const isVisible = (element: Element): boolean => {
    const known = visible.get(element);
    if (known !== undefined) return known;
    const shown =
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }) &&
      !element.closest(unseen) &&
      !isOnlyHeard(element);
    visible.set(element, shown);
    return shown;
  };
  const lines: Line[] = [];
  const range = document.createRange();
  for (const node of nodes) {
    const element = node.parentElement;
    if (!element || !isVisible(element)) continue;
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (rect.width > 1) lines.push({ box: lettersOf(rect), element, text: node.data.trim(), isControl: false });
    }
  }
  for (const element of [...piecesOfFormulas(), ...document.querySelectorAll("svg text")]) {
    if (!isVisible(element)) continue;
    const rect = element.getBoundingClientRect();
    if (rect.width > 1)
      lines.push({ box: lettersOf(rect), element, text: element.textContent?.trim() ?? "", isControl: false });
  }
  return lines;
}

/** Clipped to a pixel, the usual way to hide text that is only for screen readers. */
function isOnlyHeard(element: Element): boolean {
  for (let each: Element | null = element; each && each !== document.body; each = each.parentElement) {
    const { overflowX, position } = getComputedStyle(each);
    if (overflowX !== "visible" && position === "absolute" && each.getBoundingClientRect().width <= 1) return true;
  }
  return false;
}

/** A line's box includes space above capitals and below descenders, and lines that are set tightly share that space. */
function lettersOf({ left, right, top, bottom }: Box): Box {
  const room = 0.25 * (bottom - top);
  return { left, right, top: top + room, bottom: bottom - room };
}

export const describe = ({ text, element }: Pick<Line, "text" | "element">): string =>
  `“${text.replace(/\s+/g, " ").slice(0, 40)}” (${nameOf(element)})`;

/** The element as a selector would find it, with the nearest ancestor that has a class. */
export function nameOf(element: Element): string {
  const tag = element.tagName.toLowerCase();
  const className = element.getAttribute("class")?.trim().split(/\s+/).join(".");
  if (className) return `${tag}.${className}`;
  const parent = element.parentElement;
  return parent && parent !== document.body ? `${nameOf(parent)} > ${tag}` : tag;
}
