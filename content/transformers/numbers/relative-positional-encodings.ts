/**
 * Computes the numbers of "Relative Positional Encodings": labels of offsets, and one score on each side of the query.
 */

import { at } from "#figures/at.ts";
import { selfAttention } from "../models/attention.ts";
import { slopesOf } from "../models/linear-bias.ts";
import {
  bucketOf,
  bucketStarts,
  clipOffset,
  clippedOffsets,
  relativeScore,
  t5Encoder,
} from "../models/relative-position.ts";

/** Labels for five tokens at clipping distance 2; rows are queries. */
export const labels = clippedOffsets(5, 2);
/** Rows of a table of offset vectors, by clipping distance. */
export const rows = { sixteen: 2 * 16 + 1 };

const attention = selfAttention();
/** The query of *mouse* and the key of *cat*. */
export const query = at(attention.query, 2);
export const key = at(attention.key, 0);
/** Vectors added to the key one position to the left of the query, and one position to the right. */
export const vector = { left: [0.5, 0.5], right: [0, -1] };
const moved = (by: readonly number[]) => key.map((value, index) => value + at(by, index));
export const movedKey = { left: moved(vector.left), right: moved(vector.right) };
export const score = {
  left: relativeScore(query, key, vector.left),
  right: relativeScore(query, key, vector.right),
};

/** T5's buckets in an encoder. */
export const bucket = {
  left7: bucketOf(-7),
  left8: bucketOf(-8),
  left10: bucketOf(-10),
  left11: bucketOf(-11),
  left12: bucketOf(-12),
  right1: bucketOf(1),
  right8: bucketOf(8),
  right10: bucketOf(10),
};
export const starts = bucketStarts();
/** One number per bucket and head: T5-base has 12 heads. */
export const biases = t5Encoder.count * 12;

/** The figure's first state: query 100, key 89; the penalty is that of head 4 of 8. */
export const initial = {
  offset: 89 - 100,
  clipped: clipOffset(89 - 100, 2),
  penalty: at(slopesOf(8), 3) * (100 - 89),
};
