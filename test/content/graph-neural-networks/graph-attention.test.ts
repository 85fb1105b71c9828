/** Checks attention along edges: the numbers of the chapter on GAT, and the difference between GAT and GATv2. */

import { expect, test } from "vitest";
import { type Graph, paw, type Signal } from "../../../content/graph-neural-networks/models/graph.ts";
import {
  allScores,
  attentionAlongEdges,
  gatScore,
  gatv2Score,
  leakyRelu,
  ranking,
} from "../../../content/graph-neural-networks/models/graph-attention.ts";
import { at } from "../../../src/figures/at.ts";
import { sum } from "../../../src/figures/matrices.ts";

const states = [[1], [2], [3], [4]];
const gat = allScores(states, gatScore([[1]], [1, -1]));
const differences = [
  [1, -1],
  [-1, 1],
];

const expectClose = (actual: Signal, expected: Signal, digits = 4): void => {
  expect(actual).toHaveLength(expected.length);
  for (const [index, value] of actual.entries()) expect(value).toBeCloseTo(at(expected, index), digits);
};

test("a fifth of what is negative is left", () => {
  expect([-1, 0, 2].map(leakyRelu)).toEqual([-0.2, 0, 2]);
});

test("nodes 3 and 1 of the paw listen as in the worked example", () => {
  expectClose(at(gat, 2), [2, 1, 0, -0.2]);
  const alpha = attentionAlongEdges(paw, gat);
  expectClose(at(alpha, 2), [0.6196, 0.2279, 0.0838, 0.0687]);
  expectClose(at(alpha, 0), [0.4018, 0.3289, 0.2693, 0]);
  expectClose(alpha.map(sum), [1, 1, 1, 1], 12);
});

test("a node without neighbours hears itself", () => {
  const lonely: Graph = { nodeCount: 2, edges: [] };
  expect(
    attentionAlongEdges(lonely, [
      [3, 9],
      [9, -3],
    ]),
  ).toEqual([
    [1, 0],
    [0, 1],
  ]);
});

test("whatever W and a are, the rows of GAT rank alike; those of GATv2 need not", () => {
  const wide = [
    [1, 0.5],
    [-2, 1],
    [0.3, -4],
    [2, 2],
  ];
  for (const a of [
    [1, -1],
    [0.3, 2],
    [-5, 0.1],
  ]) {
    const scores = allScores(wide, gatScore([[0.7, -1.3]], a));
    expect(new Set(scores.map((row) => JSON.stringify(ranking(row)))).size).toBe(1);
  }
  const scores = allScores(states, gatv2Score(differences, [-1.25, -1.25]));
  expectClose(
    scores.flat(),
    [1, 2, 3, 4].flatMap((i) => [1, 2, 3, 4].map((j) => -Math.abs(i - j))),
    12,
  );
  expect([ranking(at(scores, 0)), ranking(at(scores, 3))]).toEqual([
    [[0], [1], [2], [3]],
    [[3], [2], [1], [0]],
  ]);
});

test("the two halves of a act apart, with wide states too", () => {
  const weights = [
    [1, 2],
    [0, -1],
  ];
  const score = gatScore(weights, [1, 2, 3, 4])([1, 1], [2, -1]);
  // Wh_i = (3, -1), Wh_j = (0, 1): 3 - 2 + 0 + 4.
  expect(score).toBe(5);
});

test("equal scores share a rank", () => {
  expect(ranking([1, 3, 1, 2])).toEqual([[1], [3], [0, 2]]);
});
