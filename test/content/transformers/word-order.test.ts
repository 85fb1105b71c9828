/** Checks the numbers of the chapter on positional encodings. */
import { describe, expect, test } from "vitest";
import {
  isSameVector,
  meanOfRows,
  moveToken,
  type Order,
  positionVector,
  type Reading,
  readInOrder,
} from "../../../content/transformers/models/word-order.ts";

const catAteMouse: Order = [0, 1, 2];
const mouseAteCat: Order = [2, 1, 0];
const ateCatMouse: Order = [1, 0, 2];
const orders: readonly Order[] = [catAteMouse, mouseAteCat, ateCatMouse, [0, 2, 1], [1, 2, 0], [2, 0, 1]];

const rounded = (values: readonly number[] = []) => values.map((value) => Number(value.toFixed(4)));
const read = (order: Order, reading?: Reading) => readInOrder(order, reading).map(rounded);
const mean = (order: Order, reading?: Reading) => rounded(meanOfRows(readInOrder(order, reading)));

describe("without positions", () => {
  test("mouse ate cat has the rows of cat ate mouse in reverse, and the same mean", () => {
    expect(read(catAteMouse)).toEqual([
      [0.7517, 1.5035],
      [0.5989, 1.6044],
      [0.716, 1.7199],
    ]);
    expect(read(mouseAteCat)).toEqual([...read(catAteMouse)].reverse());
    expect([mean(catAteMouse), mean(mouseAteCat)]).toEqual([
      [0.6889, 1.6093],
      [0.6889, 1.6093],
    ]);
  });

  test.each(orders)("order %i %i %i: each word keeps its vector through one layer and through two", (...order) => {
    for (const layers of [1, 2]) {
      const before = readInOrder(catAteMouse, { layers });
      for (const [place, vector] of readInOrder(order, { layers }).entries()) {
        expect(isSameVector(vector, before[order[place] ?? 0] ?? [])).toBe(true);
      }
    }
  });
});

test("p_t is (sin t, cos t)", () => {
  expect([0, 1, 2].map((t) => rounded(positionVector(t)))).toEqual([
    [0, 1],
    [0.8415, 0.5403],
    [0.9093, -0.4161],
  ]);
});

test("with positions every vector and the mean change with the order", () => {
  const reading = { hasPositions: true };
  expect(read(catAteMouse, reading)).toEqual([
    [1.165, 2.3007],
    [1.1013, 2.4215],
    [1.2448, 2.1897],
  ]);
  expect(read(mouseAteCat, reading)).toEqual([
    [0.968, 3.7296],
    [0.9725, 3.6359],
    [1.0926, 3.0112],
  ]);
  expect([mean(catAteMouse, reading), mean(mouseAteCat, reading)]).toEqual([
    [1.1704, 2.3039],
    [1.011, 3.4589],
  ]);
});

test("under a causal mask the last word sees the order of the others from the second layer on", () => {
  const last = (order: Order, layers: number) => read(order, { causal: true, layers })[2];
  expect([last(catAteMouse, 1), last(ateCatMouse, 1)]).toEqual([
    [0.716, 1.7199],
    [0.716, 1.7199],
  ]);
  expect([last(catAteMouse, 2), last(ateCatMouse, 2)]).toEqual([
    [0.6166, 3.0832],
    [0.3543, 3.548],
  ]);
});

test("a word moves to a place, and the others close up", () => {
  expect(moveToken(mouseAteCat, 0, 2)).toEqual([1, 0, 2]);
  expect(moveToken(mouseAteCat, 2, 0)).toEqual([0, 2, 1]);
  expect(moveToken(mouseAteCat, 1, 1)).toEqual(mouseAteCat);
});
