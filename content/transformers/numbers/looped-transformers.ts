/**
 * Computes the numbers of "Looped Transformers": the parameters of one block, a fit to three examples by iteration, and
 * a trained loop.
 */

import { attendedChange, bestSlope, factorOf, runLoop, steepness, threeExamples } from "../models/looped-regression.ts";
import { blockParameters } from "../models/model-sizes.ts";
import { layersError, loopError, trainLayers, trainLoop } from "../models/trained-loop.ts";

/** Parameters of a block of width 768. */
const one = blockParameters(768);
export const parameters = { block: one, tower: 12 * one };

const step = 0.1;
/** Σx². */
export const squares = steepness(threeExamples);
export const best = bestSlope(threeExamples);
export const factor = factorOf(threeExamples, step);

const states = runLoop(threeExamples, step, 6);
/** w after 1, 2, … iterations. */
export const w = states.slice(1);
/** Predictions and errors at the examples after the first iteration. */
export const predictions = threeExamples.map(({ x }) => x * (states[1] ?? 0));
export const errors = threeExamples.map(({ x, y }) => y - x * (states[1] ?? 0));
/** Prediction at x = 3 after 1, 2, … iterations. */
export const answer = w.map((state) => 3 * state);

/** The first iteration as attention, and each example's contribution without the step: query times key times value. */
export const attended = attendedChange(3, threeExamples, 0, step);
export const parts = threeExamples.map(({ x, y }) => 3 * x * y);

/** w after 1, 2, … iterations if the targets are input in the first one only. */
export const fedOnce = runLoop(threeExamples, step, 6, { isFedOnce: true }).slice(1);

/** The loop converges for steps below this. */
export const bound = { below: 2 / squares };

const step4 = trainLoop(4);
const errorAfter = (iterations: number): number => loopError(step4, iterations);
const course = Array.from({ length: 21 }, (_, iterations) => errorAfter(iterations));
/** Errors of the loop trained for four iterations, and of four separate layers. */
export const trained = {
  single: loopError(trainLoop(1), 1),
  four: errorAfter(4),
  least: Math.min(...course),
  leastAt: course.indexOf(Math.min(...course)),
  last: errorAfter(20),
  layers: layersError(trainLayers(4)),
};
