/** Checks GPT-2's results by model size, and the scaling law for the loss. */
import { expect, test } from "vitest";
import { datasets, factorPerTen, gpt2Sizes, lossByWeights } from "../../../content/transformers/models/gpt2-results.ts";
import { blockWeights, gpt2Xl } from "../../../content/transformers/models/model-sizes.ts";

test("the four sizes, as OpenAI corrected them", () => {
  expect(gpt2Sizes.map((parameters) => Math.round(parameters / 1e6))).toEqual([124, 355, 774, 1558]);
});

test("on every dataset a larger model has a lower perplexity, and on one alone the largest is behind models trained for it", () => {
  for (const { perplexities } of datasets) {
    expect(perplexities).toHaveLength(gpt2Sizes.length);
    expect(perplexities).toEqual([...perplexities].sort((one, other) => other - one));
  }
  const behind = datasets.filter(({ perplexities, best }) => (perplexities.at(-1) ?? 0) > best);
  expect(behind.map(({ name }) => name)).toEqual(["One Billion Words"]);
});

test("ten times the parameters: a straight line on paper with two logarithms is found exactly", () => {
  const straight = { name: "", best: 1, perplexities: gpt2Sizes.map((parameters) => 100 * parameters ** -0.25) };
  expect(factorPerTen(straight)).toBeCloseTo(10 ** -0.25, 12);
  expect(datasets.map(factorPerTen).map((factor) => Number(factor.toFixed(2)))).toEqual([0.51, 0.57, 0.28, 0.58]);
});

test("the law: ten times the weights take a sixth off the loss", () => {
  expect(lossByWeights(10) / lossByWeights(1)).toBeCloseTo(0.839, 3);
  expect(lossByWeights(8.8e13)).toBe(1);
  expect(lossByWeights(blockWeights(gpt2Xl))).toBeCloseTo(2.307, 3);
});
