/** Computes scaled dot-product attention on matrices small enough to draw (Vaswani et al. 2017, section 3.2.1). */

import { at } from "#figures/at.ts";
import { dot, type Matrix, multiply, transpose } from "#figures/matrices.ts";
import { softmax } from "#figures/softmax.ts";

/** Running example of the Transformers book: the tokens *cat*, *ate*, *mouse*, one per row. */
export const catAteMouse = {
  words: ["cat", "ate", "mouse"],
  x: [
    [1, 0],
    [0, 1],
    [1, 1],
  ],
  wQuery: [
    [1, 1],
    [0, 1],
  ],
  wKey: [
    [1, 0],
    [0, 1],
  ],
  wValue: [
    [1, 0],
    [0, 2],
  ],
} as const;

export interface Attention {
  readonly query: Matrix;
  readonly key: Matrix;
  readonly value: Matrix;
  /** n x n, before scaling. */
  readonly scores: Matrix;
  /** n x n; each row sums to 1. */
  readonly weights: Matrix;
  readonly output: Matrix;
}

/** Self-attention of one head. x is n x d; wQuery and wKey are d x d_k, wValue is d x d_v. */
export function selfAttention(
  { x, wQuery, wKey, wValue }: { x: Matrix; wQuery: Matrix; wKey: Matrix; wValue: Matrix } = catAteMouse,
  { causal = false }: { causal?: boolean } = {},
): Attention {
  const [query, key, value] = [multiply(x, wQuery), multiply(x, wKey), multiply(x, wValue)];
  const scores = multiply(query, transpose(key));
  const scale = Math.sqrt(key[0]?.length ?? 1);
  const weights = scores.map((row, i) =>
    softmax(row.map((score, j) => (causal && j > i ? Number.NEGATIVE_INFINITY : score / scale))),
  );
  return { query, key, value, scores, weights, output: multiply(weights, value) };
}

/**
 * Attention of one query (d_k) over n keys and their values (n x d_v). Scores are multiplied by `stretch` and, for the
 * softmax, divided by `scale`. Both default to 1: plain dot-product attention.
 */
export function attend(
  query: readonly number[],
  keys: Matrix,
  values: Matrix,
  { stretch = 1, scale = 1 }: { stretch?: number; scale?: number } = {},
): { readonly scores: readonly number[]; readonly weights: readonly number[]; readonly output: readonly number[] } {
  const scores = keys.map((key) => stretch * dot(query, key));
  const weights = softmax(scores.map((score) => score / scale));
  return { scores, weights, output: at(multiply([weights], values), 0) };
}
