/**
 * Operates every interactive figure in a real browser: hydrated without a layout shift, changed by keyboard and by
 * pointer, described in numbers.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ownLibrary } from "../own-library.ts";
import { openWorld, repository, type World } from "../world.ts";
import { auditPart, fontsLoaded, hasFetchedFonts, openBrowser, openPage, phone, type WatchedPage } from "./browser.ts";
import { createHand, type FigureJourney, locatedPlace } from "./figure-journey.ts";
import { books, journeys } from "./figure-journeys.ts";

let world: World;
let browser: Browser;
/** One tab for each kind of test: going to another page takes half the time of opening a tab, whose cache is empty. */
let desk: WatchedPage;
let touched: WatchedPage;
let scriptless: WatchedPage;
beforeAll(async () => {
  world = await openWorld(ownLibrary, { now: "2026-12-01T00:00:00Z" });
  browser = await openBrowser();
  const open = (options: BrowserContextOptions) => openPage(browser, `${world.url}/robots.txt`, options);
  [desk, touched, scriptless] = await Promise.all([
    open({}),
    open({ viewport: phone }),
    open({ javaScriptEnabled: false }),
  ]);
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

/** Shows the figure in that tab, as it was at first. */
async function show({ page, complaints }: WatchedPage, name: string, { path }: FigureJourney) {
  complaints.length = 0;
  await page.goto(world.url + path);
  await isLive(page, name);
  const place = page.locator(`[data-figure="${name}"]`);
  return { page, complaints, place, hand: createHand(page, locatedPlace(place)) };
}

describe.each(journeys)("%s", (name, journey) => {
  test("by keyboard: it says what it shows, nothing moves on the page, axe finds nothing; on paper, the drawing alone", async () => {
    const { page, complaints, place, hand } = await show(desk, name, journey);
    // Rare fonts of formulas shift the text beside them if they load late. Once they are cached, every shift is the
    // figure's.
    await fontsLoaded(page);
    if (await hasFetchedFonts(page)) {
      await page.reload();
      await isLive(page, name);
    }
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
    expect(await auditPart(page, `[data-figure="${name}"]`)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.emulateMedia({ media: "print" });
    expect(await place.locator("svg").isVisible()).toBe(true);
    expect(await place.locator("form, .ring").filter({ visible: true }).count()).toBe(0);
    await page.emulateMedia({ media: null });
  });

  test("without JavaScript: the drawing alone, with nothing that would not work", async () => {
    const { page } = scriptless;
    await page.goto(world.url + journey.path);
    const place = page.locator(`[data-figure="${name}"]`);
    expect(await place.getByRole("img").isVisible()).toBe(true);
    expect(await place.locator(":is(button, input, [tabindex]):visible").count()).toBe(0);
  });

  test("by pointer, on a phone", async () => {
    const { complaints, hand } = await show(touched, name, journey);
    await journey.pointer(hand);
    expect(complaints).toEqual([]);
  });
});
