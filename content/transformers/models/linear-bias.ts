/** Computes attention with linear biases (ALiBi; Press, Smith and Lewis, arXiv:2108.12409, section 3). */

import { softmax } from "#figures/softmax.ts";

/** The slopes of h heads, h a power of two: 2^(−8t/h) for t = 1 .. h. The last is always 1/256. */
export const slopesOf = (heads: number): number[] =>
  Array.from({ length: heads }, (_, head) => 2 ** ((-8 * (head + 1)) / heads));

/** Biases on the scores of n keys for the query at the last position: −slope · distance, 0 for the last key. */
export const biasRow = (n: number, slope: number): number[] =>
  Array.from({ length: n }, (_, j) => (j === n - 1 ? 0 : -slope * (n - 1 - j)));

/**
 * Attention weights (n) of the query at the last position, from content scores (n) already divided by √d_k; slope 0
 * means no bias.
 */
export function biasedWeights(scores: readonly number[], slope: number): number[] {
  const bias = biasRow(scores.length, slope);
  return softmax(scores.map((score, j) => score + (bias[j] ?? 0)));
}

/** Mean attention distance of the query at the last position, in tokens: the sum of weight times distance. */
export const meanDistance = (weights: readonly number[]): number =>
  weights.reduce((sum, weight, j) => sum + weight * (weights.length - 1 - j), 0);
