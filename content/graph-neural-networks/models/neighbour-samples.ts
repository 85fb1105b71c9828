/**
 * Enumerates neighbour samples on small graphs and computes GraphSAGE embeddings from them (Hamilton, Ying and
 * Leskovec, NIPS 2017).
 */

import { at } from "#figures/at.ts";
import { sum } from "#figures/matrices.ts";
import { type Edge, type Graph, paw, type Signal } from "./graph.ts";

/** The paw with node 5 of the text, joined to some of its nodes. */
export const pawWithNewcomer = (joined: readonly number[]): Graph => ({
  nodeCount: 5,
  edges: [...paw.edges, ...joined.map((node): Edge => [node, 4])],
});

/**
 * Every sample of `size` members without replacement, in a fixed order; only the whole list if it has no more than
 * `size`.
 */
export function samplesOf(members: readonly number[], size: number): readonly (readonly number[])[] {
  if (size >= members.length) return [members];
  if (size === 0) return [[]];
  const [first = 0, ...others] = members;
  return [...samplesOf(others, size - 1).map((sample) => [first, ...sample]), ...samplesOf(others, size)];
}

/** Aggregate of a sample's states; 0 for an empty sample. */
export const combineSample = (states: Signal, sample: readonly number[], by: "mean" | "max"): number => {
  const read = sample.map((node) => at(states, node));
  if (read.length === 0) return 0;
  return by === "mean" ? sum(read) / read.length : Math.max(...read);
};

/** [h ∥ a] / ∥[h ∥ a]∥₂, with W = I and nonnegative numbers: algorithm 1 of the paper, lines 5 and 7. */
export function embed(own: number, gathered: number): readonly [own: number, gathered: number] {
  const length = Math.hypot(own, gathered);
  return [own / length, gathered / length];
}

/**
 * Nodes read for one target, not counting itself, with so many neighbours at the first hop, the second, …: the sum of
 * the cumulative products. Exact without sampling, or if a node's own state reuses the sample already drawn, as in the
 * reference code (`aggregate` of graphsage/models.py).
 */
export function nodesRead(perHop: readonly number[]): number {
  let [ring, total] = [1, 0];
  for (const size of perHop) {
    ring *= size;
    total += ring;
  }
  return total;
}

/**
 * Upper bound for algorithm 2, with a new sample of S_k at every depth: each state also needs the node's own earlier
 * one.
 */
export const nodesNeeded = (sizes: readonly number[]): number =>
  sizes.reduce((product, size) => product * (1 + size), 1) - 1;
