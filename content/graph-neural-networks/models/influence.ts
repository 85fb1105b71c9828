/** How much of a distant node's features can reach a state: the bound on over-squashing (Topping et al., ICLR 2022, lemma 1). */

import { at } from "#figures/at.ts";
import { identity, type Matrix, multiply } from "#figures/matrices.ts";
import { type Graph, hops } from "./graph.ts";
import { mixingMatrix } from "./propagation.ts";

export interface Influence {
  /** r, how far the node is from the receiver; undefined where no path leads. */
  readonly hops: number | undefined;
  /** (Â^r) at the receiver's row and the node's column, with Â the adjacency matrix with self-loops, renormalised. */
  readonly factor: number;
}

/** Of every node on `receiver`, in the order of the nodes. Edges of weight 0 are to be left out of the graph. */
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
