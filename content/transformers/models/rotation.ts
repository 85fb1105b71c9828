/** Computes rotary position embeddings on vectors small enough to draw (Su et al., arXiv:2104.09864, section 3.2). */

import { dot } from "#figures/matrices.ts";

/** Angle per position of each pair, in radians: base^(-2i/d) for i = 0 .. d/2-1. `d` is even. */
export const ropeFrequencies = (d: number, base = 10_000): number[] =>
  Array.from({ length: d / 2 }, (_, pair) => base ** ((-2 * pair) / d));

/** Rotates pair i of the vector, coordinates 2i and 2i+1, by `position * theta[i]`. */
export function rotate(vector: readonly number[], position: number, theta: readonly number[]): number[] {
  return theta.flatMap((frequency, pair) => {
    const [x = 0, y = 0] = vector.slice(2 * pair, 2 * pair + 2);
    const [cos, sin] = [Math.cos(position * frequency), Math.sin(position * frequency)];
    return [x * cos - y * sin, x * sin + y * cos];
  });
}

/** Dot product of the query rotated for position m and the key rotated for position n. */
export function ropeScore(
  query: readonly number[],
  key: readonly number[],
  [m, n]: readonly [number, number],
  theta: readonly number[],
): number {
  return dot(rotate(query, m, theta), rotate(key, n, theta));
}
