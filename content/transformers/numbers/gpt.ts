/** Numbers of "GPT": a text of three tokens measured, three scores drawn from, and what size does. */

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

/** After *ate*, for *mouse*, *cat* and *ate*. */
export const scores = toyScores[2];
const atT = (temperature: number) => atTemperature(scores ?? [], temperature);
export const cold = atT(0.5);
export const plain = atT(1);
export const hot = atT(2);
export const topTwo = keepTop(plain, 2);

/** Of the figure’s first dataset. */
export const perplexities = at(datasets, 0).perplexities;
export const millions = gpt2Sizes.map((parameters) => Math.round(parameters / 1e6));
/** What ten times the weights take off the loss. */
export const percentPerTen = 100 * (1 - lossByWeights(10) / lossByWeights(1));
/** How many times as large as GPT-1 GPT-3 is. */
export const growth = gptParameters(gpt3) / gpt1Parameters(gpt1);
/** In billions. */
export const exercise = blockWeights({ layers: 24, width: 2048 }) / 1e9;
