/** Computes attention over the same words in a different order, with and without positions. */

import { entry, type Matrix } from "#figures/matrices.ts";
import { catAteMouse, selfAttention } from "./attention.ts";

/** Indices into the tokens of `catAteMouse`, in text order: `[2, 1, 0]` is *mouse ate cat*. */
export type Order = readonly number[];

/** p_t of the worked example, t from 0: the fastest pair of a sinusoidal encoding. */
export const positionVector = (t: number): readonly [number, number] => [Math.sin(t), Math.cos(t)];

export interface Reading {
  readonly hasPositions?: boolean;
  readonly causal?: boolean;
  /** How often the same toy head is applied, each output being the next input; there is no residual connection. */
  readonly layers?: number;
}

/** The output vector at each position, n x 2. */
export function readInOrder(order: Order, { hasPositions = false, causal = false, layers = 1 }: Reading = {}): Matrix {
  const { wQuery, wKey, wValue } = catAteMouse;
  let x: Matrix = order.map((token, place) => {
    const position = hasPositions ? positionVector(place) : [0, 0];
    return position.map((value, column) => entry(catAteMouse.x, token, column) + value);
  });
  for (let layer = 0; layer < layers; layer++) x = selfAttention({ x, wQuery, wKey, wValue }, { causal }).output;
  return x;
}

/** Mean over the rows: a readout that ignores order. */
export const meanOfRows = (matrix: Matrix): readonly number[] =>
  (matrix[0] ?? []).map((_, column) => matrix.reduce((sum, row) => sum + (row[column] ?? 0), 0) / matrix.length);

/** Equal up to rounding. */
export const isSameVector = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((value, index) => Math.abs(value - (other[index] ?? 0)) < 1e-9);

/** Moves the token at position `from` to position `to`; those in between shift by one. */
export function moveToken(order: Order, from: number, to: number): Order {
  const rest = order.filter((_, place) => place !== from);
  return [...rest.slice(0, to), ...order.slice(from, from + 1), ...rest.slice(to)];
}
