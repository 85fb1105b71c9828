/**
 * Operates every interactive figure in a real browser: hydrated without a layout shift, changed by keyboard and by
 * pointer, described in numbers.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ownLibrary } from "../own-library.ts";
import { openWorld, repository, type World } from "../world.ts";
import { auditAccessibility, fontsLoaded, openBrowser, openPage, phone } from "./browser.ts";
import { createHand, type FigureJourney, locatedPlace } from "./figure-journey.ts";
import { books, journeys } from "./figure-journeys.ts";

let world: World;
let browser: Browser;
beforeAll(async () => {
  world = await openWorld(ownLibrary, { now: "2026-12-01T00:00:00Z" });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

test("every figure that a page takes over has a journey, in books that have tests", () => {
  const names = Object.keys(world.manifest.assets.figureScripts).filter((name) =>
    books.some((book) => existsSync(join(repository, "content", book, "figures", `${name}.ts`))),
  );
  expect(names).toEqual(journeys.map(([name]) => name).sort());
});

const isLive = (page: Page, name: string): Promise<void> =>
  page.locator(`[data-figure="${name}"][data-live]`).waitFor();

const open = async (name: string, { path }: FigureJourney, viewport?: typeof phone) => {
  const { page, complaints } = await openPage(browser, world.url + path, viewport ? { viewport } : {});
  const place = page.locator(`[data-figure="${name}"]`);
  await isLive(page, name);
  return { page, complaints, place, hand: createHand(page, locatedPlace(place)) };
};

describe.each(journeys)("%s", (name, journey) => {
  test("by keyboard: it says what it shows, nothing moves on the page, axe finds nothing; on paper, the drawing alone", async () => {
    const { page, complaints, place, hand } = await open(name, journey);
    // Rare fonts of formulas shift the text beside them if they load late. After a reload they are cached, so every
    // shift is the figure's.
    await fontsLoaded(page);
    await page.reload();
    await isLive(page, name);
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
    // The rest of the page has not changed: reading.test.ts audits it.
    expect(await auditAccessibility(page, { part: `[data-figure="${name}"]` })).toEqual([]);
    expect(complaints).toEqual([]);
    await page.emulateMedia({ media: "print" });
    expect(await place.locator("svg").isVisible()).toBe(true);
    expect(await place.locator("form, .ring").filter({ visible: true }).count()).toBe(0);
    await page.context().close();
  });

  test("without JavaScript: the drawing alone, with nothing that would not work", async () => {
    const path = world.url + journey.path;
    const { page } = await openPage(browser, path, { javaScriptEnabled: false });
    const place = page.locator(`[data-figure="${name}"]`);
    expect(await place.getByRole("img").isVisible()).toBe(true);
    expect(await place.locator(":is(button, input, [tabindex]):visible").count()).toBe(0);
    await page.context().close();
  });

  test("by pointer, on a phone", async () => {
    const { page, complaints, hand } = await open(name, journey, phone);
    await journey.pointer(hand);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
