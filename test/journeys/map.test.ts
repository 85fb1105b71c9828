/** Follows a reader who asks what to read first: on a desk and on a phone, without JavaScript, by keyboard, and on paper. */
import { rmSync } from "node:fs";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeKitchen } from "../site/map/kitchen.ts";
import { openWorld, type World } from "../world.ts";
import { auditAccessibility, desktop, openBrowser, openPage, phone } from "./browser.ts";

let home: string;
let world: World;
let browser: Browser;
beforeAll(async () => {
  home = writeKitchen();
  [world, browser] = await Promise.all([openWorld(home), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
  rmSync(home, { recursive: true, force: true });
});

const open = (path: string, options: BrowserContextOptions = {}) => openPage(browser, world.url + path, options);

interface Place {
  readonly title: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const placesOf = (page: Page): Promise<Place[]> =>
  page.evaluate<Place[]>(`[...document.querySelectorAll(".map li > a")].map((link) => {
    const { left, right, top, bottom } = link.getBoundingClientRect();
    return { title: link.querySelector(".map-title").textContent, left, right, top, bottom };
  })`);

const isVisible = (page: Page, selector: string) => page.locator(selector).first().isVisible();

test("on a desk, each chapter is below what it builds on, and none covers another", async () => {
  const { page, complaints } = await open("/map", { viewport: desktop, javaScriptEnabled: true });
  expect([await isVisible(page, ".map-lines"), await isVisible(page, ".row-lines")]).toEqual([true, false]);
  const places = await placesOf(page);
  const at = (title: string) => places.find((place) => place.title === title) ?? expect.unreachable(title);
  for (const [first, second] of [
    ["Tea", "Water"],
    ["Water", "Heat"],
    ["Heat", "Cooling"],
    ["Cooling", "Tasting"],
    ["Heat", "Espresso"],
    ["Grinding", "Espresso"],
  ] as const) {
    expect(at(second).top, `${first}, then ${second}`).toBeGreaterThan(at(first).bottom);
  }
  for (const [index, one] of places.entries()) {
    const covered = places.slice(index + 1).filter((other) => {
      const isBeside = one.right <= other.left || other.right <= one.left;
      return !isBeside && one.bottom > other.top && other.bottom > one.top;
    });
    expect([one.title, covered.map(({ title }) => title)]).toEqual([one.title, []]);
  }
  expect(complaints).toEqual([]);
  await page.context().close();
});

describe("without JavaScript", () => {
  test("a phone shows the list with its lanes; the form leads to a way, and its first link to a chapter", async () => {
    const { page, complaints } = await open("/map", { viewport: phone, javaScriptEnabled: false });
    expect([await isVisible(page, ".map-lines"), await isVisible(page, ".row-lines")]).toEqual([false, true]);
    await page.getByLabel("Shortest way to").selectOption("tea/tasting");
    await page.getByRole("button", { name: "Show" }).click();
    await page.waitForURL(/\/map\?to=tea(%2F|\/)tasting$/);
    expect(await page.locator(".way a").allInnerTexts()).toEqual([
      "Water: A Chapter",
      "Heat: A Chapter",
      "Leaves: A Chapter",
      "Cooling: A Chapter",
      "Tasting: A Chapter",
    ]);
    await page.locator(".way a").first().click();
    await page.waitForURL(/\/tea\/water$/);
    await page.getByRole("link", { name: "Heat" }).last().click();
    await page.waitForURL(/\/tea\/heat$/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("the keyboard reaches every chapter of the drawing in reading order", async () => {
    const { page } = await open("/map?book=coffee", { viewport: desktop, javaScriptEnabled: false });
    await page.locator(".map h2 a").last().focus();
    const reached: string[] = [];
    for (let press = 0; press < 4; press += 1) {
      await page.keyboard.press("Tab");
      reached.push(await page.locator(":focus .map-title").innerText());
    }
    expect(reached).toEqual(["Coffee", "Beans", "Grinding", "Espresso"]);
    await page.context().close();
  });
});

test("on paper, the map is the list, without its form", async () => {
  const { page } = await open("/map?to=tea/tasting", { viewport: desktop });
  await page.emulateMedia({ media: "print" });
  expect([await isVisible(page, ".map-lines"), await isVisible(page, ".row-lines")]).toEqual([false, true]);
  expect(await isVisible(page, ".way-form")).toBe(false);
  expect(await isVisible(page, ".map-after")).toBe(true);
  await page.context().close();
});

test.each(["light", "dark"] as const)(
  "the map and the way are accessible and no wider than the window: %s",
  async (colorScheme) => {
    for (const viewport of [phone, desktop]) {
      const { page } = await open("/map?to=tea/tasting", { colorScheme, viewport, reducedMotion: "reduce" });
      expect(await auditAccessibility(page)).toEqual([]);
      expect(await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
      await page.context().close();
    }
  },
);

test("a chapter that was read has a tick on the way", async () => {
  const { page } = await open("/map?to=tea/tasting", { viewport: phone });
  await page.evaluate(`localStorage.setItem("done", JSON.stringify({ "tea/water": 1772366400000 }))`);
  await page.reload();
  const marks = await page.evaluate<string[]>(
    `[...document.querySelectorAll(".way a")].map((link) => getComputedStyle(link, "::after").content.includes("✓") ? "✓" : "")`,
  );
  expect(marks).toEqual(["✓", "", "", "", ""]);
  await page.context().close();
});
