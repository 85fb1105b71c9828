/** Checks the numbers of the chapter on relative positional encodings. */
import { describe, expect, test } from "vitest";
import {
  type Buckets,
  bucketOf,
  bucketStarts,
  clippedOffsets,
  relativeScore,
  t5Encoder,
} from "../../../content/transformers/models/relative-position.ts";

const t5Decoder: Buckets = { count: 32, farthest: 128, sides: 1 };

test("five tokens and a clipping distance of 2 have five labels, equal along each diagonal", () => {
  expect(clippedOffsets(5, 2)).toEqual([
    [0, 1, 2, 2, 2],
    [-1, 0, 1, 2, 2],
    [-2, -1, 0, 1, 2],
    [-2, -2, -1, 0, 1],
    [-2, -2, -2, -1, 0],
  ]);
});

test("the same key scores with one sign to the left and with the other to the right", () => {
  expect(relativeScore([1, 2], [1, 0], [0.5, 0.5])).toBeCloseTo(1.7678, 4);
  expect(relativeScore([1, 2], [1, 0], [0, -1])).toBeCloseTo(-Math.SQRT1_2, 4);
  expect(relativeScore([1, 2], [1, 0])).toBeCloseTo(Math.SQRT1_2, 4);
});

describe("buckets of T5", () => {
  test.each([
    [0, 0],
    [-1, 1],
    [-7, 7],
    [-8, 8],
    [-11, 8],
    [-12, 9],
    [-16, 10],
    [-32, 12],
    [-64, 14],
    [-90, 14],
    [-91, 15],
    [-127, 15],
    [-128, 15],
    [-1000, 15],
    [1, 17],
    [7, 23],
    [8, 24],
    [128, 31],
  ])("an encoder puts offset %i into bucket %i", (offset, bucket) => {
    expect(bucketOf(offset, t5Encoder)).toBe(bucket);
  });

  test("each side of an encoder is exact up to distance 7 and then ever coarser", () => {
    expect(bucketStarts(t5Encoder)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 23, 32, 46, 64, 91]);
  });

  test("a decoder spends all 32 on what came before: exact up to 15", () => {
    expect(bucketStarts(t5Decoder).slice(0, 17)).toEqual(Array.from({ length: 17 }, (_, distance) => distance));
    expect(bucketStarts(t5Decoder).slice(16)).toEqual([
      16, 19, 21, 24, 27, 31, 35, 40, 46, 52, 59, 67, 77, 87, 99, 113,
    ]);
  });

  test("distances on the edge of a bucket are in the farther one, for any number of buckets", () => {
    // Exact up to 4 on each side; then, at 64, powers of two to the quarter steps 4, 8, 16, 32.
    expect(bucketStarts({ count: 16, farthest: 64, sides: 2 })).toEqual([0, 1, 2, 3, 4, 8, 16, 32]);
  });
});
