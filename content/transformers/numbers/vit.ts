/** Computes the numbers of "ViT": four patches by hand, token counts of real images, and parameters. */

import {
  chessProjection,
  countPatches,
  cutIntoPatches,
  embedSmallImage,
  smallImage,
  vitParameters,
} from "../models/patches.ts";

/** Patches of side P = 2. */
export const patch = cutIntoPatches(smallImage, 2);
export const projection = chessProjection(2);
export const token = embedSmallImage(2);

/** A 224-pixel image with one token per pixel. */
export const pixels = countPatches(224, 1);
export const coarse = countPatches(224, 32);
export const usual = countPatches(224, 16);
/** The resolution used in fine-tuning. */
export const large = countPatches(384, 16);
/** The dashed frame in the figure. */
export const largest = countPatches(512, 16);
export const ratio = usual.pairs / coarse.pairs;

export const base = vitParameters({ patch: 16, layers: 12, width: 768 });
