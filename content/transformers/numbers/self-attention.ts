/** Computes the numbers of "Self-Attention": three tokens by hand. */

import { softmax } from "#figures/softmax.ts";
import { catAteMouse, selfAttention } from "../models/attention.ts";

export const { query, key, value, scores, weights, output } = selfAttention();

/** Scores divided by √d_k = √2: the input of the softmax. */
export const scaled = scores.map((row) => row.map((score) => score / Math.sqrt(2)));

export const wQuery = catAteMouse.wQuery;
export const wValue = catAteMouse.wValue;

/** Weights with the causal mask. */
export const causal = selfAttention(undefined, { causal: true }).weights;

/** Softmax of 1, 2, 3 and of scores eight times as large: the standard deviation of dot products at width 64. */
export const gentle = softmax([1, 2, 3]);
export const saturated = softmax([8, 16, 24]);
export const spread = Math.sqrt(64);
