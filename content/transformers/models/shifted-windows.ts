/** Windows on a square map of tokens, as they are and shifted (Liu et al., arXiv:2103.14030, section 3.2). Everything is said of one side; a window is the same on both. */

export interface Partition {
  /** Tokens along a side of the map, a multiple of the window. */
  readonly side: number;
  /** M, tokens along a side of a window. */
  readonly window: number;
  /** By how many tokens the grid is moved towards the end; less than the window. */
  readonly shift: number;
}

/** The shift of the paper, half a window; a map that is a single window is not shifted. */
export const halfWindow = (side: number, window: number): number => (window < side ? Math.floor(window / 2) : 0);

/** Number, from 0, of the window that holds a place; a shifted grid has one that is not whole at either end. */
export const windowAt = (place: number, { window, shift }: Partition): number =>
  Math.floor((place + ((window - shift) % window)) / window);

/** Where a place stands once the map has been rolled back by the shift; what falls off the start comes in at the end. */
export const rolledPlace = (place: number, { side, shift }: Partition): number => (place - shift + side) % side;

/** Number, from 0, of the window that holds a place after rolling: all are whole, and one may hold two that were not. */
export const rolledWindowAt = (place: number, partition: Partition): number =>
  Math.floor(rolledPlace(place, partition) / partition.window);

/** All places of a side, from 0. */
export const placesOf = (side: number): readonly number[] => Array.from({ length: side }, (_, place) => place);

/** How many places of a side each window holds, in order. */
export function windowSizes(partition: Partition): readonly number[] {
  const sizes: number[] = [];
  for (const place of placesOf(partition.side)) {
    const window = windowAt(place, partition);
    sizes[window] = (sizes[window] ?? 0) + 1;
  }
  return sizes;
}

/** For each rolled window of the map, row by row: how many separate windows it holds, which a mask keeps apart. */
export function regionsInRolledWindows(partition: Partition): readonly number[] {
  const along = placesOf(partition.side / partition.window).map((rolled) => {
    const inside = placesOf(partition.side).filter((place) => rolledWindowAt(place, partition) === rolled);
    return new Set(inside.map((place) => windowAt(place, partition))).size;
  });
  return along.flatMap((rows) => along.map((columns) => rows * columns));
}

export interface Scores {
  /** Every token with every token of the map. */
  readonly global: number;
  /** Every window, also those that are not whole, filled up to M². */
  readonly padded: number;
  /** As rolled windows are computed. */
  readonly rolled: number;
  /** Of those, what the mask leaves. */
  readonly used: number;
}

/** How many scores one head computes for the whole map. */
export function countScores(partition: Partition): Scores {
  const { side, window } = partition;
  const sizes = windowSizes(partition);
  return {
    global: side ** 4,
    padded: sizes.length ** 2 * window ** 4,
    rolled: side ** 2 * window ** 2,
    used: sizes.reduce((sum, size) => sum + size ** 2, 0) ** 2,
  };
}

/** The places of a side that a place has heard of, directly or not, after blocks with these partitions, first block first. */
export function heardAlong(place: number, blocks: readonly Partition[]): readonly number[] {
  let heard: readonly number[] = [place];
  for (const partition of [...blocks].reverse()) {
    const windows = new Set(heard.map((one) => windowAt(one, partition)));
    heard = placesOf(partition.side).filter((other) => windows.has(windowAt(other, partition)));
  }
  return heard;
}

/** Multiply-adds of attention over h x w tokens of width C, softmax left out; equations 1 and 2 of the paper. */
export const globalWork = (h: number, w: number, c: number): number => 4 * h * w * c ** 2 + 2 * (h * w) ** 2 * c;

/** The same in windows of M x M tokens. */
export const windowWork = (h: number, w: number, c: number, window: number): number =>
  4 * h * w * c ** 2 + 2 * window ** 2 * h * w * c;

export interface Stage {
  /** h = w, in tokens. */
  readonly side: number;
  /** C */
  readonly width: number;
  /** Pixels of the image along a side of a token. */
  readonly pixels: number;
}

/** The stages of Swin-T and Swin-S for a square image: patches of 4 x 4 pixels, merged two by two after each stage. */
export const swinStages = (imageSide = 224, width = 96): readonly Stage[] =>
  [1, 2, 4, 8].map((merged) => ({ side: imageSide / (4 * merged), width: width * merged, pixels: 4 * merged }));
