/** Every figure that can be touched, in a real browser: taken over without a jolt, moved by keyboard and by pointer, told in numbers. */
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, repository, type World } from "../world.ts";
import { auditAccessibility, openBrowser, openPage, phone } from "./browser.ts";
import { createHand, type FigureJourney } from "./figure-journey.ts";

/** Of the books that are there: test/content/<book>/operations/<figure>.ts. */
const folders = readdirSync(join(repository, "content")).map((book) =>
  join(repository, "test/content", book, "operations"),
);
const files = folders
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
const journeys: [string, FigureJourney][] = await Promise.all(
  files.map(async (file) => [basename(file, ".ts"), (await import(file)).journey] as const),
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
    // Rare faces of formulas that come late move the letters beside them: here they are at hand, and only the figure can.
    await page.reload({ waitUntil: "networkidle" });
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

  test("without JavaScript and on paper: the drawing alone, with nothing that would not work", async () => {
    const path = world.url + journey.path;
    const { page } = await openPage(browser, path, { javaScriptEnabled: false });
    const place = page.locator(`[data-figure="${name}"]`);
    expect(await place.getByRole("img").isVisible()).toBe(true);
    expect(await place.locator(":is(button, input, [tabindex]):visible").count()).toBe(0);
    await page.context().close();
    const paper = await open(name, journey);
    await paper.page.emulateMedia({ media: "print" });
    expect(await paper.place.locator("svg").isVisible()).toBe(true);
    expect(await paper.place.locator("form, .ring").filter({ visible: true }).count()).toBe(0);
    await paper.page.context().close();
  });

  test("by pointer, on a phone", async () => {
    const { page, complaints, hand } = await open(name, journey, phone);
    await journey.pointer(hand);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

test("a finger moves a handle, and the page stays where it is", async () => {
  const [name, journey] = journeys.find(([figure]) => figure === "rope-offset") ?? [];
  if (!name || !journey) throw new Error("The figure of RoPE is gone.");
  const { page } = await openPage(browser, world.url + journey.path, {
    viewport: phone,
    hasTouch: true,
    isMobile: true,
  });
  const place = page.locator(`[data-figure="${name}"]`);
  await page.locator(`[data-figure="${name}"][data-live]`).waitFor();
  const reach = place.locator('[data-handle="both"] .reach');
  await reach.scrollIntoViewIfNeeded();
  const box = await reach.boundingBox();
  const drawing = await place.locator("svg").boundingBox();
  if (!box || !drawing) throw new Error("There is nothing to touch.");
  expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(24);
  const before = await page.evaluate<number>("scrollY");
  const client = await page.context().newCDPSession(page);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", right: number) =>
    client.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: type === "touchEnd" ? [] : [{ x: x + right, y: y + right / 2 }],
    });
  await touch("touchStart", 0);
  // Three positions of 29 units each.
  const far = (3 * 29 * drawing.width) / 400;
  for (const share of [0.2, 0.4, 0.6, 0.8, 1]) await touch("touchMove", far * share);
  await touch("touchEnd", far);
  await createHand(page, place).says("Query at position 4, key at position 6, offset 2: the score is 10.4830.");
  expect(await page.evaluate<number>("scrollY")).toBe(before);
  await page.context().close();
});
