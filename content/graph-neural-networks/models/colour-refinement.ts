/**
 * Distinguishes graphs by neighbours' messages: colour refinement (1-WL) and the sums of GIN (Xu et al., ICLR 2019).
 */

import { at } from "#figures/at.ts";
import { sum } from "#figures/matrices.ts";
import { type Aggregation, aggregate, type Graph, neighbours, type Signal } from "./graph.ts";

/** For each graph, one number per node: a state, or a colour counted from 0. */
export type Marks = readonly Signal[];

/** A ring of nodes. */
export const cycleGraph = (nodeCount: number): Graph => ({
  nodeCount,
  edges: Array.from({ length: nodeCount }, (_, node) => [node, (node + 1) % nodeCount] as const),
});

/** A spider: node 0 is the centre, with legs of these lengths; the nodes of a leg are numbered outwards. */
export function spider(legs: readonly number[]): Graph {
  const edges: [number, number][] = [];
  let next = 1;
  for (const leg of legs) {
    for (let step = 0; step < leg; step++, next++) edges.push([step === 0 ? 0 : next - 1, next]);
  }
  return { nodeCount: next, edges };
}

/** The same mark on every node. */
const uniformMarks = (graphs: readonly Graph[], mark: number): Marks =>
  graphs.map(({ nodeCount }) => new Array<number>(nodeCount).fill(mark));

/**
 * One round of 1-WL: a node's new colour identifies its old colour and the multiset of its neighbours' colours. All
 * graphs share the colours, which count from 0 in the order of those pairs.
 */
function refineColours(graphs: readonly Graph[], colours: Marks): Marks {
  const signatures = graphs.map((graph, which) =>
    at(colours, which).map((own, node) => [
      own,
      ...neighbours(graph, node)
        .map((neighbour) => at(at(colours, which), neighbour))
        .sort((one, other) => one - other),
    ]),
  );
  const names = [...new Map(signatures.flat().map((signature) => [signature.join(), signature])).values()]
    .sort(compareLists)
    .map((signature) => signature.join());
  return signatures.map((ofGraph) => ofGraph.map((signature) => names.indexOf(signature.join())));
}

/** (1 + ε)h_i plus the aggregate of its neighbours' states; with the sum, GIN's layer before its MLP. */
export const ginRound = (graph: Graph, states: Signal, by: Aggregation = "sum", epsilon = 0): Signal => {
  const arrived = aggregate(graph, states, by);
  return states.map((state, node) => (1 + epsilon) * state + at(arrived, node));
};

/** The marks at the start and after each of `rounds` rounds. */
export function marksByRound(graphs: readonly Graph[], by: Aggregation | "colours", rounds: number): readonly Marks[] {
  const all: Marks[] = [uniformMarks(graphs, by === "colours" ? 0 : 1)];
  for (let round = 0; round < rounds; round++) {
    const marks = at(all, round);
    all.push(
      by === "colours"
        ? refineColours(graphs, marks)
        : graphs.map((graph, which) => ginRound(graph, at(marks, which), by)),
    );
  }
  return all;
}

/** In ascending order: the form in which marks of two graphs are compared, because nodes have no names. */
export const sorted = (marks: Signal): Signal => [...marks].sort((one, other) => one - other);

export const areToldApart = (marks: Marks): boolean => new Set(marks.map((ofGraph) => sorted(ofGraph).join())).size > 1;

/** Number of different marks over all graphs; once a round of 1-WL adds none, later rounds add none either. */
export const countMarks = (marks: Marks): number => new Set(marks.flat()).size;

/** Sum of the one-hot vectors of all numbers: how often 1, 2, …, `greatest` occur. */
export const oneHotSum = (values: Signal, greatest: number): Signal =>
  Array.from({ length: greatest }, (_, index) => sum(values.map((value) => Number(value === index + 1))));

/** Lexicographic order; a prefix precedes the longer list. */
function compareLists(one: Signal, other: Signal): number {
  const place = one.findIndex((value, index) => value !== other[index]);
  return place === -1 ? one.length - other.length : at(one, place) - (other[place] ?? -1);
}
