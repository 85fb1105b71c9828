/** Follows a reader who filters the index and the notation while typing, by keyboard alone, and without JavaScript. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bookFolder, openWorld, type World } from "../world.ts";
import { auditAccessibility, desktop, openBrowser, openPage, phone } from "./browser.ts";

let world: World;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([openWorld(bookFolder("bread")), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

const open = (path: string, options: BrowserContextOptions) =>
  openPage(browser, world.url + path, { reducedMotion: "reduce", ...options });

const fieldIn = (page: Page) => page.locator(".glossary-filter").getByRole("searchbox");
const announced = (page: Page) => page.locator(".filter-result").innerText();
const pathOf = (page: Page) => page.url().slice(world.url.length);

/** Entries and headings in view, in order. */
const listed = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`[...document.querySelectorAll(".glossary-list :is(h2, .index-entries > li, dt)")]
    .filter((element) => element.checkVisibility())
    .map((element) => (element.querySelector(".index-name") ?? element).textContent.trim())`);

describe.each([
  ["on a desk", desktop],
  ["on a phone", phone],
])("%s, the index", (_, viewport) => {
  test("shows what matches, says how much, and has it in the URL; Escape shows everything again", async () => {
    const { page, complaints } = await open("/index", { viewport });
    const all = await listed(page);
    await fieldIn(page).focus();
    await page.keyboard.type("wort");
    await expect.poll(() => announced(page)).toBe("Found: 1");
    expect(await listed(page)).toEqual(["W", "Wort"]);
    expect(pathOf(page)).toBe("/index?q=wort");
    await page.keyboard.type("zz");
    await expect.poll(() => announced(page)).toBe("Nothing matches. Try fewer letters or another word.");
    expect(await listed(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect.poll(() => pathOf(page)).toBe("/index");
    expect([await listed(page), await announced(page)]).toEqual([all, ""]);
    expect(await page.evaluate<string>("document.activeElement.name")).toBe("q");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("a shared URL shows the same, and all entries as soon as the word is deleted", async () => {
    const { page, complaints } = await open("/index?q=wort", { viewport });
    expect(await listed(page)).toEqual(["W", "Wort"]);
    await fieldIn(page).press("Backspace");
    await fieldIn(page).fill("yeast");
    await expect.poll(() => listed(page)).toEqual(["Y", "Yeast"]);
    await page.getByRole("link", { name: "Show all" }).click();
    await expect.poll(async () => (await listed(page)).length).toBeGreaterThan(10);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

test("without JavaScript the form leads to the same entries", async () => {
  const { page, complaints } = await open("/index", { javaScriptEnabled: false });
  await fieldIn(page).fill("wort");
  await fieldIn(page).press("Enter");
  await page.waitForURL(/q=wort/);
  expect(await page.locator(".index-entries > li .index-name").allInnerTexts()).toEqual(["Wort"]);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test.each(["light", "dark"] as const)("index and notation are accessible, filtered too: %s", async (colorScheme) => {
  for (const path of ["/index", "/index?q=wort", "/index?q=zzz", "/notation"]) {
    const { page } = await open(path, { colorScheme });
    expect([path, await auditAccessibility(page)]).toEqual([path, []]);
    await page.context().close();
  }
});
