/**
 * Computes the numbers of "RoPE": the same score at three positions, the cosine of one pair, clock hands, and distances
 * at width 128.
 */

import { ropeFrequencies, ropeScore } from "../models/rotation.ts";

const query = [1, 2, 3, 4];
const key = [4, 3, 2, 1];

const at = (m: number, n: number): number => ropeScore(query, key, [m, n], [1, 0.01]);

export const score = { near: at(1, 3), later: at(5, 7), late: at(101, 103), swapped: at(3, 1), plain: at(0, 0) };

/** The contributions of the fast and the slow pair to the score. */
const pairsAt = (m: number, n: number): readonly number[] =>
  [1, 0.01].map((theta, pair) =>
    ropeScore(query.slice(2 * pair, 2 * pair + 2), key.slice(2 * pair, 2 * pair + 2), [m, n], [theta]),
  );
export const pairs = { near: pairsAt(1, 3), swapped: pairsAt(3, 1) };

/** One pair with θ = 1 and q = k = (1, 0), at offsets 0 to 3. */
export const cosines = [0, 1, 2, 3].map((offset) => ropeScore([1, 0], [1, 0], [offset, 0], [1]));

/** The same with θ = π/2, at offsets 1 and 2. */
export const quarterTurns = [1, 2].map((offset) => ropeScore([1, 0], [1, 0], [offset, 0], [Math.PI / 2]));

/** Tokens per full rotation of the fastest and the slowest pair at width 128. */
const frequencies = ropeFrequencies(128);
export const period = {
  fast: (2 * Math.PI) / Math.max(...frequencies),
  slow: (2 * Math.PI) / Math.min(...frequencies),
};

/** Score divided by d for q = k = (1, …, 1), d = 128, at distances 1, 10, 100, 1,000 and 10,000. */
const ones = frequencies.flatMap(() => [1, 1]);
export const decay = [1, 10, 100, 1000, 10_000].map(
  (distance) => ropeScore(ones, ones, [distance, 0], frequencies) / ones.length,
);

/** Degrees per position by which the hands of the figure "rope-clock-hands" rotate. */
export const degrees = [1, 0.4, 0.1].map((theta) => (theta * 180) / Math.PI);
