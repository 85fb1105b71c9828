/** Lists pairs of graphs to distinguish, with node positions in a drawing 400 units wide. */

import type { Point } from "#figures/node-link.ts";
import { cycleGraph, spider } from "./colour-refinement.ts";
import { placesFrom } from "./four-nodes.ts";
import { twoTriangles } from "./graph.ts";

/** Positions relative to the middle of a half, at height 146. */
const around = (middle: number, spots: readonly (readonly [right: number, down: number])[]): readonly Point[] =>
  spots.map(([right, down]) => ({ x: middle + right, y: 146 + down }));

const hexagon = Array.from({ length: 6 }, (_, node): [number, number] => [
  -72 * Math.sin((node * Math.PI) / 3),
  -72 * Math.cos((node * Math.PI) / 3),
]);

/**
 * Three pairs. The left graph of the first is edited by the reader: only its positions are given here, its edges are in
 * the figure's state.
 */
export const graphPairs = [
  {
    names: ["your own graph", "4-cycle"],
    graphs: [undefined, cycleGraph(4)],
    places: [
      placesFrom(40, 120),
      around(300, [
        [-52, -52],
        [52, -52],
        [52, 52],
        [-52, 52],
      ]),
    ],
  },
  {
    names: ["6-cycle", "two triangles"],
    graphs: [cycleGraph(6), twoTriangles(0)],
    places: [
      around(100, hexagon),
      around(300, [
        [-45, -30],
        [45, -30],
        [0, -92],
        [0, 92],
        [-45, 30],
        [45, 30],
      ]),
    ],
  },
  {
    names: ["legs 1, 2, 2", "legs 1, 1, 3"],
    graphs: [spider([1, 2, 2]), spider([1, 1, 3])],
    places: [
      around(100, [
        [0, -18],
        [0, -80],
        [-44, 26],
        [-70, 78],
        [44, 26],
        [70, 78],
      ]),
      around(300, [
        [0, -42],
        [-50, -82],
        [50, -82],
        [0, 6],
        [0, 52],
        [0, 98],
      ]),
    ],
  },
] as const;
