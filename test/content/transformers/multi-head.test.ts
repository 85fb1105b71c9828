/** Checks the numbers of the chapter on multi-head attention. */

import { describe, expect, test } from "vitest";
import {
  attentionWeights,
  cacheBytesPerToken,
  columns,
  contributions,
  multiHeadAttention,
  twoHeads,
  wideHead,
} from "../../../content/transformers/models/multi-head.ts";
import { multiply } from "../../../src/figures/matrices.ts";

const rounded = (matrix: readonly (readonly number[])[]) =>
  matrix.map((row) => row.map((value) => Number(value.toFixed(4))));

describe("two heads on cat, ate, mouse", () => {
  const layer = multiHeadAttention(twoHeads);

  test("head 1 is the head of the chapter before, head 2 reads the other coordinates", () => {
    expect(layer.heads.map(({ weights }) => rounded(weights))).toEqual([
      [
        [0.2483, 0.2483, 0.5035],
        [0.1978, 0.4011, 0.4011],
        [0.14, 0.284, 0.576],
      ],
      [
        [0.8943, 0.0529, 0.0529],
        [0.0529, 0.8943, 0.0529],
        [0.3333, 0.3333, 0.3333],
      ],
    ]);
    expect(layer.heads[1]?.scores[0]).toEqual([4, 0, 0]);
    expect(rounded(layer.heads[1]?.output ?? [])).toEqual([
      [1.7886, 0.1057],
      [0.1057, 1.7886],
      [0.6667, 0.6667],
    ]);
  });

  test("side by side, and mixed by W_O", () => {
    expect(rounded(layer.concatenation)).toEqual([
      [0.7517, 1.5035, 1.7886, 0.1057],
      [0.5989, 1.6044, 0.1057, 1.7886],
      [0.716, 1.7199, 0.6667, 0.6667],
    ]);
    expect(rounded(layer.output)).toEqual([
      [2.5403, 1.5035, 1.7886, 0.1057],
      [0.7046, 1.6044, 0.1057, 1.7886],
      [1.3827, 1.7199, 0.6667, 0.6667],
    ]);
  });

  test("joining and projecting is adding what each head writes, whatever W_O is", () => {
    const wOutput = [
      [1, -2, 0.5, 3],
      [0, 1, 4, -1],
      [2, 2, -3, 0],
      [-1, 0.25, 1, 1],
    ];
    const { concatenation, heads } = layer;
    const [first = [], second = []] = contributions(
      heads.map(({ output }) => output),
      wOutput,
    );
    const sum = first.map((row, i) => row.map((value, j) => value + (second[i]?.[j] ?? 0)));
    expect(rounded(sum)).toEqual(rounded(multiply(concatenation, wOutput)));
    expect(rounded(layer.contributions[1] ?? [])[0]).toEqual([1.7886, 0, 1.7886, 0.1057]);
  });

  test("under one softmax the scores of both halves add up, and mouse loses to cat itself", () => {
    const wide = wideHead(twoHeads);
    expect(wide.scores).toEqual([
      [5, 1, 2],
      [0, 5, 1],
      [1, 2, 3],
    ]);
    expect(rounded(wide.weights)[0]).toEqual([0.7361, 0.0996, 0.1643]);
    expect(rounded(columns(wide.output, 0, 2))[0]).toEqual([0.9004, 0.5278]);
    expect(rounded(columns(wide.output, 2, 4))[0]).toEqual([1.4722, 0.1992]);
  });
});

test("the number of heads does not change the number of weights", () => {
  expect([1, 2, 8, 64].map((heads) => attentionWeights(512, heads))).toEqual([
    1_048_576, 1_048_576, 1_048_576, 1_048_576,
  ]);
  expect(attentionWeights(768, 12)).toBe(2_359_296);
});

test("keys and values kept per token, with 96, 8 and 1 sets of them", () => {
  const bytes = [96, 8, 1].map((keyValueHeads) => cacheBytesPerToken({ layers: 96, keyValueHeads, headWidth: 128 }));
  expect(bytes).toEqual([4_718_592, 393_216, 49_152]);
});
