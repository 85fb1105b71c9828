/** Computes the numbers of "ALiBi": four keys with a steep and a flat slope. */

import { at } from "#figures/at.ts";
import { biasedWeights, biasRow, meanDistance, slopesOf } from "../models/linear-bias.ts";

const slopes = slopesOf(8);
const [steep, flat] = [at(slopes, 0), at(slopes, 7)];

const bias = biasRow(4, steep);
/** Penalties on the scores, from the first key to the last. */
export const penalty = bias.map((value) => -value);

/** Content scores that are all equal. */
const equal = [0, 0, 0, 0];
export const even = { steep: biasedWeights(equal, steep), flat: biasedWeights(equal, flat) };

/** Content scores with a match at the farthest key. */
export const scores = [2, 0, 1, 1];
export const biased = scores.map((score, j) => score + at(bias, j));
export const weights = { biased: biasedWeights(scores, steep), plain: biasedWeights(scores, 0) };
export const distance = { biased: meanDistance(weights.biased), plain: meanDistance(weights.plain) };

/** The factor of a bias of −5 on an unnormalised weight, and the distance at which the bias reaches −5. */
export const faint = Math.exp(-5);
export const faintAt = { steep: 5 / steep, flat: 5 / flat };
/** 1/slope, in tokens. */
export const window = { steep: 1 / steep, flat: 1 / flat };
/** Powers of two: the slopes for four heads. */
export const exponents = slopesOf(4).map(Math.log2);
