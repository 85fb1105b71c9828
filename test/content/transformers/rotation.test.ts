/** Checks the numbers of the chapter on RoPE. */
import { expect, test } from "vitest";
import { ropeFrequencies, ropeScore, rotate } from "../../../content/transformers/models/rotation.ts";

const theta = [1, 0.01];
const query = [1, 2, 3, 4];
const key = [4, 3, 2, 1];

test.each([
  [1, 3, "10.4830"],
  [5, 7, "10.4830"],
  [101, 103, "10.4830"],
  [3, 1, "1.1901"],
  [0, 0, "20.0000"],
])("the score at positions %i and %i is %s", (m, n, score) => {
  expect(ropeScore(query, key, [m, n], theta).toFixed(4)).toBe(score);
});

test("turning keeps the length", () => {
  const turned = rotate(query, 1, theta);
  expect(turned.map((value) => Number(value.toFixed(4)))).toEqual([-1.1426, 1.9221, 2.9599, 4.0298]);
  expect(Math.hypot(...turned)).toBeCloseTo(Math.hypot(...query), 12);
});

test("one pair with theta 1 gives the cosine", () => {
  const scores = [0, 1, 2, 3].map((offset) => ropeScore([1, 0], [1, 0], [offset, 0], [1]).toFixed(4));
  expect(scores).toEqual(["1.0000", "0.5403", "-0.4161", "-0.9900"]);
});

test("equal vectors of width 128 by distance", () => {
  const ones = Array.from({ length: 128 }, () => 1);
  const at = (distance: number) => (ropeScore(ones, ones, [distance, 0], ropeFrequencies(128)) / 128).toFixed(4);
  expect([1, 10, 100, 1000, 10_000].map(at)).toEqual(["0.9702", "0.6691", "0.4772", "0.1590", "-0.0279"]);
});

test("the fastest hand turns once in 6.28 tokens, the slowest in 54,410", () => {
  const frequencies = ropeFrequencies(128);
  expect(((2 * Math.PI) / (frequencies[0] ?? 0)).toFixed(2)).toBe("6.28");
  expect(Math.round((2 * Math.PI) / (frequencies[63] ?? 0))).toBe(54_410);
});
