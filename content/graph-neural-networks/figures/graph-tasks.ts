/**
 * Draws the same graph with three tasks: the prediction belongs to a node, to a pair of nodes, or to the whole graph.
 */

import { at } from "#figures/at.ts";
import { circle, drawing, group, label, path, round } from "#figures/drawing.ts";
import { edgeLine, type Point } from "#figures/node-link.ts";
import type { Graph } from "../models/graph.ts";

const graph: Graph = {
  nodeCount: 7,
  edges: [
    [0, 1],
    [0, 2],
    [1, 2],
    [1, 3],
    [2, 4],
    [3, 4],
    [3, 5],
    [4, 6],
  ],
};

/** In an area 100 wide and 92 high. */
const places: readonly Point[] = [
  { x: 10, y: 45 },
  { x: 34, y: 22 },
  { x: 36, y: 66 },
  { x: 63, y: 30 },
  { x: 65, y: 70 },
  { x: 90, y: 16 },
  { x: 91, y: 60 },
];

/** Corners of the convex hull, clockwise. */
const outerNodes = [0, 1, 5, 6, 4, 2] as const;

const asked = 3;
const askedPair = [5, 6] as const;
const radius = 6.5;

const tasks = [
  { task: "node", question: "topic of this paper?", marked: [asked] },
  { task: "edge", question: "will they be linked?", marked: askedPair },
  { task: "graph", question: "is it toxic?", marked: [...places.keys()] },
] as const;

export const figure = (): string =>
  drawing(
    400,
    170,
    ...tasks.map(({ task, question, marked }, column) =>
      group(
        { transform: `translate(${10 + column * 134} 18)` },
        task === "graph" ? path(outline(17), { class: "fill-node-pale stroke-node dashed" }) : "",
        ...graph.edges.map(([from, to]) => drawEdge(from, to, "line")),
        task === "edge" ? drawEdge(...askedPair, "stroke-node thick dashed") : "",
        ...places.map(({ x, y }, node) =>
          circle(x, y, radius, { class: marked.some((other) => other === node) ? "fill-node stroke-node" : "box" }),
        ),
        label(50, 124, task, { class: "middle strong" }),
        label(50, 141, question, { class: "middle small soft" }),
      ),
    ),
  );

const drawEdge = (from: number, to: number, look: string): string =>
  edgeLine(at(places, from), at(places, to), radius, { class: look });

/** The hull of the nodes, expanded by `margin` units, with rounded corners. */
function outline(margin: number): string {
  const hull = outerNodes.map((node) => at(places, node));
  const sides = hull.map((from, corner) => {
    const to = at(hull, (corner + 1) % hull.length);
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    const [outX, outY] = [((to.y - from.y) / length) * margin, ((from.x - to.x) / length) * margin];
    return `${round(from.x + outX)} ${round(from.y + outY)}L${round(to.x + outX)} ${round(to.y + outY)}`;
  });
  return `M${sides.join(`A${margin} ${margin} 0 0 1 `)}A${margin} ${margin} 0 0 1 ${at(at(sides, 0).split("L"), 0)}Z`;
}
