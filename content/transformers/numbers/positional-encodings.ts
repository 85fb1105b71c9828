/** Computes the numbers of "Positional Encodings": the same words in another order, with and without positions. */

import { entry } from "#figures/matrices.ts";
import { catAteMouse } from "../models/attention.ts";
import { meanOfRows, type Order, positionVector, type Reading, readInOrder } from "../models/word-order.ts";

const catFirst: Order = [0, 1, 2];
const mouseFirst: Order = [2, 1, 0];
const ateFirst: Order = [1, 0, 2];

const read = (order: Order, reading?: Reading) => {
  const outputs = readInOrder(order, reading);
  return { outputs, mean: meanOfRows(outputs) };
};

/** Outputs by position, and their mean. */
export const without = { catFirst: read(catFirst), mouseFirst: read(mouseFirst) };
export const withPositions = {
  catFirst: read(catFirst, { hasPositions: true }),
  mouseFirst: read(mouseFirst, { hasPositions: true }),
};

/** p_0, p_1, p_2. */
export const positions = [0, 1, 2].map(positionVector);

/** *Cat* plus the vector of a position. */
const catAt = (place: number) => positionVector(place).map((value, column) => value + entry(catAteMouse.x, 0, column));
export const catEnters = { first: catAt(0), last: catAt(2) };

/** Output of *mouse* in last position with a causal mask, after one layer and after two. */
const mouseLast = (order: Order, layers: number) => readInOrder(order, { causal: true, layers })[2];
export const masked = {
  oneLayer: { catFirst: mouseLast(catFirst, 1), ateFirst: mouseLast(ateFirst, 1) },
  twoLayers: { catFirst: mouseLast(catFirst, 2), ateFirst: mouseLast(ateFirst, 2) },
};
