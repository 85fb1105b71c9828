/** Scaled dot-product attention on matrices small enough to draw (Vaswani et al. 2017, section 3.2.1). */

import { at } from "./at.ts";

/** A matrix as its rows; all rows are equally long. */
export type Matrix = readonly (readonly number[])[];

/** Running example of book one: the tokens *cat*, *ate*, *mouse*, one per row. */
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

/** The entry of a matrix; outside it there is nothing to draw, so this throws. */
export function entry(matrix: Matrix, row: number, column: number): number {
  const value = matrix[row]?.[column];
  if (value === undefined) throw new RangeError(`no entry (${row}, ${column})`);
  return value;
}

/** a (n x k) times b (k x m). */
export const multiply = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => (b[0] ?? []).map((_, column) => row.reduce((sum, value, k) => sum + value * entry(b, k, column), 0)));

export const transpose = (matrix: Matrix): Matrix =>
  (matrix[0] ?? []).map((_, column) => matrix.map((_, row) => entry(matrix, row, column)));

/** Numbers that are positive and sum to 1. The greatest is subtracted first, so that no exponential overflows. */
export function softmax(values: readonly number[]): number[] {
  const greatest = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - greatest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

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
 * One query (d_k) over n keys and their values (n x d_v). Scores are multiplied by `stretch` and, for
 * the softmax, divided by `scale`. Without the two: plain dot-product attention.
 */
export function attend(
  query: readonly number[],
  keys: Matrix,
  values: Matrix,
  { stretch = 1, scale = 1 }: { stretch?: number; scale?: number } = {},
): { readonly scores: readonly number[]; readonly weights: readonly number[]; readonly output: readonly number[] } {
  const scores = keys.map((key) => stretch * key.reduce((sum, value, index) => sum + value * at(query, index), 0));
  const weights = softmax(scores.map((score) => score / scale));
  return { scores, weights, output: at(multiply([weights], values), 0) };
}
