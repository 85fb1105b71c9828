/** A table of learned positions: which rows a pass over the training texts reaches, and how a table is stretched to more positions. */

import { at } from "#figures/at.ts";

/** Updates that each of `rows` rows gets from one pass over texts of these lengths: row t one from each text longer than t. */
export const updatesPerRow = (lengths: readonly number[], rows: number): number[] =>
  Array.from({ length: rows }, (_, row) => lengths.filter((length) => length > row).length);

/**
 * The values of one coordinate, row by row, stretched to `rows` rows by linear interpolation: the first
 * and the last stay what they are (ViT does the same in two directions, Dosovitskiy et al. 2021, section 3.2).
 */
export function stretchRows(values: readonly number[], rows: number): number[] {
  if (rows === 1) return values.slice(0, 1);
  return Array.from({ length: rows }, (_, row) => {
    const place = (row * (values.length - 1)) / (rows - 1);
    const before = Math.floor(place);
    const share = place - before;
    // On the last row there is nothing behind, and nothing of it is needed.
    return share === 0 ? at(values, before) : (1 - share) * at(values, before) + share * at(values, before + 1);
  });
}
