/**
 * Computes the numbers of "GIN": sums that distinguish graphs or do not, triangles that no round detects, and multisets
 * that collide.
 */

import { at } from "#figures/at.ts";
import { sum } from "#figures/matrices.ts";
import {
  areToldApart,
  cycleGraph,
  ginRound,
  marksByRound,
  oneHotSum,
  sorted,
  spider,
} from "../models/colour-refinement.ts";
import { degrees, type Graph, paw, type Signal, twoTriangles } from "../models/graph.ts";
import { countTriangles } from "../models/walks.ts";

const oneRound = (graph: Graph): Signal => ginRound(graph, new Array<number>(graph.nodeCount).fill(1));

export const sums = {
  paw: oneRound(paw),
  square: oneRound(cycleGraph(4)),
  ring: oneRound(cycleGraph(6)),
  pair: oneRound(twoTriangles(0)),
};
export const triangles = { ring: countTriangles(cycleGraph(6)), pair: countTriangles(twoTriangles(0)) };

const spiders = [spider([1, 2, 2]), spider([1, 1, 3])];
const byRound = marksByRound(spiders, "sum", 3);
/** The marks of both graphs after a round, in ascending order. */
const after = (round: number) => at(byRound, round).map(sorted);
export const spiderDegrees = spiders.map((graph) => sorted(degrees(graph)));
export const spiderSums = { first: after(1), second: after(2) };
export const spiderTotals = { second: at(byRound, 2).map(sum), third: at(byRound, 3).map(sum) };
export const spiderRound = marksByRound(spiders, "colours", 3).findIndex(areToldApart);

const readings = (values: Signal) => ({
  sum: sum(values),
  mean: sum(values) / values.length,
  max: Math.max(...values),
});
export const multisets = [
  [
    [1, 2],
    [1, 1, 2, 2],
  ],
  [
    [1, 1, 2],
    [1, 2],
  ],
  [
    [2, 2],
    [1, 3],
  ],
].map((pair) => pair.map(readings));
export const oneHot = [oneHotSum([2, 2], 3), oneHotSum([1, 3], 3)];

/** A centre and one neighbour, with values 1 and 2 or 2 and 1. */
const edge: Graph = { nodeCount: 2, edges: [[0, 1]] };
const withEpsilon = (epsilon: number): Signal =>
  [
    [1, 2],
    [2, 1],
  ].map((states) => at(ginRound(edge, states, "sum", epsilon), 0));
export const centre = { without: withEpsilon(0), with: withEpsilon(0.1) };
