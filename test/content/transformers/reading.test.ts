/**
 * Opens chapters of this book in a browser: no layout shift while they load, formulas stay in their sentences, and a
 * touch moves a handle.
 */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openPage, phone } from "../../journeys/browser.ts";
import { createHand, locatedPlace } from "../../journeys/figure-journey.ts";
import { openWorld, repository, type World } from "../../world.ts";

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

test("nothing moves while a page loads", async () => {
  const { page } = await openPage(browser, `${world.url}/transformers/self-attention`, { viewport: phone });
  const shift = await page.evaluate<number>(`
    new Promise((resolve) => {
      let sum = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) sum += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
    })`);
  expect(shift).toBe(0);
  await page.context().close();
});

test("in the notation a letter stands in its sentence, not apart from it", async () => {
  const { page } = await openPage(browser, `${world.url}/transformers/rope`);
  const gaps = await page.evaluate<number[]>(`
    [...document.querySelectorAll(".notation dd .katex")].flatMap((maths) => {
      if (maths.closest(".shape") || maths.previousSibling?.nodeType !== Node.TEXT_NODE) return [];
      const words = document.createRange();
      words.selectNode(maths.previousSibling);
      const [before, after] = [words.getBoundingClientRect(), maths.getBoundingClientRect()];
      return before.bottom > after.top && before.top < after.bottom ? [after.left - before.right] : [];
    })`);
  expect(gaps.length).toBeGreaterThan(0);
  expect(Math.max(...gaps)).toBeLessThan(3);
  await page.context().close();
});

test("a finger moves a handle, and the page stays where it is", async () => {
  const { page } = await openPage(browser, `${world.url}/transformers/rope`, {
    viewport: phone,
    hasTouch: true,
    isMobile: true,
  });
  const place = page.locator('[data-figure="rope-offset"]');
  await page.locator('[data-figure="rope-offset"][data-live]').waitFor();
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
  await createHand(page, locatedPlace(place)).says(
    "Query at position 4, key at position 6, offset 2: the score is 10.4830.",
  );
  expect(await page.evaluate<number>("scrollY")).toBe(before);
  await page.context().close();
});
