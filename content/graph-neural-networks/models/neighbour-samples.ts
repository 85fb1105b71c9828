/** GraphSAGE on small graphs: every sample of a neighbourhood, and what a node makes of one (Hamilton, Ying and Leskovec, NIPS 2017). */

import { at } from "#figures/at.ts";
import { sum } from "#figures/matrices.ts";
import { type Edge, type Graph, paw, type Signal } from "./graph.ts";

/** Node 5 of the text, joined to some of the nodes of the paw. */
export const pawWithNewcomer = (joined: readonly number[]): Graph => ({
  nodeCount: 5,
  edges: [...paw.edges, ...joined.map((node): Edge => [node, 4])],
});

/** Every way to choose `size` of the members, without repetition, in a fixed order; all of them where there are not more. */
export function samplesOf(members: readonly number[], size: number): readonly (readonly number[])[] {
  if (size >= members.length) return [members];
  if (size === 0) return [[]];
  const [first = 0, ...others] = members;
  return [...samplesOf(others, size - 1).map((sample) => [first, ...sample]), ...samplesOf(others, size)];
}

/** What a sample's states make together; 0 of none. */
export const combineSample = (states: Signal, sample: readonly number[], by: "mean" | "max"): number => {
  const read = sample.map((node) => at(states, node));
  if (read.length === 0) return 0;
  return by === "mean" ? sum(read) / read.length : Math.max(...read);
};

/** [h ∥ a] / ∥[h ∥ a]∥₂, with W = I and positive numbers: algorithm 1 of the paper, lines 5 and 7. */
export function embed(own: number, gathered: number): readonly [own: number, gathered: number] {
  const length = Math.hypot(own, gathered);
  return [own / length, gathered / length];
}

/**
 * Nodes read for one target, itself left out, with so many neighbours at the first hop, the second, …: the sum of the
 * products. Right where nothing is sampled, or where a node's own state reuses the sample already drawn, as in the
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

/** The most that algorithm 2 reads, with a fresh sample of S_k at every depth: each state also needs the node's own earlier one. */
export const nodesNeeded = (sizes: readonly number[]): number =>
  sizes.reduce((product, size) => product * (1 + size), 1) - 1;
