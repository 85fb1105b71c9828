/**
 * Computes the numbers of the overview of Transformers: the distribution of 65 million parameters, and the cost of
 * attention.
 */

import { attentionParameters, crossover, feedForwardParameters, layerWork } from "../models/parameters.ts";

const base = { dModel: 512, dInner: 2048 };

export const attention = attentionParameters(base);
export const feedForward = feedForwardParameters(base);
export const encoderLayer = attention + feedForward;
/** Self-attention, cross-attention and feed-forward network. */
export const decoderLayer = 2 * attention + feedForward;
export const layers = 6 * (encoderLayer + decoderLayer);
/** One row for each of about 37,000 tokens. */
export const embedding = 37_000 * base.dModel;
export const totalMillions = (layers + embedding) / 1e6;

export const headWidth = base.dModel / 8;

/** Millions of operations, n²d and nd², for d = 512 and n = 100. */
export const short = { attention: (100 ** 2 * 512) / 1e6, recurrence: (100 * 512 ** 2) / 1e6 };
/** Cost of attention relative to recurrence at n = 4096. */
export const longRatio = 4096 / 512;

/** Percent of a layer's multiplications at n = d = 512: comparing, projecting, feed-forward. */
const { comparing, projecting, thinking } = layerWork(512, 512);
const work = [comparing, projecting, thinking];
export const shares = work.map((part) => (100 * part) / (comparing + projecting + thinking));
export const crossing = crossover(512);
