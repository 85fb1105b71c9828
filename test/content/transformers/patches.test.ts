/** Checks the numbers of the chapter on ViT. */
import { expect, test } from "vitest";
import {
  chessProjection,
  countPatches,
  cutIntoPatches,
  embedSmallImage,
  smallImage,
  vitParameters,
} from "../../../content/transformers/models/patches.ts";

test("the small image is cut row by row, and each patch is flattened row by row", () => {
  expect(cutIntoPatches(smallImage, 2)).toEqual([
    [0, 1, 4, 5],
    [2, 3, 6, 7],
    [8, 9, 12, 13],
    [10, 11, 14, 15],
  ]);
  expect(cutIntoPatches(smallImage, 4)).toEqual([Array.from({ length: 16 }, (_, pixel) => pixel)]);
  expect(
    cutIntoPatches(
      [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ],
      2,
    ),
  ).toEqual([
    [1, 2, 5, 6],
    [3, 4, 7, 8],
  ]);
});

test("times a matrix of 4 x 2 the patches become (5, 5), (9, 9), (21, 21), (25, 25)", () => {
  expect(chessProjection(2)).toEqual([
    [1, 0],
    [0, 1],
    [0, 1],
    [1, 0],
  ]);
  expect(embedSmallImage(2)).toEqual([
    [5, 5],
    [9, 9],
    [21, 21],
    [25, 25],
  ]);
  expect(embedSmallImage(4)).toEqual([[60, 60]]);
  expect(embedSmallImage(1)[7]).toEqual([7, 0]);
});

test("half the side of a patch is four times the tokens and sixteen times the pairs", () => {
  expect(countPatches(224, 32)).toMatchObject({ patches: 49, numbersPerPatch: 3072, pairs: 2401 });
  expect(countPatches(224, 16)).toEqual({ patches: 196, tokens: 197, numbersPerPatch: 768, pairs: 38_416 });
  expect(countPatches(224, 14)).toMatchObject({ patches: 256, numbersPerPatch: 588 });
  expect(countPatches(384, 16)).toMatchObject({ patches: 576, tokens: 577 });
});

test("ViT-B/16 with 1,000 classes has 86.6 million parameters, ViT-B/32 the same in its blocks", () => {
  const base16 = vitParameters({ patch: 16, layers: 12, width: 768 });
  expect(base16).toEqual({
    projection: 590_592,
    classToken: 768,
    positions: 151_296,
    blocks: 85_054_464,
    lastNorm: 1536,
    head: 769_000,
    all: 86_567_656,
  });
  const base32 = vitParameters({ patch: 32, layers: 12, width: 768 });
  expect(base32.blocks).toBe(base16.blocks);
  expect(base32.projection).toBeGreaterThan(base16.projection);
  expect(base32.positions).toBeLessThan(base16.positions);
});
