/** Follows a reader who looks up a reference and returns to the sentence: with the button, the keyboard, and the browser's Back. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { openOwnWorld, trial } from "../own-library.ts";
import type { World } from "../world.ts";
import { desktop, fontsLoaded, openBrowser, openPage, phone } from "./browser.ts";

let world: World;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([openOwnWorld(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

/** Opens a chapter at its first citation; without motion, so that a place is final as soon as it is reached. */
async function openAtCitation(viewport: typeof desktop | typeof phone) {
  const url = world.url + href.chapter(trial.book, trial.slug);
  const { page, complaints } = await openPage(browser, url, { reducedMotion: "reduce", viewport });
  await fontsLoaded(page);
  const citation = page.locator('.body a[href^="#ref-"]').first();
  await citation.scrollIntoViewIfNeeded();
  const button = page.getByRole("button", { name: "Back to where you were" });
  const from = await scrolled(page);
  return { page, complaints, url, citation, button, from };
}

const focusedClassOrHash = (page: Page) =>
  page.evaluate<string>("document.activeElement.hash ?? document.activeElement.className");

const scrolled = (page: Page) => page.evaluate<number>("scrollY");

test.each([
  ["on a desk", desktop],
  ["on a phone", phone],
])("%s, the button leads back to the sentence, and then is gone", async (_, viewport) => {
  const { page, complaints, url, citation, button, from } = await openAtCitation(viewport);
  await page.evaluate(
    "globalThis.shifts = []; new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({ type: 'layout-shift' })",
  );
  expect(await button.count()).toBe(0);
  await citation.click();
  await button.waitFor();
  expect(page.url()).toContain("#ref-");
  expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await button.click();
  await expect.poll(() => scrolled(page)).toBe(from);
  expect(page.url()).toBe(url);
  expect(await button.count()).toBe(0);
  expect(await focusedClassOrHash(page)).toMatch(/^#ref-/);
  expect(await page.evaluate("shifts.length")).toBe(0);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("with the keyboard, the button is the next stop after the links of the reference", async () => {
  const { page, citation, button, from } = await openAtCitation(desktop);
  await citation.focus();
  await page.keyboard.press("Enter");
  await button.waitFor();
  const links = await page.locator(":target a").count();
  for (let stop = 0; stop <= links; stop += 1) await page.keyboard.press("Tab");
  expect(await focusedClassOrHash(page)).toBe("way-back");
  await page.keyboard.press("Enter");
  await expect.poll(() => scrolled(page)).toBe(from);
  expect(await focusedClassOrHash(page)).toMatch(/^#ref-/);
  await page.context().close();
});

test("whatever else leads away takes the button along", async () => {
  const { page, citation, button, from } = await openAtCitation(desktop);
  await citation.click();
  await button.waitFor();
  await page.goBack();
  await expect.poll(() => scrolled(page)).toBe(from);
  expect(await button.count()).toBe(0);

  await citation.click();
  await button.waitFor();
  await page.locator(".page-contents li a").first().click();
  await expect.poll(() => button.count()).toBe(0);

  await page.evaluate(`scrollTo(0, ${from})`);
  await citation.click();
  await button.waitFor();
  await page.evaluate(`scrollTo(0, ${from})`);
  await expect.poll(() => button.count()).toBe(0);
  await page.evaluate("scrollTo(0, document.body.scrollHeight)");
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
  expect(await button.count()).toBe(0);
  await page.context().close();
});

test("a reference that was followed before leads back to the same place", async () => {
  const { page, citation, button, from } = await openAtCitation(desktop);
  await citation.click();
  await button.waitFor();
  await page.evaluate(`scrollTo(0, ${from})`);
  await expect.poll(() => button.count()).toBe(0);
  await citation.click();
  await button.click();
  await expect.poll(() => scrolled(page)).toBe(from);
  await page.context().close();
});

test("a link to what is already in sight needs no way back", async () => {
  const { page, button } = await openAtCitation(desktop);
  const mark = page.locator(".note-mark").first();
  await mark.scrollIntoViewIfNeeded();
  await mark.click();
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
  expect(await button.count()).toBe(0);
  await page.context().close();
});
