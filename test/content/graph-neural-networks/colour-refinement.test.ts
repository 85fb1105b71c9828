/** Checks which graphs and multisets of the chapter 1-WL and the sums of GIN distinguish. */
import { expect, test } from "vitest";
import {
  areToldApart,
  countMarks,
  cycleGraph,
  ginRound,
  marksByRound,
  oneHotSum,
  sorted,
  spider,
} from "../../../content/graph-neural-networks/models/colour-refinement.ts";
import {
  degrees,
  type Graph,
  pathGraph,
  paw,
  renumbered,
  twoTriangles,
} from "../../../content/graph-neural-networks/models/graph.ts";
import { at } from "../../../src/figures/at.ts";

type Way = Parameters<typeof marksByRound>[1];

/** The first round that distinguishes them; -1 if none of eight does. */
const toldApartIn = (one: Graph, other: Graph, way: Way = "colours"): number =>
  marksByRound([one, other], way, 8).findIndex(areToldApart);

const spiders = [spider([1, 2, 2]), spider([1, 1, 3])] as const;

test("a ring of six and two triangles are never told apart, neither by colours nor by sums", () => {
  expect(toldApartIn(cycleGraph(6), twoTriangles(0))).toBe(-1);
  expect(toldApartIn(cycleGraph(6), twoTriangles(0), "sum")).toBe(-1);
  expect(marksByRound([cycleGraph(6), twoTriangles(0)], "colours", 8).map(countMarks)).toEqual(Array(9).fill(1));
});

test("the paw and a 4-cycle in round 1, the spiders in round 2, though their degrees are the same", () => {
  expect(toldApartIn(paw, cycleGraph(4))).toBe(1);
  expect(spiders.map((graph) => sorted(degrees(graph)))).toEqual([
    [1, 1, 1, 2, 2, 3],
    [1, 1, 1, 2, 2, 3],
  ]);
  expect(toldApartIn(...spiders)).toBe(2);
});

test("sums keep up with the colours, means and maxima do not", () => {
  expect(ginRound(paw, [1, 1, 1, 1])).toEqual([3, 3, 4, 2]);
  expect(ginRound(cycleGraph(4), [1, 1, 1, 1])).toEqual([3, 3, 3, 3]);
  expect(toldApartIn(paw, cycleGraph(4), "sum")).toBe(1);
  expect(toldApartIn(...spiders, "sum")).toBe(2);
  for (const way of ["mean", "max"] as const) expect(toldApartIn(paw, cycleGraph(4), way)).toBe(-1);
});

test("a graph and its renumbering stay alike, also when the graph has nodes without edges", () => {
  const graph: Graph = { nodeCount: 6, edges: pathGraph(5).edges };
  expect(toldApartIn(graph, renumbered(graph, [3, 0, 5, 1, 2, 4]))).toBe(-1);
});

test("colours split a path from its ends inwards and then stay", () => {
  const rounds = marksByRound([pathGraph(6)], "colours", 4);
  expect(rounds.map(countMarks)).toEqual([1, 2, 3, 3, 3]);
  const last = at(at(rounds, 4), 0);
  expect(last).toEqual([...last].reverse());
});

test("epsilon keeps a node apart from its neighbour", () => {
  const edge = pathGraph(2);
  expect([ginRound(edge, [1, 2]), ginRound(edge, [2, 1])].map(([centre]) => centre)).toEqual([3, 3]);
  expect(ginRound(edge, [1, 2], "sum", 0.1)[0]).toBeCloseTo(3.1, 12);
  expect(ginRound(edge, [2, 1], "sum", 0.1)[0]).toBeCloseTo(3.2, 12);
});

test("with a single 1 for each number the sums of 2, 2 and of 1, 3 differ", () => {
  expect([oneHotSum([2, 2], 3), oneHotSum([1, 3], 3)]).toEqual([
    [0, 2, 0],
    [1, 0, 1],
  ]);
});
