/** Numbers of "ViT": four patches by hand, what real images make, and where the parameters sit. */

import {
  chessProjection,
  countPatches,
  cutIntoPatches,
  embedSmallImage,
  smallImage,
  vitParameters,
} from "../models/patches.ts";

/** P = 2. */
export const patch = cutIntoPatches(smallImage, 2);
export const projection = chessProjection(2);
export const token = embedSmallImage(2);

/** If every pixel of a 224-pixel image were a token. */
export const pixels = countPatches(224, 1);
export const coarse = countPatches(224, 32);
export const usual = countPatches(224, 16);
/** Fine-tuning. */
export const large = countPatches(384, 16);
/** The dashed frame of the figure. */
export const largest = countPatches(512, 16);
export const ratio = usual.pairs / coarse.pairs;

export const base = vitParameters({ patch: 16, layers: 12, width: 768 });
