/** Computes the numbers of "GPT": the loss on three tokens, a draw from three scores, and results by model size. */

import { at } from "#figures/at.ts";
import { givenProbabilities } from "../figures/one-pass.ts";
import { meanLoss, perplexity } from "../models/cross-entropy.ts";
import { datasets, gpt2Sizes, lossByWeights } from "../models/gpt2-results.ts";
import { blockWeights, gpt1, gpt1Parameters, gpt3, gptParameters } from "../models/model-sizes.ts";
import { atTemperature, keepTop, toyScores } from "../models/next-token.ts";

export const given = givenProbabilities;
export const product = given.reduce((all, probability) => all * probability, 1);
export const surprises = given.map((probability) => meanLoss([probability]));
export const loss = meanLoss(given);
export const perplex = perplexity(given);

/** Scores of *mouse*, *cat* and *ate* after *ate*. */
export const scores = toyScores[2];
const atT = (temperature: number) => atTemperature(scores ?? [], temperature);
export const cold = atT(0.5);
export const plain = atT(1);
export const hot = atT(2);
export const topTwo = keepTop(plain, 2);

/** The first dataset of the figure. */
export const perplexities = at(datasets, 0).perplexities;
export const millions = gpt2Sizes.map((parameters) => Math.round(parameters / 1e6));
/** Reduction of the loss in percent for ten times the weights. */
export const percentPerTen = 100 * (1 - lossByWeights(10) / lossByWeights(1));
/** Parameters of GPT-3 relative to GPT-1. */
export const growth = gptParameters(gpt3) / gpt1Parameters(gpt1);
/** Billions of weights. */
export const exercise = blockWeights({ layers: 24, width: 2048 }) / 1e9;
