/** Softmax: weights from scores. */

import { sum } from "./matrices.ts";

/** Numbers that are positive and sum to 1. The greatest is subtracted first, so that no exponential overflows. */
export function softmax(values: readonly number[]): number[] {
  const greatest = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - greatest));
  const total = sum(powers);
  return powers.map((power) => power / total);
}
