/** Numbers of "Self-Attention": three tokens, worked by hand. */

import { softmax } from "#figures/softmax.ts";
import { catAteMouse, selfAttention } from "../models/attention.ts";

export const { query, key, value, scores, weights, output } = selfAttention();

/** Scores divided by √2, as the softmax gets them. */
export const scaled = scores.map((row) => row.map((score) => score / Math.sqrt(2)));

export const wQuery = catAteMouse.wQuery;
export const wValue = catAteMouse.wValue;

/** With the causal mask. */
export const causal = selfAttention(undefined, { causal: true }).weights;

/** Scores of 1, 2, 3, and eight times as large: the spread of products at width 64. */
export const gentle = softmax([1, 2, 3]);
export const saturated = softmax([8, 16, 24]);
export const spread = Math.sqrt(64);
