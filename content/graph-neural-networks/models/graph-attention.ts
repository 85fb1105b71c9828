/**
 * Computes attention along the edges of a graph: the scores of GAT (Veličković et al., ICLR 2018) and GATv2 (Brody et
 * al., ICLR 2022).
 */

import { at } from "#figures/at.ts";
import { dot, type Matrix, transform } from "#figures/matrices.ts";
import { softmax } from "#figures/softmax.ts";
import { type Graph, neighbours, type Signal } from "./graph.ts";

/** The score of receiver i for sender j. */
export type Score = (receiver: Signal, sender: Signal) => number;

/** LeakyReLU with slope 0.2. */
export const leakyRelu = (value: number): number => (value > 0 ? value : 0.2 * value);

/** LeakyReLU(aᵀ[Wh_i ∥ Wh_j]) with W: F′ × F and a: 2F′; the nonlinearity acts on one number. */
export const gatScore =
  (weights: Matrix, a: Signal): Score =>
  (receiver, sender) =>
    leakyRelu(dot(a, [...transform(weights, receiver), ...transform(weights, sender)]));

/** aᵀ LeakyReLU(W[h_i ∥ h_j]) with W: F′ × 2F and a: F′; the nonlinearity acts on a vector. */
export const gatv2Score =
  (weights: Matrix, a: Signal): Score =>
  (receiver, sender) =>
    dot(a, transform(weights, [...receiver, ...sender]).map(leakyRelu));

/** n × n: entry (i, j) is the score of j for i if there were an edge. `states` has a row of F numbers per node. */
export const allScores = (states: Matrix, score: Score): Matrix =>
  states.map((receiver) => states.map((sender) => score(receiver, sender)));

/** α, n × n: row i is the softmax over the neighbours of i and i itself, 0 elsewhere. */
export const attentionAlongEdges = (graph: Graph, scores: Matrix): Matrix =>
  scores.map((row, i) => {
    const heard = [i, ...neighbours(graph, i)];
    const weights = softmax(heard.map((j) => at(row, j)));
    return row.map((_, j) => weights[heard.indexOf(j)] ?? 0);
  });

/** Keys by descending score, ties in one group; scores within 1e-9 are ties. */
export function ranking(scores: Signal): readonly (readonly number[])[] {
  const order = [...scores.keys()].sort((one, other) => at(scores, other) - at(scores, one) || one - other);
  const groups: number[][] = [];
  for (const key of order) {
    const last = groups.at(-1);
    if (last && Math.abs(at(scores, at(last, 0)) - at(scores, key)) < 1e-9) last.push(key);
    else groups.push([key]);
  }
  return groups;
}
