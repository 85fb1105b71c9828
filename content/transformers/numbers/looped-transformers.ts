/** Numbers of "Looped Transformers": a block counted once, and three examples fitted turn by turn. */

import { attendedChange, bestSlope, factorOf, runLoop, steepness, threeExamples } from "../models/looped-regression.ts";
import { blockParameters } from "../models/model-sizes.ts";

/** Width 768. */
const one = blockParameters(768);
export const parameters = { block: one, tower: 12 * one };

const step = 0.1;
/** Σx² and Σxy. */
export const squares = steepness(threeExamples);
export const products = threeExamples.reduce((sum, { x, y }) => sum + x * y, 0);
export const best = bestSlope(threeExamples);
export const factor = factorOf(threeExamples, step);

const states = runLoop(threeExamples, step, 6);
/** w after 1, 2, … turns. */
export const w = states.slice(1);
/** From w after 0, 1, … turns to the fit. */
export const distance = states.map((state) => best - state);
/** The answer at x = 3 after 1, 2, … turns. */
export const answer = w.map((state) => 3 * state);

/** The same first turn as attention, and what each example adds before the step: query times key times value. */
export const attended = attendedChange(3, threeExamples, 0, step);
export const parts = threeExamples.map(({ x, y }) => 3 * x * y);

/** w after 1, 2, … turns if the targets come in the first alone. */
export const fedOnce = runLoop(threeExamples, step, 6, { isFedOnce: true }).slice(1);

/** Steps below this converge. */
export const bound = { below: 2 / squares };
/** Layers that a token of Huginn passes with 32 turns: two before the loop, four in it, two after. */
export const huginn = 2 + 4 * 32 + 2;
