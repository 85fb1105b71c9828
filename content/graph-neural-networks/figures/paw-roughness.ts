/** Draws two arrangements of the same values on the paw, with the squared difference on each edge. */

import { at } from "#figures/at.ts";
import { drawing, formula, group } from "#figures/drawing.ts";
import { bar, between, nodeDisc, pawPlaces } from "#figures/node-link.ts";
import { paw, roughness, type Signal, squaredDifferences } from "../models/graph.ts";

const radius = 17;

/** Offsets of the edge labels from the middles of the edges, in the order of the paw's edges. */
const offsets = [
  { x: 0, y: -11 },
  { x: -17, y: 9 },
  { x: 17, y: 9 },
  { x: 16, y: 5 },
] as const;

/** One panel per signal. */
export const figure = ({
  signals = [
    [1, 2, 3, 4],
    [2, 4, 1, 3],
  ],
}: {
  signals?: readonly Signal[];
} = {}): string =>
  drawing(400, 268, ...signals.map((signal, panel) => drawSignal((400 / signals.length) * (panel + 0.5), signal)));

function drawSignal(middle: number, signal: Signal): string {
  const places = pawPlaces(middle, 46, 100);
  const squares = squaredDifferences(paw, signal);
  return group(
    {},
    ...paw.edges.map(([from, to], edge) => {
      const square = at(squares, edge);
      const [start, end] = between(at(places, from), at(places, to), radius);
      const offset = at(offsets, edge);
      const [x, y] = [(start.x + end.x) / 2 + offset.x, (start.y + end.y) / 2 + offset.y];
      return group(
        {},
        bar(start, end, 0.9 + square * 0.55, { class: "fill-ink" }),
        formula(x, y, String(square), { class: "middle" }),
      );
    }),
    ...signal.map((value, node) => nodeDisc(at(places, node), String(value), { radius })),
    formula(middle, 258, `x^⊤Lx = ${roughness(paw, signal)}`, { class: "middle" }),
  );
}
