/** Checks the numbers of the chapter on ALiBi. */
import { expect, test } from "vitest";
import { biasedWeights, biasRow, meanDistance, slopesOf } from "../../../content/transformers/models/linear-bias.ts";

const rounded = (values: readonly number[]) => values.map((value) => Number(value.toFixed(4)));

test("slopes are powers of two that end at 1/256, whatever the number of heads", () => {
  expect(slopesOf(8)).toEqual([1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64, 1 / 128, 1 / 256]);
  expect(slopesOf(4)).toEqual([1 / 4, 1 / 16, 1 / 64, 1 / 256]);
  expect(slopesOf(16)[0]).toBeCloseTo(Math.SQRT1_2, 9);
  expect(slopesOf(16).slice(1, 4)).toEqual([0.5, expect.closeTo(0.3536, 4), 0.25]);
  expect(slopesOf(16).at(-1)).toBe(1 / 256);
});

test("four keys with equal scores: a steep head reads the near ones, a flat one all alike", () => {
  expect(biasRow(4, 1 / 2)).toEqual([-1.5, -1, -0.5, 0]);
  expect(rounded(biasedWeights([0, 0, 0, 0], 1 / 2))).toEqual([0.1015, 0.1674, 0.276, 0.4551]);
  expect(rounded(biasedWeights([0, 0, 0, 0], 1 / 256))).toEqual([0.2485, 0.2495, 0.2505, 0.2515]);
});

test("a far key that fits loses half its weight and is not cut off", () => {
  const scores = [2, 0, 1, 1];
  expect(rounded(biasedWeights(scores, 1 / 2))).toEqual([0.2583, 0.0576, 0.2583, 0.4258]);
  expect(rounded(biasedWeights(scores, 0))).toEqual([0.5344, 0.0723, 0.1966, 0.1966]);
});

test("the mean distance read is that of the weights", () => {
  expect(meanDistance([0, 0, 0, 1])).toBe(0);
  expect(meanDistance([0.25, 0.25, 0.25, 0.25])).toBe(1.5);
  expect(meanDistance(biasedWeights([2, 0, 1, 1], 1 / 2))).toBeCloseTo(1.1484, 3);
});

test("one row of biases does for all queries: a constant per row does not change a softmax", () => {
  const scores = [0.3, -1, 2, 0.5, 0];
  const shifted = biasedWeights(scores, 1 / 4);
  const byPosition = scores.map((score, j) => score + j / 4);
  expect(rounded(biasedWeights(byPosition, 0))).toEqual(rounded(shifted));
});

test("a query at the first position reads itself alone", () => {
  expect(biasRow(1, 1 / 2)).toEqual([0]);
  expect(biasedWeights([3], 1 / 2)).toEqual([1]);
});
