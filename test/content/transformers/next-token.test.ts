/** Checks how scores (2, 1, 0) become the next token, and the loss of a text of three tokens. */
import { expect, test } from "vitest";
import { meanLoss, perplexity } from "../../../content/transformers/models/cross-entropy.ts";
import { atTemperature, drawToken, keepNucleus, keepTop } from "../../../content/transformers/models/next-token.ts";
import { chance } from "../../../src/figures/chance.ts";

const scores = [2, 1, 0];
const rounded = (values: readonly number[]) => values.map((value) => Number(value.toFixed(4)));

test("temperature sharpens below 1 and flattens above", () => {
  expect([0.5, 1, 2].map((temperature) => rounded(atTemperature(scores, temperature)))).toEqual([
    [0.8668, 0.1173, 0.0159],
    [0.6652, 0.2447, 0.09],
    [0.5065, 0.3072, 0.1863],
  ]);
});

test("top 2 and a nucleus of 0.9 keep the same two tokens at T = 1, and the nucleus all three at T = 2", () => {
  const plain = atTemperature(scores, 1);
  expect(rounded(keepTop(plain, 2))).toEqual([0.7311, 0.2689, 0]);
  expect(keepNucleus(plain, 0.9)).toEqual(keepTop(plain, 2));
  const hot = atTemperature(scores, 2);
  expect(rounded(keepNucleus(hot, 0.9))).toEqual(rounded(hot));
  expect(rounded(keepNucleus([0.1, 0.2, 0.7], 0.7))).toEqual([0, 0, 1]);
});

test("of many draws each token gets its share, and a token that was cut none", () => {
  const probabilities = keepTop(atTemperature(scores, 2), 2);
  const drawn = Array.from({ length: 20_000 }, (_, index) => drawToken(probabilities, chance(index)));
  for (const token of [0, 1, 2]) {
    expect(drawn.filter((one) => one === token).length / drawn.length).toBeCloseTo(probabilities[token] ?? -1, 2);
  }
  expect(drawn).not.toContain(2);
  // A draw just below 1, where the sum of rounded numbers may be too small.
  expect(drawToken([0.3, 0.3, 0.3], 0.95)).toBe(0);
});

test("probabilities 0.5, 0.25 and 0.8 cost 0.7675 nats, a perplexity of 2.1544; a uniform guess has as many as there are", () => {
  expect(meanLoss([0.5, 0.25, 0.8])).toBeCloseTo(0.7675, 4);
  expect(perplexity([0.5, 0.25, 0.8])).toBeCloseTo(2.1544, 4);
  expect(perplexity([1 / 50_257, 1 / 50_257])).toBeCloseTo(50_257, 6);
});
