/** Computes propagation matrices of graph convolutions and their repeated products (Kipf and Welling, ICLR 2017). */

import { at } from "#figures/at.ts";
import { type Matrix, transform } from "#figures/matrices.ts";
import { adjacencyMatrix, degrees, type Graph, type Signal } from "./graph.ts";

/**
 * - `renormalised`: D̃^(−1/2) Ã D̃^(−1/2) with Ã = A + I; equation 8 of the paper, the layer of the GCN.
 * - `mean`: D̃^(−1) Ã, whose rows sum to 1; the same eigenvalues.
 * - `single`: I + D^(−1/2) A D^(−1/2); equation 7, before the renormalisation. A node without edges keeps its value.
 */
export type Mixing = "renormalised" | "mean" | "single";

/** d_i + 1: degrees with self-loops. */
export const loopedDegrees = (graph: Graph): Signal => degrees(graph).map((degree) => degree + 1);

/** n × n; entry (i, j) is the weight with which node i receives node j. */
export function mixingMatrix(graph: Graph, mixing: Mixing): Matrix {
  const adjacency = adjacencyMatrix(graph);
  const [plain, looped] = [degrees(graph), loopedDegrees(graph)];
  const scale = (i: number, j: number): number => {
    switch (mixing) {
      case "renormalised":
        return Math.sqrt(at(looped, i) * at(looped, j));
      case "mean":
        return at(looped, i);
      case "single":
        return i === j ? 1 : Math.sqrt(at(plain, i) * at(plain, j));
    }
  };
  return adjacency.map((row, i) =>
    row.map((weight, j) => {
      const entry = i === j ? weight + 1 : weight;
      return entry === 0 ? 0 : entry / scale(i, j);
    }),
  );
}

/** The signal before and after 1, 2, …, `steps` products: steps + 1 signals. */
export function propagate(matrix: Matrix, signal: Signal, steps: number): readonly Signal[] {
  const signals = [signal];
  for (let step = 0; step < steps; step++) signals.push(transform(matrix, at(signals, step)));
  return signals;
}

/** x_i / √d̃_i, the scale on which the nodes of a connected graph converge to one value under `renormalised`. */
export const perRootDegree = (graph: Graph, signal: Signal): Signal => {
  const looped = loopedDegrees(graph);
  return signal.map((value, node) => value / Math.sqrt(at(looped, node)));
};

/** A symmetric matrix with the same eigenvalues as the mixing matrix: for `mean`, the renormalised one. */
export const symmetricSibling = (graph: Graph, mixing: Mixing): Matrix =>
  mixingMatrix(graph, mixing === "mean" ? "renormalised" : mixing);

/**
 * The signal after `steps` products, on the scale on which the nodes of a connected graph converge to one value;
 * `growth` is λ^steps of the dominant eigenvector.
 */
export function rescaled(graph: Graph, mixing: Mixing, signal: Signal, growth: number): Signal {
  const plain = degrees(graph);
  switch (mixing) {
    case "renormalised":
      return perRootDegree(graph, signal).map((value) => value / growth);
    case "mean":
      return signal.map((value) => value / growth);
    case "single":
      return signal.map((value, node) => value / (growth * Math.sqrt(Math.max(1, at(plain, node)))));
  }
}
