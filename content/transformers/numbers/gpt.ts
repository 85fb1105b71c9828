/** Numbers of "GPT": a text of three tokens measured, three scores drawn from, and the sizes of the family. */

import { givenProbabilities } from "../figures/one-pass.ts";
import { meanLoss, perplexity } from "../models/cross-entropy.ts";
import { blockWeights, gpt1, gpt1Parameters, gpt2Small, gpt2Xl, gpt3, gptParameters } from "../models/model-sizes.ts";
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
const [mouse = 0, cat = 0] = plain;
export const nucleusSum = mouse + cat;

/** Pairs that a causal mask keeps, and all. */
export const pairs = { kept: (1024 * 1025) / 2, all: 1024 ** 2 };

export const blocks = blockWeights(gpt3);
export const all = gptParameters(gpt3);
export const small = gptParameters(gpt2Small);
export const first = gpt1Parameters(gpt1);
export const xlBillions = gptParameters(gpt2Xl) / 1e9;
/** How many times as large as GPT-1 GPT-2 XL and GPT-3 are. */
export const xlTimes = gptParameters(gpt2Xl) / first;
export const growth = all / first;
/** In billions. */
export const exercise = blockWeights({ layers: 24, width: 2048 }) / 1e9;
