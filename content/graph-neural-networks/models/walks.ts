/** Counts walks on a graph by powers of the adjacency matrix, and lists them. Nodes count from 0. */

import { at } from "#figures/at.ts";
import { identity, type Matrix, multiply, sum } from "#figures/matrices.ts";
import { adjacencyMatrix, type Graph, neighbours } from "./graph.ts";

/** Nodes in visiting order, each joined to the next; a walk of length k has k + 1 of them. */
export type Walk = readonly number[];

/** A^k of an unweighted graph, n × n, k at least 0: entry (i, j) is the number of walks of length k from i to j. */
export function adjacencyPower(graph: Graph, k: number): Matrix {
  const adjacency = adjacencyMatrix(graph);
  let power: Matrix = identity(graph.nodeCount);
  for (let step = 0; step < k; step++) power = multiply(power, adjacency);
  return power;
}

/** Every walk of that length between two nodes, in lexicographic order. */
export const walksBetween = (graph: Graph, from: number, to: number, length: number): readonly Walk[] =>
  length === 0
    ? from === to
      ? [[from]]
      : []
    : neighbours(graph, from).flatMap((next) =>
        walksBetween(graph, next, to, length - 1).map((walk) => [from, ...walk]),
      );

/** tr M, the sum of the diagonal. */
export const trace = (matrix: Matrix): number => sum(matrix.map((row, i) => at(row, i)));

/** tr(A³)/6: every triangle is counted from three starts in two directions. */
export const countTriangles = (graph: Graph): number => trace(adjacencyPower(graph, 3)) / 6;

/**
 * A in compressed sparse row format (CSR): the neighbours of node 0, of node 1 and so on in one list of 2|E| numbers,
 * and n + 1 pointers: row i is in `columns` from `pointers[i]` up to, but not including, `pointers[i + 1]`.
 */
export function compressedRows(graph: Graph): { readonly pointers: readonly number[]; readonly columns: number[] } {
  const pointers = [0];
  const columns: number[] = [];
  for (let node = 0; node < graph.nodeCount; node++) {
    columns.push(...neighbours(graph, node));
    pointers.push(columns.length);
  }
  return { pointers, columns };
}
