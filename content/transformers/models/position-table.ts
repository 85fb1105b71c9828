/** Counts the updates of each row of a table of learned positions, and interpolates the table to more positions. */

import { at } from "#figures/at.ts";

/**
 * Updates of each of `rows` rows in one pass over texts of these lengths: row t gets one from each text longer than t.
 */
export const updatesPerRow = (lengths: readonly number[], rows: number): number[] =>
  Array.from({ length: rows }, (_, row) => lengths.filter((length) => length > row).length);

/**
 * Interpolates the values of one coordinate linearly to `rows` rows; the first and the last are unchanged (ViT
 * interpolates in two dimensions, Dosovitskiy et al. 2021, section 3.2).
 */
export function stretchRows(values: readonly number[], rows: number): number[] {
  if (rows === 1) return values.slice(0, 1);
  return Array.from({ length: rows }, (_, row) => {
    const place = (row * (values.length - 1)) / (rows - 1);
    const before = Math.floor(place);
    const share = place - before;
    // The last row has no successor and needs none.
    return share === 0 ? at(values, before) : (1 - share) * at(values, before) + share * at(values, before + 1);
  });
}
