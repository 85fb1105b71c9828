/** Every figure that can be touched, in a real browser: taken over without a jolt, moved by keyboard and by pointer, told in numbers. */
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, repository, type World } from "../world.ts";
import { auditAccessibility, openBrowser, openPage, phone } from "./browser.ts";
import { createHand, type FigureJourney } from "./figure-journey.ts";

const folder = join(import.meta.dirname, "figures");
const journeys: [string, FigureJourney][] = await Promise.all(
  readdirSync(folder).map(async (file) => [basename(file, ".ts"), (await import(join(folder, file))).journey] as const),
).then((all) => all.map(([name, journey]) => [name, journey]));

let world: World;
let browser: Browser;
beforeAll(async () => {
  world = await openWorld(repository, { now: "2026-12-01T00:00:00Z" });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

test("every figure that a page takes over has a journey", () => {
  expect(Object.keys(world.manifest.assets.figureScripts)).toEqual(journeys.map(([name]) => name).sort());
});

const open = async (name: string, { path }: FigureJourney, viewport?: typeof phone) => {
  const { page, complaints } = await openPage(browser, world.url + path, viewport ? { viewport } : {});
  const place = page.locator(`[data-figure="${name}"]`);
  await page.locator(`[data-figure="${name}"][data-live]`).waitFor();
  return { page, complaints, place, hand: createHand(page, place) };
};

describe.each(journeys)("%s", (name, journey) => {
  test("by keyboard: it says what it shows, nothing moves on the page, axe finds nothing", async () => {
    const { page, complaints, hand } = await open(name, journey);
    await hand.says(journey.says);
    await journey.keyboard(hand);
    const shift = await page.evaluate<number>(`
      new Promise((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
      })`);
    expect(shift).toBe(0);
    expect(await auditAccessibility(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("by pointer, on a phone", async () => {
    const { page, complaints, hand } = await open(name, journey, phone);
    await journey.pointer(hand);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
