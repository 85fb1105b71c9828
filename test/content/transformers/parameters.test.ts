/** Checks the numbers of the overview of Transformers. */
import { expect, test } from "vitest";
import {
  attentionParameters,
  crossover,
  feedForwardParameters,
  layerWork,
} from "../../../content/transformers/models/parameters.ts";

test("the base model's sublayers have the parameters of the sheet", () => {
  const base = { dModel: 512, dInner: 2048 };
  expect(attentionParameters(base)).toBe(1_048_576);
  expect(feedForwardParameters(base)).toBe(2_097_152);
});

test("comparing passes the rest of a layer at six times the width", () => {
  expect(crossover(512)).toBe(3072);
  const { comparing, projecting, thinking } = layerWork(crossover(512), 512);
  expect(comparing).toBe(projecting + thinking);
  expect(layerWork(100, 512)).toEqual({ comparing: 10_240_000, projecting: 104_857_600, thinking: 209_715_200 });
});
