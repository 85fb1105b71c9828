/** Checks the numbers in the figures of book two. */

import { expect, test } from "vitest";
import { eigenpairs } from "../../../content/graph-neural-networks/models/eigenpairs.ts";
import {
  adjacencyMatrix,
  aggregate,
  degrees,
  type Graph,
  hops,
  laplacian,
  messagePassingRound,
  normalisedLaplacian,
  pathGraph,
  paw,
  permuted,
  renumbered,
  roughness,
  squaredDifferences,
  twoTriangles,
} from "../../../content/graph-neural-networks/models/graph.ts";
import { at } from "../../../src/figures/at.ts";
import { sum, transform } from "../../../src/figures/matrices.ts";

const values = [1, 2, 3, 4];

const eigenvalues = (matrix: readonly (readonly number[])[]): number[] => eigenpairs(matrix).map(({ value }) => value);

const expectClose = (actual: readonly number[], expected: readonly number[], digits = 4): void => {
  expect(actual).toHaveLength(expected.length);
  for (const [index, value] of actual.entries()) expect(value).toBeCloseTo(at(expected, index), digits);
};

test("the paw has the matrices that the book prints", () => {
  expect(adjacencyMatrix(paw)).toEqual([
    [0, 1, 1, 0],
    [1, 0, 1, 0],
    [1, 1, 0, 1],
    [0, 0, 1, 0],
  ]);
  expect(degrees(paw)).toEqual([2, 2, 3, 1]);
  expect(laplacian(paw)).toEqual([
    [2, -1, -1, 0],
    [-1, 2, -1, 0],
    [-1, -1, 3, -1],
    [0, 0, -1, 1],
  ]);
});

test("the Laplacian measures how far a node stands above its neighbours, and the whole signal edge by edge", () => {
  expect(transform(laplacian(paw), values)).toEqual([-3, 0, 2, 1]);
  expect(squaredDifferences(paw, values)).toEqual([1, 4, 1, 1]);
  expect(roughness(paw, values)).toBe(7);
  expect(roughness(paw, [2, 4, 1, 3])).toBe(18);
  expect(roughness(paw, [1, 1, 1, 0])).toBe(1);
});

test("7 is the least and 18 the greatest roughness of the values 1 to 4 on the paw", () => {
  const orders = values.flatMap((a) => values.flatMap((b) => values.flatMap((c) => values.map((d) => [a, b, c, d]))));
  const found = orders.filter((order) => new Set(order).size === 4).map((order) => roughness(paw, order));
  expect(found).toHaveLength(24);
  expect([Math.min(...found), Math.max(...found)]).toEqual([7, 18]);
});

test("eigenvalues and Fiedler vectors are those of the sheet", () => {
  expectClose(eigenvalues(laplacian(paw)), [0, 1, 3, 4]);
  expectClose(eigenvalues(normalisedLaplacian(paw)), [0, 0.7713, 1.5, 1.7287]);
  expectClose(at(eigenpairs(laplacian(paw)), 1).vector, [0.4082, 0.4082, 0, -0.8165]);
  expectClose(eigenvalues(laplacian(twoTriangles(1))), [0, 0.4384, 3, 3, 3, 4.5616]);
  expectClose(at(eigenpairs(laplacian(twoTriangles(1))), 1).vector, [0.4647, 0.4647, 0.261, -0.261, -0.4647, -0.4647]);
  expectClose(eigenvalues(laplacian(twoTriangles(0))).slice(0, 3), [0, 0, 3]);
});

test("the four-cycle, bipartite, reaches the eigenvalue 2 of the normalised Laplacian", () => {
  const cycle: Graph = {
    nodeCount: 4,
    edges: [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 0],
    ],
  };
  expectClose(eigenvalues(laplacian(cycle)), [0, 2, 2, 4]);
  expectClose(eigenvalues(normalisedLaplacian(cycle)), [0, 1, 1, 2]);
});

test("eigenpairs solve Lu = λu, are orthonormal, and the path's are cosines", () => {
  const matrix = laplacian(pathGraph(6));
  const pairs = eigenpairs(matrix);
  for (const [k, { value, vector }] of pairs.entries()) {
    expectClose(
      transform(matrix, vector),
      vector.map((entry) => value * entry),
      10,
    );
    expect(value).toBeCloseTo(2 - 2 * Math.cos((Math.PI * k) / 6), 10);
    for (const [other, pair] of pairs.entries()) {
      expect(sum(vector.map((entry, i) => entry * at(pair.vector, i)))).toBeCloseTo(k === other ? 1 : 0, 10);
    }
  }
});

test("one round of message passing with sum, mean and max", () => {
  expectClose(aggregate(paw, values, "sum"), [5, 4, 7, 3]);
  expectClose(aggregate(paw, values, "mean"), [2.5, 2, 2.3333, 3]);
  expectClose(aggregate(paw, values, "max"), [3, 3, 4, 3]);
  const first = messagePassingRound(paw, values, "sum");
  const second = messagePassingRound(paw, first, "sum");
  expectClose(first, [3, 3, 5, 3.5]);
  expectClose(second, [5.5, 5.5, 7.25, 4.25]);
  expect([sum(first), sum(second)]).toEqual([14.5, 22.5]);
  expectClose(messagePassingRound(paw, values, "mean"), [1.75, 2, 2.6667, 3.5]);
  expectClose(messagePassingRound(paw, values, "max"), [2, 2.5, 3.5, 3.5]);
  expect(aggregate({ nodeCount: 1, edges: [] }, [5], "max")).toEqual([0]);
});

test("a signal on node 1 of the paw reaches node 4 in the second round", () => {
  const rounds = [[1, 0, 0, 0]];
  for (let round = 0; round < 3; round++) rounds.push([...aggregate(paw, at(rounds, round), "sum")]);
  expect(rounds.slice(1)).toEqual([
    [0, 1, 1, 0],
    [2, 1, 1, 1],
    [2, 3, 4, 1],
  ]);
  expect(hops(paw, 0)).toEqual([[0], [1, 2], [3]]);
});

test("renumbering moves the sums of the neighbours along with the nodes", () => {
  const numbering = [2, 0, 3, 1];
  const renumberedSums = aggregate(renumbered(paw, numbering), permuted(values, numbering), "sum");
  expect(renumberedSums).toEqual([4, 3, 5, 7]);
  expect(renumberedSums).toEqual(permuted(aggregate(paw, values, "sum"), numbering));
  expect(sum(renumberedSums)).toBe(19);
});
