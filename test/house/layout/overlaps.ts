/** Finds text that overlaps other text or a control, and text that is cut off. */
import { type Box, describe, type Line, nameOf } from "./lines.ts";

/** Allowance for rounding and the overhang of italics, in pixels. */
const tolerance = 2;

/** Text in a figure is tested with the figure: test/journeys/lettering.test.ts. */
const isOfDrawing = (element: Element): boolean => element.closest("svg.drawing") !== null;

export function overlaps(lines: readonly Line[]): string[] {
  const clips = new Map<Element, readonly Clip[]>();
  const boxes = [...lines, ...controls()].flatMap((line) => {
    const box = isOfDrawing(line.element) ? undefined : inSight(line.box, clipsOf(line.element, clips));
    return box ? [{ ...line, box }] : [];
  });
  boxes.sort((a, b) => a.box.top - b.box.top);
  const found: string[] = [];
  for (const [index, line] of boxes.entries()) {
    for (let next = index + 1; next < boxes.length; next += 1) {
      const other = boxes[next];
      if (!other || other.box.top > line.box.bottom - tolerance) break;
      if (covers(line.box, other.box) && !belong(line, other) && !areLayers(line, other))
        found.push(`text overlaps: ${describe(line)} and ${describe(other)}`);
    }
  }
  return found;
}

/** The part of a box that no surrounding box clips. */
function inSight(box: Box, around: readonly Clip[]): Box | undefined {
  let { left, right, top, bottom } = box;
  for (const { edge, x, y } of around) {
    if (x !== "free") [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
    if (y !== "free") [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
  }
  return left < right && top < bottom ? { left, right, top, bottom } : undefined;
}

const covers = (a: Box, b: Box): boolean =>
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > tolerance &&
  Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > tolerance;

/** A button contains its label, and an element its lines. */
const belong = (a: Line, b: Line): boolean =>
  a.isControl !== b.isControl && (a.element.contains(b.element) || b.element.contains(a.element));

/** A sheet, or anything else that floats above the page on an opaque background, is meant to cover it. */
function areLayers(a: Line, b: Line): boolean {
  const layers = [a, b].map(({ element }) => layerOf(element));
  return layers[0] !== layers[1];
}

function layerOf(element: Element): Element | undefined {
  for (let each: Element | null = element; each; each = each.parentElement) {
    if (getComputedStyle(each).position === "fixed") return each;
  }
  return undefined;
}

/** Controls without text nodes, and images: text must not overlap them. */
function controls(): Line[] {
  return [...document.querySelectorAll("input, select, textarea, button, img, iframe")].flatMap((element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return [];
    if (element.closest(".honeypot")) return [];
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1
      ? [{ box, element, text: element.getAttribute("name") ?? "", isControl: true }]
      : [];
  });
}

export function cutOff(lines: readonly Line[]): string[] {
  const clips = new Map<Element, readonly Clip[]>();
  return lines.flatMap((line) => {
    const { box, element } = line;
    if (isOfDrawing(element)) return [];
    const around = clipsOf(element, clips);
    // What is out of sight in a scrolling box can be scrolled into view: no box further out clips it.
    const scrolls = around.findIndex(({ x, y }) => x === "scroll" || y === "scroll");
    const clip = (scrolls < 0 ? around : around.slice(0, scrolls + 1)).find((each) => isCutBy(box, each));
    if (clip) return [`text is cut off: ${describe(line)} by ${nameOf(clip.element)}`];
    const isInside = box.left > -tolerance && box.right < innerWidth + tolerance;
    return scrolls >= 0 || isInside ? [] : [`text is cut off: ${describe(line)} by the window`];
  });
}

interface Clip {
  readonly element: Element;
  readonly edge: Box;
  readonly x: "cut" | "scroll" | "free";
  readonly y: "cut" | "scroll" | "free";
}

/** Boxes around an element that clip overflow, innermost first. */
function clipsOf(element: Element, known: Map<Element, readonly Clip[]>): readonly Clip[] {
  const before = known.get(element);
  if (before) return before;
  const { overflowX, overflowY } = getComputedStyle(element);
  const [x, y] = [kindOf(overflowX), kindOf(overflowY)];
  const parent = element === document.body ? null : element.parentElement;
  const outer = parent ? clipsOf(parent, known) : [];
  const isClip = parent !== null && (x !== "free" || y !== "free");
  const all = isClip ? [{ element, edge: element.getBoundingClientRect(), x, y }, ...outer] : outer;
  known.set(element, all);
  return all;
}

const kindOf = (overflow: string): Clip["x"] =>
  overflow === "hidden" || overflow === "clip" ? "cut" : overflow === "visible" ? "free" : "scroll";

const isCutBy = (box: Box, { edge, x, y }: Clip): boolean =>
  (x === "cut" && (box.left < edge.left - tolerance || box.right > edge.right + tolerance)) ||
  (y === "cut" && (box.top < edge.top - tolerance || box.bottom > edge.bottom + tolerance));
