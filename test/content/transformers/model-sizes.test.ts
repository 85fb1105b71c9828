/** Checks the sizes of BERT and GPT, to the last parameter. */
import { expect, test } from "vitest";
import {
  bertBase,
  bertEmbeddings,
  bertLarge,
  bertParameters,
  bertPooler,
  blockParameters,
  blockWeights,
  gpt1,
  gpt1Parameters,
  gpt2Small,
  gpt2Xl,
  gpt3,
  gptParameters,
} from "../../../content/transformers/models/model-sizes.ts";

test("BERT with its released vocabulary", () => {
  expect([bertEmbeddings(bertBase), blockParameters(768), bertPooler(bertBase)]).toEqual([
    23_837_184, 7_087_872, 590_592,
  ]);
  expect([bertBase, bertLarge].map(bertParameters)).toEqual([109_482_240, 335_141_888]);
});

test("GPT from the first to the third", () => {
  expect(gpt1Parameters(gpt1)).toBe(116_534_784);
  expect([gpt2Small, gpt2Xl, gpt3].map(gptParameters)).toEqual([124_439_808, 1_557_611_200, 174_604_259_328]);
});

test("the rule of thumb counts the blocks of GPT-3 to within half a percent of the whole", () => {
  expect(blockWeights(gpt3)).toBe(173_946_175_488);
  expect(blockWeights(gpt3) / gptParameters(gpt3)).toBeGreaterThan(0.995);
  expect(blockWeights({ layers: 24, width: 2048 }) / 1e9).toBeCloseTo(1.21, 2);
});
