/** Attention with linear biases (Press, Smith and Lewis, arXiv:2108.12409, section 3). */

import { softmax } from "#figures/softmax.ts";

/** The slope of each of h heads, h a power of two: 2^(−8t/h) for t = 1 .. h. The last is always 1/256. */
export const slopesOf = (heads: number): number[] =>
  Array.from({ length: heads }, (_, head) => 2 ** ((-8 * (head + 1)) / heads));

/** What is added to the scores of n keys for the query at the last of them: −slope · distance, 0 at the end. */
export const biasRow = (n: number, slope: number): number[] =>
  Array.from({ length: n }, (_, j) => (j === n - 1 ? 0 : -slope * (n - 1 - j)));

/** The weights (n) of a query at the last key, from the content scores (n), already divided by √d_k; slope 0 is no bias. */
export function biasedWeights(scores: readonly number[], slope: number): number[] {
  const bias = biasRow(scores.length, slope);
  return softmax(scores.map((score, j) => score + (bias[j] ?? 0)));
}

/** How far back the query at the last key reads on average: the sum of weight times distance, in tokens. */
export const meanDistance = (weights: readonly number[]): number =>
  weights.reduce((sum, weight, j) => sum + weight * (weights.length - 1 - j), 0);
