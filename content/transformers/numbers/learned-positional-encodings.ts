/**
 * Computes the numbers of "Learned Positional Encodings": updates of six rows, four rows interpolated to seven, and
 * table sizes of real models.
 */

import { stretchRows, updatesPerRow } from "../models/position-table.ts";

const texts = [2, 4, 3, 4, 2];

export const updates = updatesPerRow(texts, 6);

/** The first coordinate of the trained rows, and its interpolation to seven positions. */
export const trained = [0, 2, 6, 8];
export const stretched = stretchRows(trained, 7);

/** Parameters of a table: rows times width. */
export const sizes = {
  bertBase: 512 * 768,
  gpt2Small: 1024 * 768,
  gpt3: 2048 * 12_288,
  vitBase: (14 ** 2 + 1) * 768,
  question: 4096 * 1024,
};

/** Percent of the parameters of GPT-2 small, whose output layer shares the token table. */
export const share = (100 * sizes.gpt2Small) / 124_439_808;

/** Patches of 16 pixels along a side of an image, and in total. */
const patchesAt = (pixels: number) => ({ side: pixels / 16, all: (pixels / 16) ** 2 });
export const patches = { small: patchesAt(224), large: patchesAt(384) };
