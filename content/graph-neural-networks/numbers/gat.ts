/**
 * Computes the numbers of "GAT": attention weights on the paw, the two rankings, and the size of the model for Cora.
 */

import { at } from "#figures/at.ts";
import { transform } from "#figures/matrices.ts";
import { paw, type Signal } from "../models/graph.ts";
import { allScores, attentionAlongEdges, gatScore, gatv2Score, ranking } from "../models/graph-attention.ts";
import { mixingMatrix } from "../models/propagation.ts";

const x = [1, 2, 3, 4];
const states = x.map((value) => [value]);

export const scores = allScores(states, gatScore([[1]], [1, -1]));
export const alpha = attentionAlongEdges(paw, scores);
export const output = transform(alpha, x);
export const gcn = at(mixingMatrix(paw, "renormalised"), 2);

/** Keys by descending score, for queries 1 and 4. */
const ranks = (all: typeof scores): { first: Signal; last: Signal } => ({
  first: ranking(at(all, 0))
    .flat()
    .map((key) => key + 1),
  last: ranking(at(all, 3))
    .flat()
    .map((key) => key + 1),
});
export const order = ranks(scores);
const second = allScores(
  states,
  gatv2Score(
    [
      [1, -1],
      [-1, 1],
    ],
    [-1.25, -1.25],
  ),
);
export const secondScores = { first: at(second, 0), last: at(second, 3) };
export const secondOrder = ranks(second);

/** Hidden layer of the Cora model: eight heads of eight features, from 1,433 words. */
const cora = { words: 1433, heads: 8, perHead: 8 };
export const width = cora.heads * cora.perHead;
export const weights = cora.words * width;
