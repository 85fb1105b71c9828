/**
 * Checks the loop of the chapter on looped Transformers: six iterations by hand, when it converges, what it forgets.
 */
import { expect, test } from "vitest";
import {
  attendedChange,
  bestSlope,
  type Example,
  factorOf,
  runLoop,
  steepness,
  threeExamples,
} from "../../../content/transformers/models/looped-regression.ts";
import { blockParameters } from "../../../content/transformers/models/model-sizes.ts";

const rounded = (values: readonly number[]) => values.map((value) => Number(value.toFixed(5)));

test("the slope goes 0, 1.2, 1.68, … and the distance to 2 shrinks by 0.4 a turn", () => {
  const states = runLoop(threeExamples, 0.1, 6);
  expect(rounded(states)).toEqual([0, 1.2, 1.68, 1.872, 1.9488, 1.97952, 1.99181]);
  for (const [turn, w] of states.entries()) expect(2 - w).toBeCloseTo(2 * 0.4 ** turn, 12);
  expect([steepness(threeExamples), bestSlope(threeExamples), factorOf(threeExamples, 0.1)]).toEqual([
    6,
    2,
    expect.closeTo(0.4, 12),
  ]);
});

test("a turn is what attention without a softmax adds to the answer", () => {
  const states = runLoop(threeExamples, 0.1, 6);
  for (const [turn, w] of states.slice(0, -1).entries()) {
    const next = states[turn + 1] ?? Number.NaN;
    expect(attendedChange(3, threeExamples, w, 0.1)).toBeCloseTo(3 * next - 3 * w, 12);
  }
  expect(attendedChange(3, threeExamples, 0, 0.1)).toBeCloseTo(3.6, 12);
});

test("below a third the loop settles, at a third it swings, above it runs away", () => {
  const last = (step: number) => Math.abs(2 - (runLoop(threeExamples, step, 60).at(-1) ?? Number.NaN));
  expect(last(0.33)).toBeLessThan(2);
  expect(last(1 / 3)).toBeCloseTo(2, 9);
  expect(last(0.34)).toBeGreaterThan(2);
});

test("points on no line through the middle are fitted with the least squared error", () => {
  const examples: Example[] = [
    { x: 1, y: 3 },
    { x: 2, y: 1 },
    { x: -1, y: 2 },
  ];
  const error = (w: number) => examples.reduce((sum, { x, y }) => sum + (y - w * x) ** 2, 0);
  const best = bestSlope(examples);
  expect(best).toBeCloseTo(0.5, 12);
  expect(error(best)).toBeLessThan(Math.min(error(best - 0.01), error(best + 0.01)));
  expect(runLoop(examples, 0.1, 60).at(-1)).toBeCloseTo(best, 9);
});

test("targets given once are forgotten, and such as say nothing change nothing", () => {
  expect(rounded(runLoop(threeExamples, 0.1, 3, { isFedOnce: true }))).toEqual([0, 1.2, 0.48, 0.192]);
  const silent = [{ x: 0, y: 5 }];
  expect([bestSlope(silent), factorOf(silent, 0.1), runLoop(silent, 0.1, 2)]).toEqual([0, 1, [0, 0, 0]]);
});

test("one block of width 768, and twelve", () => {
  expect([blockParameters(768), 12 * blockParameters(768)]).toEqual([7_087_872, 85_054_464]);
});
