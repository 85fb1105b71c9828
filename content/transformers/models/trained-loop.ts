/**
 * Trains the loop of looped-regression.ts and the same number of separate layers: step sizes are fitted to random tasks
 * and the error is measured on held-out tasks. The loop has one step size, each layer its own.
 */

import { chance } from "#figures/chance.ts";

const tasks = 500;
/** Examples per task, their x drawn uniformly from −2 to 2. */
const examples = 3;

/** Σx² of each task: it alone determines the factor by which a step of size η reduces the error, (1 − ηΣx²)². */
const drawTasks = (seed: number): readonly number[] =>
  Array.from({ length: tasks }, (_, task) =>
    Array.from({ length: examples }, (__, example) => (4 * chance(seed + examples * task + example) - 2) ** 2).reduce(
      (sum, square) => sum + square,
      0,
    ),
  );

const trainingTasks = drawTasks(0);
const testTasks = drawTasks(examples * tasks);

/** The factor by which a step multiplies a task's squared error. */
const leftBy = (step: number, squares: number): number => (1 - step * squares) ** 2;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean squared error on held-out tasks after some iterations, relative to the error before the first. */
export const loopError = (step: number, iterations: number): number =>
  mean(testTasks.map((squares) => leftBy(step, squares) ** iterations));

/** The same for layers with separate steps. */
export const layersError = (steps: readonly number[]): number =>
  mean(testTasks.map((squares) => steps.reduce((left, step) => left * leftBy(step, squares), 1)));

const golden = (Math.sqrt(5) - 1) / 2;

/**
 * The step with the least training error after some iterations, by golden-section search: the error has one minimum.
 */
export function trainLoop(iterations: number): number {
  const errorOf = (step: number): number => mean(trainingTasks.map((squares) => leftBy(step, squares) ** iterations));
  let [low, high] = [0, 0.5];
  for (let round = 0; round < 40; round++) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)];
    if (errorOf(left) < errorOf(right)) high = right;
    else low = left;
  }
  return (low + high) / 2;
}

const sweeps = 60;

/** A step for each layer, by coordinate descent: each update is exact because the error is a parabola in each step. */
export function trainLayers(layers: number): readonly number[] {
  const start = trainLoop(layers);
  const steps = Array.from({ length: layers }, (_, layer) => start * (0.7 + (0.6 * layer) / Math.max(1, layers - 1)));
  for (let turn = 0; turn < sweeps * layers; turn++) {
    const layer = turn % layers;
    const others = steps.filter((_, index) => index !== layer);
    let [first, second] = [0, 0];
    // Plain loops: this also runs in the reader's browser.
    for (const squares of trainingTasks) {
      let weight = squares;
      for (const step of others) weight *= leftBy(step, squares);
      first += weight;
      second += weight * squares;
    }
    steps[layer] = first / second;
  }
  return steps;
}
