/** Walks on a graph: powers of the adjacency matrix count them, and here they are one by one. Nodes count from 0. */

import { at } from "#figures/at.ts";
import { identity, type Matrix, multiply, sum } from "#figures/matrices.ts";
import { adjacencyMatrix, type Graph, neighbours } from "./graph.ts";

/** Nodes in the order in which they are visited, each joined to the next; of length k it has k + 1 of them. */
export type Walk = readonly number[];

/** A^k of an unweighted graph, n × n, k at least 0: entry (i, j) is the number of walks of length k from i to j. */
export function adjacencyPower(graph: Graph, k: number): Matrix {
  const adjacency = adjacencyMatrix(graph);
  let power: Matrix = identity(graph.nodeCount);
  for (let step = 0; step < k; step++) power = multiply(power, adjacency);
  return power;
}

/** Every walk of that length between two nodes, those through smaller numbers first. */
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

/** tr(A³)/6: a triangle is three closed walks in each of two directions. */
export const countTriangles = (graph: Graph): number => trace(adjacencyPower(graph, 3)) / 6;

/**
 * A in compressed rows (CSR): the neighbours of node 0, of node 1 and so on in one list of 2|E| numbers,
 * and n + 1 pointers: row i lies in `columns` from `pointers[i]` up to, not including, `pointers[i + 1]`.
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
