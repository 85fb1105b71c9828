/** Labels for the offset between a key and a query (Shaw et al. 2018, section 3.2; Raffel et al. 2020, section 2.1). */

import { clamp } from "#figures/interactive.ts";

/** The offset, key position minus query position, kept within ±`distance`: one of 2·distance + 1 labels. */
export const clipOffset = (offset: number, distance: number): number => clamp(offset, -distance, distance);

/** Row i, column j: the clipped offset from query i to key j; n x n. */
export const clippedOffsets = (n: number, distance: number): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => clipOffset(j - i, distance)));

export interface Buckets {
  /** All buckets; both sides together where there are two. */
  readonly count: number;
  /** From this distance on everything is in the last bucket of its side. More than the exact buckets of a side. */
  readonly farthest: number;
  /** An encoder reads both sides and gives each half of the buckets; a decoder has them all for what came before. */
  readonly sides: 1 | 2;
}

/** What T5 was trained with. */
export const t5Encoder: Buckets = { count: 32, farthest: 128, sides: 2 };

/**
 * T5's bucket of an offset, key position minus query position. Half of a side's buckets hold one distance each,
 * the others grow with the logarithm of the distance. With one side, keys to the right are in bucket 0, masked.
 */
export function bucketOf(offset: number, { count, farthest, sides }: Buckets = t5Encoder): number {
  const perSide = count / sides;
  const exact = perSide / 2;
  const isRight = sides === 2 && offset > 0;
  const distance = sides === 2 ? Math.abs(offset) : Math.max(0, -offset);
  const logarithmic = () => {
    const share = Math.log(distance / exact) / Math.log(farthest / exact);
    // A distance on the edge belongs to the farther bucket, whatever the logarithms round to.
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

/** Score of a query (d) and a key (d) to which the vector of their offset (d) is added, divided by √d. */
export const relativeScore = (
  query: readonly number[],
  key: readonly number[],
  ofOffset: readonly number[] = [],
): number =>
  query.reduce((sum, value, index) => sum + value * ((key[index] ?? 0) + (ofOffset[index] ?? 0)), 0) /
  Math.sqrt(query.length);
