/**
 * Checks shifted windows: what a cyclic shift keeps together, what the mask separates, how far information travels, and
 * the cost.
 */
import { expect, test } from "vitest";
import {
  countScores,
  globalWork,
  halfWindow,
  heardAlong,
  type Partition,
  placesOf,
  regionsInRolledWindows,
  rolledPlace,
  rolledWindowAt,
  swinStages,
  windowAt,
  windowSizes,
  windowWork,
} from "../../../content/transformers/models/shifted-windows.ts";

const regular: Partition = { side: 8, window: 4, shift: 0 };
const shifted: Partition = { ...regular, shift: 2 };

test("a shifted grid has one window more along a side, a rolled one has as many as before", () => {
  expect(windowSizes(regular)).toEqual([4, 4]);
  expect(windowSizes(shifted)).toEqual([2, 4, 2]);
  expect(new Set(placesOf(8).map((place) => rolledWindowAt(place, shifted)))).toEqual(new Set([0, 1]));
  expect(windowSizes({ side: 56, window: 7, shift: 3 })).toEqual([3, 7, 7, 7, 7, 7, 7, 7, 4]);
});

test("rolled windows of the 8 x 8 map hold 1, 2, 2 and 4 pieces that must not see each other", () => {
  expect(regionsInRolledWindows(shifted)).toEqual([1, 2, 2, 4]);
  expect(regionsInRolledWindows(regular)).toEqual([1, 1, 1, 1]);
});

test("rolling moves the first places to the end, and never parts two tokens of a window", () => {
  expect(placesOf(8).map((place) => rolledPlace(place, shifted))).toEqual([6, 7, 0, 1, 2, 3, 4, 5]);
  for (const one of placesOf(8)) {
    for (const other of placesOf(8)) {
      if (windowAt(one, shifted) !== windowAt(other, shifted)) continue;
      expect(rolledWindowAt(one, shifted)).toBe(rolledWindowAt(other, shifted));
    }
  }
});

test("the mask leaves exactly the pairs that share a window of the image", () => {
  const pairs = placesOf(8).flatMap((one) => placesOf(8).map((other) => [one, other] as const));
  const kept = pairs.filter(([one, other]) => windowAt(one, shifted) === windowAt(other, shifted)).length;
  expect(countScores(shifted)).toEqual({ global: 4096, padded: 2304, rolled: 1024, used: kept ** 2 });
  expect(kept ** 2).toBe(576);
  expect(countScores(regular)).toEqual({ global: 4096, padded: 1024, rolled: 1024, used: 1024 });
});

test("half a window, rounded down, and none where the map is one window", () => {
  expect([halfWindow(56, 7), halfWindow(8, 4), halfWindow(7, 7)]).toEqual([3, 2, 0]);
});

test("news crosses a border only where the grid moves", () => {
  expect(heardAlong(0, [regular, regular, regular, regular])).toEqual([0, 1, 2, 3]);
  expect(heardAlong(0, [regular, shifted])).toEqual([0, 1, 2, 3]);
  expect(heardAlong(0, [regular, shifted, regular])).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(heardAlong(0, [shifted, regular])).toEqual([0, 1, 2, 3, 4, 5]);
  expect(heardAlong(3, [regular, shifted])).toHaveLength(8);
});

test("the work of the four stages of Swin-T, and where windows save nothing", () => {
  const work = swinStages().map(({ side, width }) => [globalWork(side, side, width), windowWork(side, side, width, 7)]);
  expect(work).toEqual([
    [2_003_828_736, 145_108_992],
    [351_633_408, 130_357_248],
    [145_108_992, 122_981_376],
    [119_293_440, 119_293_440],
  ]);
});
