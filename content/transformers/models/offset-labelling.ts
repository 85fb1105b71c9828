/** Defines labellings of offsets and finds runs of neighbouring keys with the same label. */

import { bucketOf, clipOffset } from "./relative-position.ts";

/** Maps offsets, key position minus query position, to labels. */
export interface Labelling {
  readonly title: string;
  readonly name: string;
  labelOf(offset: number): number;
  /** From 0 at the query to 1 at the farthest label. */
  farnessOf(label: number): number;
}

export const clippedAt = (distance: number): Labelling => ({
  title: `clipped at ${distance}: ${2 * distance + 1} vectors in a table`,
  name: "label",
  labelOf: (offset) => clipOffset(offset, distance),
  farnessOf: (clipped) => Math.abs(clipped) / distance,
});

/** T5's labelling in an encoder: as many buckets to the right as to the left. */
export const inBuckets = (count: number, farthest: number): Labelling => ({
  title: `T5: ${count} numbers per head`,
  name: "bucket",
  labelOf: (offset) => bucketOf(offset, { count, farthest, sides: 2 }),
  farnessOf: (bucket) => (bucket % (count / 2)) / (count / 2 - 1),
});

/** Neighbouring keys with the same label, by position, both ends included. */
export interface Run {
  readonly label: number;
  readonly from: number;
  readonly to: number;
}

/** Partitions all `positions` keys, as labelled from the query, into runs from left to right. */
export function runsOf({ labelOf }: Labelling, query: number, positions: number): readonly Run[] {
  const runs: Run[] = [];
  for (let position = 0; position < positions; position++) {
    const label = labelOf(position - query);
    const before = runs.at(-1);
    if (before?.label === label) runs[runs.length - 1] = { ...before, to: position };
    else runs.push({ label, from: position, to: position });
  }
  return runs;
}
