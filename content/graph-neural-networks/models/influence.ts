/**
 * Bounds the influence of a distant node's features on a state, for over-squashing (Topping et al., ICLR 2022, lemma
 * 1).
 */

import { at } from "#figures/at.ts";
import { identity, type Matrix, multiply } from "#figures/matrices.ts";
import { type Graph, hops } from "./graph.ts";
import { mixingMatrix } from "./propagation.ts";

export interface Influence {
  /** r, the distance of the node from the receiver; undefined if no path connects them. */
  readonly hops: number | undefined;
  /**
   * Entry of Â^r in the receiver's row and the node's column, with Â the renormalised adjacency matrix with self-loops.
   */
  readonly factor: number;
}

/** Influences of every node on `receiver`, in the order of the nodes. The graph must not contain edges of weight 0. */
export function influencesOn(graph: Graph, receiver: number): readonly Influence[] {
  const mixing = mixingMatrix(graph, "renormalised");
  const rings = hops(graph, receiver);
  let power: Matrix = identity(graph.nodeCount);
  const rows = rings.map(() => {
    const row = at(power, receiver);
    power = multiply(power, mixing);
    return row;
  });
  return Array.from({ length: graph.nodeCount }, (_, node) => {
    const distance = rings.findIndex((ring) => ring.includes(node));
    return distance === -1 ? { hops: undefined, factor: 0 } : { hops: distance, factor: at(at(rows, distance), node) };
  });
}
