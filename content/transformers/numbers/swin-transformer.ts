/**
 * Computes the numbers of "Swin Transformer": windows on a small map, the cost of four stages, and a token's receptive
 * field.
 */

import { at } from "#figures/at.ts";
import {
  countScores,
  globalWork,
  halfWindow,
  heardAlong,
  type Partition,
  regionsInRolledWindows,
  swinStages,
  windowSizes,
  windowWork,
} from "../models/shifted-windows.ts";

/** Tokens of a 224-pixel image with patches of 16 and of 4 pixels, and the number of pairs. */
const tokens = [16, 4].map((patch) => (224 / patch) ** 2);
export const coarse = { tokens: at(tokens, 0), pairs: at(tokens, 0) ** 2 };
export const fine = { tokens: at(tokens, 1), pairs: at(tokens, 1) ** 2 };
export const times = { pairs: fine.pairs / coarse.pairs };

/** The worked example: 8 x 8 tokens, windows of 4, shifted by 2. */
const regular: Partition = { side: 8, window: 4, shift: 0 };
const shifted: Partition = { ...regular, shift: halfWindow(8, 4) };
export const sizes = windowSizes(shifted);
export const regions = regionsInRolledWindows(shifted);
export const scores = countScores(shifted);

/** Receptive field of the figure's token, row 3 and column 7, after two blocks. */
export const heard = heardAlong(2, [regular, shifted]).length * heardAlong(6, [regular, shifted]).length;

/** Windows of the first stage: regular, and shifted without the cyclic shift. */
const first: Partition = { side: 56, window: 7, shift: 0 };
export const shift = halfWindow(56, 7);
export const windows = {
  regular: windowSizes(first).length ** 2,
  shifted: windowSizes({ ...first, shift }).length ** 2,
};

const stages = swinStages();
export const side = stages.map((stage) => stage.side);
export const width = stages.map((stage) => stage.width);
/** Pixels of the image along a side of a window. */
export const span = stages.map(({ pixels }) => 7 * pixels);
/** Millions of multiply-adds in one block's attention. */
const million = (work: number): number => work / 1e6;
export const everywhere = stages.map((stage) => million(globalWork(stage.side, stage.side, stage.width)));
export const inWindows = stages.map((stage) => million(windowWork(stage.side, stage.side, stage.width, 7)));
export const ratio = everywhere.map((work, index) => work / at(inWindows, index));

/** Terms of the first stage: projections, global comparison, and comparison in windows. */
const [projecting, comparing, comparingNear] = [4 * 56 ** 2 * 96 ** 2, 2 * 56 ** 4 * 96, 2 * 49 * 56 ** 2 * 96];
export const terms = { projecting, comparing, comparingNear };

/** The whole block of the first stage, global relative to windows: its MLP of inner width 4C costs 8hwC². */
const mlp = 8 * 56 ** 2 * 96 ** 2;
export const blockRatio = (projecting + comparing + mlp) / (projecting + comparingNear + mlp);

/** Rows and columns of the bias table, and its entries per head. */
export const offsets = 2 * 7 - 1;
export const biases = offsets ** 2;
