/**
 * Maps the offset between a key and a query to a label (Shaw et al. 2018, section 3.2; Raffel et al. 2020, section
 * 2.1).
 */

import { clamp } from "#figures/interactive.ts";

/** The offset, key position minus query position, clipped to ±`distance`: one of 2·distance + 1 labels. */
export const clipOffset = (offset: number, distance: number): number => clamp(offset, -distance, distance);

/** Entry (i, j) is the clipped offset from query i to key j; n x n. */
export const clippedOffsets = (n: number, distance: number): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => clipOffset(j - i, distance)));

export interface Buckets {
  /** All buckets, of both sides if there are two. */
  readonly count: number;
  /**
   * From this distance on, every offset is in the last bucket of its side. Greater than the number of exact buckets per
   * side.
   */
  readonly farthest: number;
  /**
   * An encoder attends to both sides and gives each half of the buckets; a decoder uses all of them for preceding keys.
   */
  readonly sides: 1 | 2;
}

/** The values T5 was trained with. */
export const t5Encoder: Buckets = { count: 32, farthest: 128, sides: 2 };

/**
 * T5's bucket of an offset, key position minus query position. Half of a side's buckets contain one distance each; the
 * rest grow logarithmically. With one side, keys to the right are in bucket 0, but masked.
 */
export function bucketOf(offset: number, { count, farthest, sides }: Buckets = t5Encoder): number {
  const perSide = count / sides;
  const exact = perSide / 2;
  const isRight = sides === 2 && offset > 0;
  const distance = sides === 2 ? Math.abs(offset) : Math.max(0, -offset);
  const logarithmic = () => {
    const share = Math.log(distance / exact) / Math.log(farthest / exact);
    // A distance on a boundary belongs to the farther bucket, even if the logarithms are rounded down.
    return Math.min(perSide - 1, exact + Math.floor(share * (perSide - exact) + 1e-9));
  };
  return (isRight ? perSide : 0) + (distance < exact ? distance : logarithmic());
}

/** The smallest distance in each bucket of one side, from bucket 0 on. */
export function bucketStarts(buckets: Buckets = t5Encoder): number[] {
  const starts: number[] = [];
  for (let distance = 0; starts.length < buckets.count / buckets.sides; distance++) {
    if (bucketOf(-distance, buckets) === starts.length) starts.push(distance);
  }
  return starts;
}

/** Score of a query (d) for a key (d) plus the vector of their offset (d), divided by √d. */
export const relativeScore = (
  query: readonly number[],
  key: readonly number[],
  ofOffset: readonly number[] = [],
): number =>
  query.reduce((sum, value, index) => sum + value * ((key[index] ?? 0) + (ofOffset[index] ?? 0)), 0) /
  Math.sqrt(query.length);
