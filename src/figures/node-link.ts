/** Draws graphs as discs and lines, in one style for all figures. */

import { type Attributes, circle, formula, group, label, line, polygon } from "./drawing.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Positions of the four nodes of the paw graph: 1 and 2 on top, 3 below them, 4 below 3. (`x`, `y`) is the midpoint of
 * the top edge.
 */
export const pawPlaces = (x: number, y: number, side: number): readonly Point[] => {
  const drop = side * 0.82;
  return [
    { x: x - side / 2, y },
    { x: x + side / 2, y },
    { x, y: y + drop },
    { x, y: y + drop + side * 0.78 },
  ];
};

/** A disc with a few symbols or a number in it. `tone` is the emphasis of the node. */
export function nodeDisc(
  { x, y }: Point,
  words: string,
  { radius = 15, tone = "pale" }: { radius?: number; tone?: "pale" | "solid" | "empty" } = {},
): string {
  const fill = { pale: "fill-node-pale stroke-node", solid: "fill-node stroke-node", empty: "shade rule" }[tone];
  const ink = { pale: "", solid: " on-colour", empty: " soft" }[tone];
  return group(
    {},
    circle(x, y, radius, { class: fill }),
    // Text longer than `3.5` does not fit inside the rim at full size.
    words === ""
      ? ""
      : formula(x, words.length > 3 ? y + 4 : y + 5.5, words, {
          class: `middle${words.length > 3 ? " small" : ""}${ink}`,
        }),
  );
}

/**
 * The labels `node 1` to `node 4` of the paw: above the upper two discs, to the right of the others, `gap` units from
 * the rim.
 */
export const pawNames = (places: readonly Point[], radius: number, gap = 10): string[] =>
  places.map(({ x, y }, node) =>
    node < 2
      ? label(x, y - radius - gap, `node ${node + 1}`, { class: "middle small soft" })
      : label(x + radius + gap, y + 4, `node ${node + 1}`, { class: "small soft" }),
  );

/** The segment between two nodes that their discs do not cover, `gap` units short of each rim. */
export function between(from: Point, to: Point, radius: number, gap = 0): readonly [Point, Point] {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const [stepX, stepY] = [((to.x - from.x) / length) * (radius + gap), ((to.y - from.y) / length) * (radius + gap)];
  return [
    { x: from.x + stepX, y: from.y + stepY },
    { x: to.x - stepX, y: to.y - stepY },
  ];
}

/** The edge between two nodes, from rim to rim of their discs; `attributes` as for a line. */
export function edgeLine(from: Point, to: Point, radius: number, attributes: Attributes = {}): string {
  const [start, end] = between(from, to, radius);
  return line(start.x, start.y, end.x, end.y, attributes);
}

/** A line `thickness` units thick, drawn as a polygon: stroke widths are set by the stylesheet. */
export function bar(from: Point, to: Point, thickness: number, attributes: { class: string }): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length < 1e-9) return "";
  const [sideX, sideY] = [(((to.y - from.y) / length) * thickness) / 2, (((from.x - to.x) / length) * thickness) / 2];
  const corners: [number, number][] = [
    [from.x + sideX, from.y + sideY],
    [to.x + sideX, to.y + sideY],
    [to.x - sideX, to.y - sideY],
    [from.x - sideX, from.y - sideY],
  ];
  return polygon(corners, attributes);
}
