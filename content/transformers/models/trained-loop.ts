/**
 * The loop of looped-regression.ts, trained: its only weight, the step, is fitted on random tasks for a number of iterations,
 * and the error is measured on other tasks, for any number. Beside it, as many layers with a step each.
 */

import { chance } from "#figures/chance.ts";

const tasks = 500;
/** Examples of a task, their places drawn evenly from −2 to 2. */
const examples = 3;

/** Σx² of each task: it alone decides what a step of size η leaves of the error, (1 − ηΣx²)². */
const drawTasks = (seed: number): readonly number[] =>
  Array.from({ length: tasks }, (_, task) =>
    Array.from({ length: examples }, (__, example) => (4 * chance(seed + examples * task + example) - 2) ** 2).reduce(
      (sum, square) => sum + square,
      0,
    ),
  );

const trainingTasks = drawTasks(0);
const testTasks = drawTasks(examples * tasks);

/** Mean squared error that these steps leave, as a share of what it was before the first. */
const meanError = (steps: readonly number[], on: readonly number[]): number =>
  on.reduce((sum, squares) => sum + steps.reduce((left, step) => left * (1 - step * squares) ** 2, 1), 0) / on.length;

/** On tasks that training has not seen. */
export const testError = (steps: readonly number[]): number => meanError(steps, testTasks);

/** One step for all iterations. */
export const repeated = (step: number, iterations: number): readonly number[] =>
  Array.from({ length: iterations }, () => step);

const golden = (Math.sqrt(5) - 1) / 2;

/** The step with the least error on the training tasks after so many iterations: a golden-section search, as the error has one minimum. */
export function trainLoop(iterations: number): number {
  const errorOf = (step: number): number => meanError(repeated(step, iterations), trainingTasks);
  let [low, high] = [0, 0.5];
  for (let round = 0; round < 40; round++) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)];
    if (errorOf(left) < errorOf(right)) high = right;
    else low = left;
  }
  return (low + high) / 2;
}

/** A step for each of so many layers: one after another is set to its best, which is exact because the error is a parabola in each. */
export function trainLayers(layers: number): readonly number[] {
  const start = trainLoop(layers);
  const steps = Array.from({ length: layers }, (_, layer) => start * (0.7 + (0.6 * layer) / Math.max(1, layers - 1)));
  for (let sweep = 0; sweep < 100; sweep++) {
    for (let layer = 0; layer < layers; layer++) {
      let [first, second] = [0, 0];
      for (const squares of trainingTasks) {
        let others = 1;
        for (const [index, step] of steps.entries()) if (index !== layer) others *= (1 - step * squares) ** 2;
        first += others * squares;
        second += others * squares ** 2;
      }
      steps[layer] = first / second;
    }
  }
  return steps;
}
