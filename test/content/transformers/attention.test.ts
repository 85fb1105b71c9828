/** Checks the numbers in the figures of book one. */
import { describe, expect, test } from "vitest";
import { selfAttention } from "../../../content/transformers/models/attention.ts";
import { softmax } from "../../../src/figures/softmax.ts";

const rounded = (matrix: readonly (readonly number[])[]) =>
  matrix.map((row) => row.map((value) => Number(value.toFixed(4))));

describe("cat, ate, mouse", () => {
  const { query, key, value, scores, weights, output } = selfAttention();

  test("queries, keys, values and scores are whole numbers", () => {
    expect([query, key, value, scores]).toEqual([
      [
        [1, 1],
        [0, 1],
        [1, 2],
      ],
      [
        [1, 0],
        [0, 1],
        [1, 1],
      ],
      [
        [1, 0],
        [0, 2],
        [1, 2],
      ],
      [
        [1, 1, 2],
        [0, 1, 1],
        [1, 2, 3],
      ],
    ]);
  });

  test("cat reads mouse more than itself", () => {
    expect(rounded(weights)).toEqual([
      [0.2483, 0.2483, 0.5035],
      [0.1978, 0.4011, 0.4011],
      [0.14, 0.284, 0.576],
    ]);
    expect(rounded(output)).toEqual([
      [0.7517, 1.5035],
      [0.5989, 1.6044],
      [0.716, 1.7199],
    ]);
  });

  test("a causal mask leaves the last row as it was", () => {
    expect(rounded(selfAttention(undefined, { causal: true }).weights)).toEqual([
      [1, 0, 0],
      [0.3302, 0.6698, 0],
      [0.14, 0.284, 0.576],
    ]);
  });
});

test("softmax of scores eight times as large is nearly all in one place", () => {
  expect(softmax([1, 2, 3]).map((p) => p.toFixed(4))).toEqual(["0.0900", "0.2447", "0.6652"]);
  expect(softmax([8, 16, 24]).map((p) => p.toFixed(4))).toEqual(["0.0000", "0.0003", "0.9997"]);
});
