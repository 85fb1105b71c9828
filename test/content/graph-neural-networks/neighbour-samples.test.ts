/**
 * Checks GraphSAGE on the paw graph: the embeddings of the chapter, a node that joins, and the effect of sampling on a
 * mean and on a maximum.
 */

import { expect, test } from "vitest";
import { neighbours, paw } from "../../../content/graph-neural-networks/models/graph.ts";
import {
  combineSample,
  embed,
  nodesNeeded,
  nodesRead,
  pawWithNewcomer,
  samplesOf,
} from "../../../content/graph-neural-networks/models/neighbour-samples.ts";
import { at } from "../../../src/figures/at.ts";
import { sum } from "../../../src/figures/matrices.ts";

const x = [1, 2, 3, 4, 5];
/** Both components of a unit vector with equal components. */
const half = Number(Math.SQRT1_2.toFixed(4));
const embedding = (graph: typeof paw, node: number) =>
  embed(at(x, node), combineSample(x, neighbours(graph, node), "mean")).map((value) => Number(value.toFixed(4)));

test("the four nodes of the paw, and a fifth that joins node 3", () => {
  expect([0, 1, 2, 3].map((node) => embedding(paw, node))).toEqual([
    [0.3714, 0.9285],
    [half, half],
    [0.7894, 0.6139],
    [0.8, 0.6],
  ]);
  const grown = pawWithNewcomer([2]);
  expect(embedding(grown, 4)).toEqual([0.8575, 0.5145]);
  expect(embedding(grown, 2)).toEqual([half, half]);
  // The embeddings of the others are unchanged.
  expect([0, 1, 3].map((node) => embedding(grown, node))).toEqual([0, 1, 3].map((node) => embedding(paw, node)));
});

test("a node without neighbours is embedded by its own feature", () => {
  expect(embedding(pawWithNewcomer([]), 4)).toEqual([1, 0]);
});

test("samples are right on average for the mean, and too small for the maximum", () => {
  const samples = samplesOf(neighbours(paw, 2), 2);
  const means = samples.map((sample) => combineSample(x, sample, "mean"));
  const greatest = samples.map((sample) => combineSample(x, sample, "max"));
  expect([means, greatest]).toEqual([
    [1.5, 2.5, 3],
    [2, 4, 4],
  ]);
  expect(sum(means) / 3).toBeCloseTo(7 / 3, 12);
  expect(sum(greatest) / 3).toBeCloseTo(10 / 3, 12);
});

test("all ways to choose, each once; everybody where there are not enough", () => {
  expect(samplesOf([0, 1, 3], 2)).toEqual([
    [0, 1],
    [0, 3],
    [1, 3],
  ]);
  expect(new Set(samplesOf([1, 2, 3, 4, 5, 6], 3).map(String)).size).toBe(20);
  expect(samplesOf([4, 7], 3)).toEqual([[4, 7]]);
  expect(samplesOf([], 2)).toEqual([[]]);
});

test("nodes read: ten and their twenty-fives, two rings of a hundred, three hops of five", () => {
  expect([nodesRead([10, 25]), nodesRead([100, 100]), nodesRead([5, 5, 5])]).toEqual([260, 10_100, 155]);
});

/**
 * Algorithm 2 of the paper, lines 2 to 7: every state that is needed, with the node's previous state and a new sample
 * for each; without the target.
 */
const countReads = (depth: number, sizes: readonly number[]): number => {
  if (depth === 0) return 0;
  const sample = at(sizes, depth - 1);
  return countReads(depth - 1, sizes) + sample * (1 + countReads(depth - 1, sizes));
};

test("with a fresh sample for every state the bound is the product of 1 + S_k, less the target", () => {
  for (const sizes of [[25], [25, 10], [5, 5, 5], [3, 1, 4]]) {
    expect(nodesNeeded(sizes)).toBe(countReads(sizes.length, sizes));
  }
  expect([nodesNeeded([25, 10]), nodesNeeded([5, 5, 5])]).toEqual([285, 215]);
});
