/** What one target reads: ten neighbours and twenty-five of each of those, drawn one by one, and how little that is of everything. */

import { circle, drawing, element, formula, group, label, line, rectangle, round } from "#figures/drawing.ts";
import { nodesRead } from "../models/neighbour-samples.ts";

const middle = { x: 148, y: 146 } as const;
const sizes = { first: 10, second: 25 } as const;
const rings = { first: 62, second: [118, 134] } as const;
const column = 296;
/** Neighbours of every node, where nothing is sampled. */
const averageDegree = 100;

export const figure = (): string =>
  drawing(400, 292, ...Array.from({ length: sizes.first }, (_, spoke) => drawSpoke(spoke)), drawTarget(), drawColumn());

const point = (angle: number, distance: number) => ({
  x: middle.x + distance * Math.cos(angle),
  y: middle.y + distance * Math.sin(angle),
});

/** One neighbour of the target, with its own sample behind it. */
function drawSpoke(spoke: number): string {
  const wedge = (2 * Math.PI) / sizes.first;
  const angle = (spoke - 0.5) * wedge;
  const near = point(angle, rings.first);
  const far = Array.from({ length: sizes.second }, (_, index) =>
    point(angle + ((index + 0.5) / sizes.second - 0.5) * wedge * 0.9, rings.second[index % 2 === 0 ? 0 : 1]),
  );
  const fan = far.map(({ x, y }) => `M${round(near.x)} ${round(near.y)}L${round(x)} ${round(y)}`).join("");
  return group(
    {},
    element("path", { d: fan, class: "rule" }),
    line(middle.x, middle.y, near.x, near.y, { class: "stroke-message" }),
    ...far.map(({ x, y }) => circle(x, y, 2.3, { class: "fill-node" })),
    circle(near.x, near.y, 7, { class: "fill-node-pale stroke-node" }),
  );
}

const drawTarget = (): string => circle(middle.x, middle.y, 12, { class: "fill-node stroke-node" });

function drawColumn(): string {
  const [read, all] = [nodesRead([sizes.first, sizes.second]), nodesRead([averageDegree, averageDegree])];
  // Areas in proportion: a square unit is a node.
  const [small, large] = [Math.sqrt(read), Math.sqrt(all)];
  const bottom = 262;
  return group(
    {},
    label(column, 20, "first, k = 1", { class: "strong" }),
    formula(column, 40, `S_1 = ${sizes.second}`),
    label(column, 57, "at the outer ring", { class: "small soft" }),
    label(column, 86, "then, k = 2", { class: "strong" }),
    formula(column, 106, `S_2 = ${sizes.first}`),
    label(column, 123, "at the inner ring", { class: "small soft" }),
    rectangle(column, bottom - large, large, large, { class: "shade rule" }),
    rectangle(column, bottom - small, small, small, { class: "fill-node" }),
    label(column + small + 7, bottom - 5, `${read} read`, { class: "small" }),
    label(column + large / 2, bottom + 17, `of ${all.toLocaleString("en-GB")}`, { class: "middle small soft" }),
  );
}
