/** Computes softmax weights from scores. */

import { sum } from "./matrices.ts";

/** Positive numbers that sum to 1. The maximum is subtracted first, so no exponential overflows. */
export function softmax(values: readonly number[]): number[] {
  const greatest = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - greatest));
  const total = sum(powers);
  return powers.map((power) => power / total);
}
