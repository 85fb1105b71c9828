/**
 * Computes matrices of a graph, distances, and rounds of message passing for the figures. Nodes count from 0 here and
 * from 1 in the text.
 */

import { at } from "#figures/at.ts";
import { type Matrix, sum } from "#figures/matrices.ts";

/** An undirected edge between two nodes; the default weight is 1. */
export type Edge = readonly [from: number, to: number, weight?: number];

export interface Graph {
  readonly nodeCount: number;
  readonly edges: readonly Edge[];
}

/** n numbers, one per node. */
export type Signal = readonly number[];

export type Aggregation = "sum" | "mean" | "max";

/** The running example of the book: nodes 1, 2, 3 of the text form a triangle, node 4 is attached to node 3. */
export const paw: Graph = {
  nodeCount: 4,
  edges: [
    [0, 1],
    [0, 2],
    [1, 2],
    [2, 3],
  ],
};

/** A path: each node is joined to the next. */
export const pathGraph = (nodeCount: number): Graph => ({
  nodeCount,
  edges: Array.from({ length: nodeCount - 1 }, (_, node) => [node, node + 1] as const),
});

/** Nodes 1, 2, 3 and nodes 4, 5, 6 form a triangle each; an edge of that weight joins 3 and 4, none if it is 0. */
export const twoTriangles = (weight: number): Graph => ({
  nodeCount: 6,
  edges: [[0, 1], [0, 2], [1, 2], [3, 4], [3, 5], [4, 5], ...(weight === 0 ? [] : [[2, 3, weight] as const])],
});

/** Neighbours of a node, without the node itself, in ascending order. */
export const neighbours = (graph: Graph, node: number): number[] =>
  graph.edges
    .flatMap(([from, to]) => (from === node ? [to] : to === node ? [from] : []))
    .sort((one, other) => one - other);

/** A, n × n: the weight of the edge between i and j, 0 if there is none. */
export function adjacencyMatrix({ nodeCount, edges }: Graph): Matrix {
  const rows = Array.from({ length: nodeCount }, () => new Array<number>(nodeCount).fill(0));
  for (const [from, to, weight = 1] of edges) {
    at(rows, from)[to] = weight;
    at(rows, to)[from] = weight;
  }
  return rows;
}

/** d, the row sums of A. */
export const degrees = (graph: Graph): Signal => adjacencyMatrix(graph).map(sum);

/** L = D − A, n × n. */
export const laplacian = (graph: Graph): Matrix =>
  adjacencyMatrix(graph).map((row, i) => row.map((weight, j) => (i === j ? sum(row) : 0) - weight));

/** I − D^(−1/2) A D^(−1/2), n × n; every node must have an edge. */
export function normalisedLaplacian(graph: Graph): Matrix {
  const degree = degrees(graph);
  return laplacian(graph).map((row, i) => row.map((value, j) => value / Math.sqrt(at(degree, i) * at(degree, j))));
}

/** w (x_i − x_j)² of every edge, in the order of the edges. */
export const squaredDifferences = (graph: Graph, signal: Signal): Signal =>
  graph.edges.map(([from, to, weight = 1]) => weight * (at(signal, from) - at(signal, to)) ** 2);

/** xᵀLx, as a sum over the edges. */
export const roughness = (graph: Graph, signal: Signal): number => sum(squaredDifferences(graph, signal));

/** The same graph with node i renumbered to `numbering[i]`. */
export const renumbered = (graph: Graph, numbering: readonly number[]): Graph => ({
  nodeCount: graph.nodeCount,
  edges: graph.edges.map(([from, to, weight = 1]) => [at(numbering, from), at(numbering, to), weight] as const),
});

/** Px: the value of node i moves to place `numbering[i]`. */
export const permuted = (signal: Signal, numbering: readonly number[]): Signal =>
  signal.map((_, place) => at(signal, numbering.indexOf(place)));

/** m: the neighbours' states, aggregated for every node; 0 for a node without neighbours. */
export const aggregate = (graph: Graph, states: Signal, aggregation: Aggregation): Signal =>
  states.map((_, node) => {
    const sent = neighbours(graph, node).map((neighbour) => at(states, neighbour));
    return sent.length === 0 ? 0 : combine[aggregation](sent);
  });

const combine: Readonly<Record<Aggregation, (sent: Signal) => number>> = {
  sum: (sent) => sum(sent),
  mean: (sent) => sum(sent) / sent.length,
  max: (sent) => Math.max(...sent),
};

/** One round: all nodes simultaneously change from h to (h + m) / 2. */
export const messagePassingRound = (graph: Graph, states: Signal, aggregation: Aggregation): Signal => {
  const arrived = aggregate(graph, states, aggregation);
  return states.map((state, node) => (state + at(arrived, node)) / 2);
};

/** Nodes by distance: element r contains the nodes exactly r hops away; unreachable nodes are in none. */
export function hops(graph: Graph, start: number): readonly (readonly number[])[] {
  const rings: number[][] = [];
  const seen = new Set([start]);
  for (let ring = [start]; ring.length > 0; ) {
    rings.push(ring);
    ring = [...new Set(ring.flatMap((node) => neighbours(graph, node)))].filter((node) => !seen.has(node));
    for (const node of ring) seen.add(node);
  }
  return rings;
}
