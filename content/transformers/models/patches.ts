/**
 * Cuts images into sequences of patches (Dosovitskiy et al., arXiv:2010.11929, section 3.1) and counts ViT parameters.
 */

import { type Matrix, multiply, sum } from "#figures/matrices.ts";
import { blockParameters } from "./model-sizes.ts";

/**
 * Cuts a one-channel image (height x width) into patches of side P, row by row, each flattened row by row: N x P². Both
 * sides are multiples of P.
 */
export function cutIntoPatches(image: Matrix, side: number): number[][] {
  const patches: number[][] = [];
  for (let top = 0; top < image.length; top += side) {
    for (let left = 0; left < (image[0]?.length ?? 0); left += side) {
      patches.push(image.slice(top, top + side).flatMap((row) => row.slice(left, left + side)));
    }
  }
  return patches;
}

/** The worked example: 4 x 4 pixels with the values 0 to 15. */
export const smallImage: Matrix = [0, 4, 8, 12].map((start) => [start, start + 1, start + 2, start + 3]);

/**
 * The worked example's projection for patches of side P, P² x 2: as on a chessboard, white pixels contribute to the
 * first coordinate, black pixels to the second.
 */
export const chessProjection = (side: number): number[][] =>
  Array.from({ length: side * side }, (_, pixel) =>
    ((pixel % side) + Math.floor(pixel / side)) % 2 === 0 ? [1, 0] : [0, 1],
  );

/** The patches of the small image as vectors of width 2. */
export const embedSmallImage = (side: number): Matrix =>
  multiply(cutIntoPatches(smallImage, side), chessProjection(side));

/** Counts for a square image and patches with the given sides in pixels, three channels. */
export function countPatches(image: number, patch: number) {
  const patches = (image / patch) ** 2;
  return {
    patches,
    /** With the class token. */
    tokens: patches + 1,
    numbersPerPatch: 3 * patch ** 2,
    /** Every ordered pair of patches. */
    pairs: patches ** 2,
  };
}

/** Parameters of a ViT for images of 224 pixels, with a linear head for 1,000 classes. */
export function vitParameters({ patch, layers, width }: { patch: number; layers: number; width: number }) {
  const { numbersPerPatch, tokens } = countPatches(224, patch);
  const parts = {
    projection: numbersPerPatch * width + width,
    classToken: width,
    positions: tokens * width,
    blocks: layers * blockParameters(width),
    lastNorm: 2 * width,
    head: 1000 * width + 1000,
  };
  return { ...parts, all: sum(Object.values(parts)) };
}
