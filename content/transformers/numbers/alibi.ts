/** Numbers of "ALiBi": four keys under a steep and a flat slope. */

import { at } from "#figures/at.ts";
import { biasedWeights, biasRow, meanDistance, slopesOf } from "../models/linear-bias.ts";

const slopes = slopesOf(8);
const [steep, flat] = [at(slopes, 0), at(slopes, 7)];

const bias = biasRow(4, steep);
/** What the scores lose, from the first key to the last. */
export const penalty = bias.map((value) => -value);

/** Equal content scores. */
const equal = [0, 0, 0, 0];
export const even = { steep: biasedWeights(equal, steep), flat: biasedWeights(equal, flat) };

/** A far key that fits. */
export const scores = [2, 0, 1, 1];
export const biased = scores.map((score, j) => score + at(bias, j));
export const weights = { biased: biasedWeights(scores, steep), plain: biasedWeights(scores, 0) };
export const distance = { biased: meanDistance(weights.biased), plain: meanDistance(weights.plain) };

/** What a bias of −5 leaves of a weight, and the distance at which it is reached. */
export const faint = Math.exp(-5);
export const faintAt = { steep: 5 / steep, flat: 5 / flat };
/** 1/slope, in tokens. */
export const window = { steep: 1 / steep, flat: 1 / flat };
/** Of two: the slopes for four heads. */
export const exponents = slopesOf(4).map(Math.log2);
