/** Checks the matrices of graph convolutions: the numbers of the chapter on GCN. */

import { expect, test } from "vitest";
import { eigenpairs } from "../../../content/graph-neural-networks/models/eigenpairs.ts";
import { type Graph, paw, type Signal } from "../../../content/graph-neural-networks/models/graph.ts";
import {
  loopedDegrees,
  type Mixing,
  mixingMatrix,
  perRootDegree,
  propagate,
  rescaled,
  symmetricSibling,
} from "../../../content/graph-neural-networks/models/propagation.ts";
import { at } from "../../../src/figures/at.ts";
import { type Matrix, sum, transform } from "../../../src/figures/matrices.ts";

const values = [1, 2, 3, 4];
const lonely: Graph = { nodeCount: 3, edges: [[0, 1]] };

const expectClose = (actual: Signal, expected: Signal, digits = 4): void => {
  expect(actual).toHaveLength(expected.length);
  for (const [index, value] of actual.entries()) expect(value).toBeCloseTo(at(expected, index), digits);
};

/**
 * The limit of `perRootDegree` at every node of a connected graph: the signal's component along D̃^(1/2) 1, the only
 * eigenvector with eigenvalue 1 (Li, Han and Wu, AAAI 2018).
 */
const smoothingLimit = (graph: Graph, signal: Signal): number => {
  const looped = loopedDegrees(graph);
  return sum(signal.map((value, node) => value * Math.sqrt(at(looped, node)))) / sum(looped);
};

const eigenvalues = (graph: Graph, mixing: Mixing): Signal =>
  eigenpairs(symmetricSibling(graph, mixing)).map(({ value }) => value);

const after = (steps: number, mixing: Mixing = "renormalised"): Signal =>
  at(propagate(mixingMatrix(paw, mixing), values, steps), steps);

test("the renormalised matrix of the paw, entry by entry", () => {
  const [twelfth, eighth] = [1 / Math.sqrt(12), 1 / Math.sqrt(8)];
  const expected: Matrix = [
    [1 / 3, 1 / 3, twelfth, 0],
    [1 / 3, 1 / 3, twelfth, 0],
    [twelfth, twelfth, 1 / 4, eighth],
    [0, 0, eighth, 1 / 2],
  ];
  const matrix = mixingMatrix(paw, "renormalised");
  for (const [i, row] of matrix.entries()) expectClose(row, at(expected, i), 12);
  expectClose(matrix.map(sum), [0.9553, 0.9553, 1.1809, 0.8536]);
  expect(loopedDegrees(paw)).toEqual([3, 3, 4, 2]);
});

test("only the mean has rows that sum to 1", () => {
  expectClose(mixingMatrix(paw, "mean").map(sum), [1, 1, 1, 1], 12);
  expectClose(after(1, "mean"), [2, 2, 2.5, 3.5]);
});

test("one product mixes 1, 2, 3, 4; many make the nodes agree on the scale of the root of their degree", () => {
  expectClose(after(1), [1.866, 1.866, 3.0302, 3.0607]);
  expectClose(perRootDegree(paw, after(1)), [1.0774, 1.0774, 1.5151, 2.1642]);
  expectClose(perRootDegree(paw, after(4)), [1.3465, 1.3465, 1.4222, 1.5426]);
  expectClose(perRootDegree(paw, after(16)), [1.4044, 1.4044, 1.4044, 1.4046]);
  expect(smoothingLimit(paw, values)).toBeCloseTo(1.4044, 4);
  expectClose(perRootDegree(paw, after(200)), new Array(4).fill(smoothingLimit(paw, values)), 12);
});

test("the renormalisation takes the eigenvalues from [0, 2] into (−1, 1]", () => {
  expectClose(eigenvalues(paw, "single"), [0.2713, 0.5, 1.2287, 2]);
  expectClose(eigenvalues(paw, "renormalised"), [-0.1477, 0, 0.5643, 1]);
});

test("smoothing happens with and without the trick, which prevents growth: sixteen products, rescaled", () => {
  expectClose(rescaled(paw, "single", after(16, "single"), 2 ** 16), [1.6795, 1.6795, 1.68, 1.6806]);
  expectClose(rescaled(paw, "renormalised", after(16), 1), [1.4044, 1.4044, 1.4044, 1.4046]);
  expectClose(rescaled(paw, "mean", after(200, "mean"), 1), new Array(4).fill(at(after(200, "mean"), 0)), 12);
  expect(Math.max(...after(16, "single"))).toBeGreaterThan(1e5);
});

test("without self-loops the rescaled values average, so that they stay between the least and the greatest at the start", () => {
  let [least, greatest] = [0, 4];
  for (const step of [0, 1, 2, 3, 4]) {
    const values = rescaled(paw, "single", after(step, "single"), 2 ** step);
    expect([Math.min(...values) >= least, Math.max(...values) <= greatest]).toEqual([true, true]);
    [least, greatest] = [Math.min(...values), Math.max(...values)];
  }
});

test("the mean has the eigenvalues of the renormalised matrix, with its vectors divided by √d̃", () => {
  for (const { value, vector } of eigenpairs(symmetricSibling(paw, "mean"))) {
    const scaled = perRootDegree(paw, vector);
    expectClose(
      transform(mixingMatrix(paw, "mean"), scaled),
      scaled.map((entry) => value * entry),
      10,
    );
  }
});

test("a node without edges keeps its value, whichever way the others mix", () => {
  for (const mixing of ["renormalised", "mean", "single"] as const) {
    expect(transform(mixingMatrix(lonely, mixing), [5, 6, 7])[2]).toBe(7);
  }
});
