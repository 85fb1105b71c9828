/**
 * Partitions a square token map into windows, regular and shifted (Liu et al., arXiv:2103.14030, section 3.2). The
 * functions take coordinates along one side, because both sides are partitioned equally.
 */

export interface Partition {
  /** Tokens along a side of the map, a multiple of `window`. */
  readonly side: number;
  /** M, the tokens along a side of a window. */
  readonly window: number;
  /** Tokens by which the grid is shifted towards the end; less than `window`. */
  readonly shift: number;
}

/** The paper's shift, half a window; 0 if the map is a single window. */
export const halfWindow = (side: number, window: number): number => (window < side ? Math.floor(window / 2) : 0);

/** Index, from 0, of the window that contains a coordinate; a shifted grid has a partial window at either end. */
export const windowAt = (place: number, { window, shift }: Partition): number =>
  Math.floor((place + ((window - shift) % window)) / window);

/** A coordinate after the cyclic shift of the map; tokens pushed off the start reappear at the end. */
export const rolledPlace = (place: number, { side, shift }: Partition): number => (place - shift + side) % side;

/**
 * Index, from 0, of the window that contains a coordinate after the cyclic shift: all are full, and one may combine two
 * partial windows.
 */
export const rolledWindowAt = (place: number, partition: Partition): number =>
  Math.floor(rolledPlace(place, partition) / partition.window);

/** All coordinates of a side, from 0. */
export const placesOf = (side: number): readonly number[] => Array.from({ length: side }, (_, place) => place);

/** Size of each window along a side, in order. */
export function windowSizes(partition: Partition): readonly number[] {
  const sizes: number[] = [];
  for (const place of placesOf(partition.side)) {
    const window = windowAt(place, partition);
    sizes[window] = (sizes[window] ?? 0) + 1;
  }
  return sizes;
}

/**
 * For each window after the cyclic shift, row by row: how many separate windows it combines, which a mask separates.
 */
export function regionsInRolledWindows(partition: Partition): readonly number[] {
  const along = placesOf(partition.side / partition.window).map((rolled) => {
    const inside = placesOf(partition.side).filter((place) => rolledWindowAt(place, partition) === rolled);
    return new Set(inside.map((place) => windowAt(place, partition))).size;
  });
  return along.flatMap((rows) => along.map((columns) => rows * columns));
}

export interface Scores {
  /** Global attention: every token attends to every token. */
  readonly global: number;
  /** Every window, with partial windows padded to M². */
  readonly padded: number;
  /** Computed with the cyclic shift. */
  readonly rolled: number;
  /** Of `rolled`, those that are not masked. */
  readonly used: number;
}

/** Attention scores that one head computes for the whole map. */
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

/**
 * Receptive field along a side: the coordinates whose information reaches `place` through blocks with these partitions,
 * first block first.
 */
export function heardAlong(place: number, blocks: readonly Partition[]): readonly number[] {
  let heard: readonly number[] = [place];
  for (const partition of [...blocks].reverse()) {
    const windows = new Set(heard.map((one) => windowAt(one, partition)));
    heard = placesOf(partition.side).filter((other) => windows.has(windowAt(other, partition)));
  }
  return heard;
}

/** Multiply-adds of global attention over h x w tokens of width C, without the softmax; equation 1 of the paper. */
export const globalWork = (h: number, w: number, c: number): number => 4 * h * w * c ** 2 + 2 * (h * w) ** 2 * c;

/** The same for windows of M x M tokens; equation 2. */
export const windowWork = (h: number, w: number, c: number, window: number): number =>
  4 * h * w * c ** 2 + 2 * window ** 2 * h * w * c;

export interface Stage {
  /** h = w, in tokens. */
  readonly side: number;
  /** C */
  readonly width: number;
  /** Side of a token in pixels of the image. */
  readonly pixels: number;
}

/** The stages of Swin-T and Swin-S for a square image: patches of 4 x 4 pixels, merged 2 x 2 after each stage. */
export const swinStages = (imageSide = 224, width = 96): readonly Stage[] =>
  [1, 2, 4, 8].map((merged) => ({ side: imageSide / (4 * merged), width: width * merged, pixels: 4 * merged }));
