/** Draws a ring of six nodes and two rings of three: the computation trees of all nodes are equal. */

import { arrow, circle, drawing, group, label } from "#figures/drawing.ts";
import { between, edgeLine, nodeDisc, type Point } from "#figures/node-link.ts";
import { cycleGraph } from "../models/colour-refinement.ts";
import { type Graph, twoTriangles } from "../models/graph.ts";

const radius = 13;
const treeRadius = 8;
const rounds = 3;
const tree = { top: 222, level: 46, width: 168 } as const;

const ring = Array.from(
  { length: 6 },
  (_, node): Point => ({
    x: 100 + 66 * Math.sin((node * Math.PI) / 3),
    y: 104 - 66 * Math.cos((node * Math.PI) / 3),
  }),
);
const leftTriangle: readonly Point[] = [
  { x: 232, y: 56 },
  { x: 232, y: 152 },
  { x: 280, y: 104 },
];
const rightTriangle: readonly Point[] = leftTriangle.map(({ x, y }) => ({ x: 600 - x, y }));

export const figure = (): string =>
  drawing(
    400,
    tree.top + rounds * tree.level + 40,
    refreshOne(100, "6-cycle", cycleGraph(6), ring),
    refreshOne(300, "two triangles", twoTriangles(0), [...leftTriangle, ...rightTriangle]),
  );

function refreshOne(middle: number, name: string, graph: Graph, places: readonly Point[]): string {
  return group(
    {},
    label(middle, 16, name, { class: "middle strong" }),
    ...graph.edges.map(([from, to]) => {
      const [one, other] = [places[from], places[to]];
      if (!one || !other) return "";
      return edgeLine(one, other, radius);
    }),
    ...places.map((place) => nodeDisc(place, "a", { radius })),
    label(middle, tree.top - 20, "seen from any node", { class: "middle small soft" }),
    drawTree(middle),
    label(middle, tree.top + rounds * tree.level + 30, "6 nodes, all alike", { class: "middle small soft" }),
  );
}

/** Every node has two neighbours, so every branch splits in two. */
function drawTree(middle: number): string {
  const spot = (level: number, index: number): Point => ({
    x: middle - tree.width / 2 + ((index + 0.5) * tree.width) / 2 ** level,
    y: tree.top + level * tree.level,
  });
  const levels = Array.from({ length: rounds + 1 }, (_, level) =>
    Array.from({ length: 2 ** level }, (_, index) => index),
  );
  return group(
    {},
    ...levels.flatMap((indices, level) =>
      indices.flatMap((index) => {
        if (level === 0) return [];
        const [start, end] = between(spot(level, index), spot(level - 1, Math.floor(index / 2)), treeRadius, 1);
        return [arrow(start.x, start.y, end.x, end.y, { class: "stroke-message" })];
      }),
    ),
    ...levels.flatMap((indices, level) =>
      indices.map((index) => {
        const { x, y } = spot(level, index);
        return circle(x, y, treeRadius, { class: "fill-node-pale stroke-node" });
      }),
    ),
  );
}
