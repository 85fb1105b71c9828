/**
 * Checks the trained loop of the chapter on looped Transformers: its error on new tasks, and that of separate layers.
 */
import { expect, test } from "vitest";
import { layersError, loopError, trainLayers, trainLoop } from "../../../content/transformers/models/trained-loop.ts";

test("no step leaves all of the error, and a trained one less", () => {
  expect(loopError(0.2, 0)).toBe(1);
  expect(loopError(0, 5)).toBe(1);
  expect(loopError(trainLoop(1), 1)).toBeCloseTo(0.228, 3);
});

test("layers that all have the same step are a loop", () => {
  expect(layersError([0.2, 0.2, 0.2])).toBeCloseTo(loopError(0.2, 3), 12);
});

test("trained for one step, the loop finds what the tasks’ mean and mean square say", () => {
  // One layer has the same weight; its best step is known in closed form.
  expect(trainLoop(1)).toBeCloseTo(trainLayers(1)[0] ?? 0, 6);
});

test("trained for four iterations: more of them help up to nine, eight are as good as four separate layers, twenty are worse", () => {
  const step = trainLoop(4);
  const errors = Array.from({ length: 21 }, (_, iterations) => loopError(step, iterations));
  expect(errors.indexOf(Math.min(...errors))).toBe(9);
  expect(errors[4]).toBeCloseTo(0.056, 3);
  expect(errors[20]).toBeGreaterThan(errors[4] ?? 1);
  const layers = layersError(trainLayers(4));
  expect(layers).toBeLessThan(errors[4] ?? 0);
  expect(errors[8]).toBeCloseTo(layers, 3);
});

test("the longer it is trained, the further it can be run", () => {
  const lowest = [1, 2, 4, 6].map((trained) => {
    const step = trainLoop(trained);
    const errors = Array.from({ length: 21 }, (_, iterations) => loopError(step, iterations));
    return errors.indexOf(Math.min(...errors));
  });
  expect(lowest).toEqual([6, 7, 9, 11]);
});
