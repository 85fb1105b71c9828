/**
 * Checks browsers that lack a feature: the names of features are changed in all styles and scripts, so that this browser
 * supports none of them.
 */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { ownLibrary, trial } from "../own-library.ts";
import { openWorld, type World } from "../world.ts";
import { desktop, openBrowser, phone } from "./browser.ts";

let world: World;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([
    openWorld(ownLibrary, { now: "2026-12-01T00:00:00Z", settings: { TOKEN_KEYS: `k1:${"x".repeat(32)}` } }),
    openBrowser(),
  ]);
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

const lacking = /details-content|field-sizing|popover/g;

async function openOldPage(options: BrowserContextOptions): Promise<Page> {
  const page = await browser.newPage(options);
  await page.route(/\.(?:css|js)$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace(lacking, "not-$&") });
  });
  await page.goto(world.url + href.chapter(trial.book, trial.slug));
  return page;
}

/** A style or script that is still on its way is not an error. */
async function closeOldPage(page: Page): Promise<void> {
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.close();
}

test("without `::details-content`, a script opens “On this page” in the rail, and all answers on paper", async () => {
  const page = await openOldPage({ viewport: desktop });
  const section = page.locator(".page-contents li a").first();
  expect(await section.isVisible()).toBe(true);
  await page.setViewportSize(phone);
  await expect.poll(() => page.evaluate("document.querySelector('.page-contents details').open")).toBe(false);
  expect(await section.isVisible()).toBe(false);

  const open = () =>
    page
      .locator(":is(.questions, .solution) details")
      .evaluateAll((all) => all.map((each) => each.hasAttribute("open")));
  const before = await open();
  expect(before).toContain(false);
  await page.evaluate("dispatchEvent(new Event('beforeprint'))");
  expect(await open()).not.toContain(false);
  await page.evaluate("dispatchEvent(new Event('afterprint'))");
  expect(await open()).toEqual(before);
  await closeOldPage(page);
});

test("without scripts as well, “On this page” is closed in the rail, and opens like any other", async () => {
  const page = await openOldPage({ viewport: desktop, javaScriptEnabled: false });
  const summary = page.locator(".page-contents summary");
  const section = page.locator(".page-contents li a").first();
  expect(await section.isVisible()).toBe(false);
  expect(await summary.isVisible()).toBe(true);
  expect(await page.evaluate(`getComputedStyle(document.querySelector(".page-contents summary")).listStyleType`)).toBe(
    "disclosure-closed",
  );
  await summary.click();
  expect(await section.isVisible()).toBe(true);
  await closeOldPage(page);
});

test("without `field-sizing`, the field for a comment grows with its text", async () => {
  const page = await openOldPage({ viewport: desktop });
  const field = page.locator(".feedback textarea");
  const heightOf = () => field.evaluate((element) => [element.clientHeight, element.scrollHeight]);
  const [empty = 0] = await heightOf();
  await field.fill("One line.\nAnother one.\n\nAnd the last.");
  const [filled = 0, needed = 0] = await heightOf();
  expect(filled).toBeGreaterThan(empty + 40);
  expect(filled).toBeGreaterThanOrEqual(needed);
  await closeOldPage(page);
});

test("closing a note on a phone leaves its mark well inside the screen", async () => {
  const page = await openOldPage({ viewport: phone, reducedMotion: "reduce" });
  const mark = page.locator(".note-mark").first();
  await mark.click();
  await page.locator(".note:target .note-close").click();
  await expect.poll(() => page.evaluate("location.hash")).toMatch(/^#note-mark/);
  const place = await mark.evaluate(
    (element) => element.getBoundingClientRect().top / element.ownerDocument.documentElement.clientHeight,
  );
  expect(place).toBeGreaterThan(0.3);
  expect(place).toBeLessThan(0.7);
  await closeOldPage(page);
});

test("without popovers, links have no previews and work", async () => {
  const page = await openOldPage({ viewport: phone, hasTouch: true });
  const citation = page.locator('.body a[href^="#ref-"]').first();
  await citation.hover();
  await citation.tap();
  await expect.poll(() => page.evaluate("location.hash")).toMatch(/^#ref-/);
  expect(
    await page.evaluate("performance.getEntriesByType('resource').filter(({ name }) => /card/.test(name)).length"),
  ).toBe(0);
  await closeOldPage(page);
});
