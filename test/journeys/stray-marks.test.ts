/** Checks formulas in lines of text on phones: no mark is separated from its formula, and long formulas still break. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { atLeast, ownLibrary } from "../own-library.ts";
import { openWorld, type World } from "../world.ts";
import { openBrowser } from "./browser.ts";
import { lookForStrayMarks, mathematicalChapters } from "./stray-marks.ts";

let world: World;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([openWorld(ownLibrary, { now: "2026-12-01T00:00:00Z" }), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

test("no line on a phone ends with an opening mark, or starts with another one, next to a formula", async () => {
  const page = await browser.newPage();
  const seen = [];
  for (const path of await mathematicalChapters(world)) {
    seen.push(await lookForStrayMarks(page, world.url + path, [320, 360, 390]));
  }
  expect(seen.flatMap(({ faults }) => faults)).toEqual([]);
  expect(seen.reduce((sum, { broken }) => sum + broken, 0)).toBeGreaterThanOrEqual(atLeast(10));
}, 60_000);
