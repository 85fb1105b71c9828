/** Compares powers of an adjacency matrix with walks counted one by one: the numbers of the chapter. */

import { expect, test } from "vitest";
import {
  adjacencyMatrix,
  degrees,
  type Graph,
  pathGraph,
  paw,
} from "../../../content/graph-neural-networks/models/graph.ts";
import {
  adjacencyPower,
  compressedRows,
  countTriangles,
  trace,
  walksBetween,
} from "../../../content/graph-neural-networks/models/walks.ts";
import { at } from "../../../src/figures/at.ts";
import { sum } from "../../../src/figures/matrices.ts";

const complete: Graph = {
  nodeCount: 4,
  edges: [
    [0, 1],
    [0, 2],
    [0, 3],
    [1, 2],
    [1, 3],
    [2, 3],
  ],
};

test("the powers of the paw's matrix are those of the book", () => {
  expect(adjacencyPower(paw, 0)).toEqual([
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ]);
  expect(adjacencyPower(paw, 1)).toEqual(adjacencyMatrix(paw));
  expect(adjacencyPower(paw, 2)).toEqual([
    [2, 1, 1, 1],
    [1, 2, 1, 1],
    [1, 1, 3, 0],
    [1, 1, 0, 1],
  ]);
  expect(adjacencyPower(paw, 3)).toEqual([
    [2, 3, 4, 1],
    [3, 2, 4, 1],
    [4, 4, 2, 3],
    [1, 1, 3, 0],
  ]);
  expect(at(at(adjacencyPower(paw, 10), 0), 3)).toBe(349);
});

test("an entry of a power is the number of walks, and each walk keeps to edges", () => {
  for (const graph of [paw, complete, pathGraph(4)]) {
    const joined = adjacencyMatrix(graph);
    for (const k of [0, 1, 2, 3, 4]) {
      for (const [from, row] of adjacencyPower(graph, k).entries()) {
        for (const [to, count] of row.entries()) {
          const walks = walksBetween(graph, from, to, k);
          expect(new Set(walks.map(String)).size).toBe(count);
          for (const walk of walks) {
            expect([walk[0], walk.at(-1), walk.length]).toEqual([from, to, k + 1]);
            for (const [step, node] of walk.slice(1).entries()) expect(joined[walk[step] ?? -1]?.[node]).toBe(1);
          }
        }
      }
    }
  }
});

test("walks come in the order of their nodes", () => {
  expect(walksBetween(paw, 0, 3, 2)).toEqual([[0, 2, 3]]);
  expect(walksBetween(paw, 0, 0, 2)).toEqual([
    [0, 1, 0],
    [0, 2, 0],
  ]);
  expect(walksBetween(paw, 2, 3, 2)).toEqual([]);
});

test("the diagonal tells degrees and triangles", () => {
  expect(adjacencyPower(paw, 2).map((row, i) => at(row, i))).toEqual(degrees(paw));
  expect(trace(adjacencyPower(paw, 3))).toBe(6);
  expect([paw, complete, pathGraph(4)].map(countTriangles)).toEqual([1, 4, 0]);
});

test("compressed rows hold every edge twice", () => {
  const { pointers, columns } = compressedRows(paw);
  expect(pointers).toEqual([0, 2, 4, 7, 8]);
  expect(columns.map((node) => node + 1)).toEqual([2, 3, 1, 3, 1, 2, 4, 3]);
  expect(columns).toHaveLength(sum(degrees(paw)));
});
