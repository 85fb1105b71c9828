/** Follows a reader who looks for the way: the masthead, its menu on a phone, and what it must never cover. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { openOwnWorld, ownLibrary, trial } from "../own-library.ts";
import { openWorld, type World } from "../world.ts";
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

const chapter = href.chapter(trial.book, trial.slug);

/** Without motion, so that a place on the page is final as soon as it is reached. */
async function open(path: string, options: BrowserContextOptions): Promise<Page> {
  const { page } = await openPage(browser, world.url + path, { reducedMotion: "reduce", ...options });
  await fontsLoaded(page);
  return page;
}

const shownLinks = (page: Page) => page.getByRole("banner").getByRole("link").allInnerTexts();

/** Top of the masthead in the window. */
const topOf = (page: Page) => page.evaluate<number>("document.querySelector('.masthead').getBoundingClientRect().top");

async function scrollTo(page: Page, y: number): Promise<void> {
  await page.evaluate(
    `scrollTo(0, ${y}); new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))`,
  );
}

describe("on a desk", () => {
  test("one line of 56 px leads to the library, the book, the search, all books and the newsletter; the current page is marked", async () => {
    const page = await open(chapter, { viewport: desktop });
    const title = world.manifest.books.find(({ slug }) => slug === trial.book)?.shortTitle ?? "";
    expect(await shownLinks(page)).toEqual([world.manifest.title, title, "Search", "Books", "Subscribe"]);
    expect((await page.getByRole("banner").boundingBox())?.height).toBe(56);
    const path = page.getByRole("navigation", { name: "Breadcrumb" });
    expect(await path.getByRole("listitem").allInnerTexts()).toEqual([title, "1"]);
    expect(await path.locator("[aria-current=page]").innerText()).toBe("1");
    await page.getByRole("link", { name: "Books", exact: true }).click();
    await page.waitForURL(world.url + href.books());
    const current = page.getByRole("banner").locator("[aria-current=page]");
    expect(await current.allInnerTexts()).toEqual(["Books"]);
    expect(await page.getByRole("navigation", { name: "Breadcrumb" }).count()).toBe(0);
    await page.context().close();
  });

  test("it leaves with the page, returns when the reader scrolls up, and moves nothing", async () => {
    const page = await open(chapter, { viewport: desktop });
    await page.evaluate(
      "globalThis.shifts = []; new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true })",
    );
    await scrollTo(page, 30);
    expect(await topOf(page)).toBe(-30);
    await scrollTo(page, 1500);
    expect(await topOf(page)).toBeLessThan(-56);
    await scrollTo(page, 1400);
    expect(await topOf(page)).toBe(0);
    await scrollTo(page, 1402);
    expect(await topOf(page)).toBe(0);
    await scrollTo(page, 1500);
    expect(await topOf(page)).toBeLessThan(-56);
    await scrollTo(page, 0);
    expect(await topOf(page)).toBe(0);
    expect(await page.evaluate("shifts.length")).toBe(0);
    await page.context().close();
  });

  test("it covers neither the target of a link nor what has the focus", async () => {
    const page = await open(chapter, { viewport: desktop });
    await scrollTo(page, 4000);
    await page.evaluate("location.hash = document.querySelector('.body .heading h2').id");
    await expect.poll(() => page.evaluate("scrollY")).toBeLessThan(4000);
    await expect.poll(() => page.evaluate("document.querySelector('.masthead').getBoundingClientRect().top")).toBe(0);
    expect(
      await page.evaluate<number>("document.querySelector('.body .heading h2').getBoundingClientRect().top"),
    ).toBeGreaterThanOrEqual(56);
    await page.getByRole("contentinfo").getByRole("link").last().focus();
    const covered: string[] = [];
    for (let stop = 0; stop < 40; stop += 1) {
      await page.keyboard.press("Shift+Tab");
      const under = await page.evaluate<string>(`new Promise((done) => requestAnimationFrame(() => {
        const focus = document.activeElement;
        const bottom = document.querySelector(".masthead").getBoundingClientRect().bottom;
        done(!focus.closest(".masthead, .skip") && focus.getBoundingClientRect().bottom <= bottom ? focus.outerHTML : "");
      }))`);
      if (under !== "") covered.push(under);
    }
    expect(covered).toEqual([]);
    await page.context().close();
  });

  test("without JavaScript it leaves with the page, and has no switch without effect", async () => {
    const page = await open(chapter, { viewport: desktop, javaScriptEnabled: false });
    expect(await page.getByRole("banner").getByRole("button").count()).toBe(0);
    await page.mouse.wheel(0, 1500);
    await page.locator(".masthead").filter({ visible: true }).waitFor();
    await expect.poll(async () => (await page.locator(".masthead").boundingBox())?.y).toBeLessThan(-56);
    await page.mouse.wheel(0, -300);
    await expect.poll(async () => (await page.locator(".body").boundingBox())?.y).toBeGreaterThan(-1200);
    expect((await page.locator(".masthead").boundingBox())?.y).toBeLessThan(-56);
    await page.context().close();
  });
});

describe("on a phone", () => {
  const all = ["Books", "Subscribe", "About", "Feed"];

  test.each([true, false])("the menu opens over the page, with JavaScript: %s", async (javaScriptEnabled) => {
    const page = await open(chapter, { viewport: phone, javaScriptEnabled });
    const links = page.getByRole("navigation", { name: "Library" }).getByRole("link");
    expect(await links.count()).toBe(0);
    const before = await page.locator("h1").boundingBox();
    await page.getByText("Menu", { exact: true }).click();
    expect(await links.allInnerTexts()).toEqual(all);
    const buttons = await page.getByRole("banner").getByRole("button").allInnerTexts();
    const expected = javaScriptEnabled ? ["Reading settings", "Theme: Auto"] : [];
    expect(buttons.map((text) => text.replace(/\s+/g, " "))).toEqual(expected);
    expect(await page.locator("h1").boundingBox()).toEqual(before);
    const targets = page.locator(".masthead :is(a, summary, button)").filter({ visible: true });
    for (const target of await targets.all()) {
      const box = await target.boundingBox();
      expect([await target.innerText(), Math.min(box?.width ?? 0, box?.height ?? 0) >= 44]).toEqual([
        await target.innerText(),
        true,
      ]);
    }
    // The place of the page needs the room; the name is still there for assistive technology.
    expect(await page.getByRole("link", { name: world.manifest.title, exact: true }).count()).toBe(1);
    expect((await page.locator(".mark-name").boundingBox())?.width).toBeLessThanOrEqual(1);
    await links.first().click();
    await page.waitForURL(world.url + href.books());
    expect((await page.locator(".mark-name").boundingBox())?.width).toBeGreaterThan(30);
    await page.context().close();
  });

  test("Escape, a tap elsewhere, and focus elsewhere close the menu", async () => {
    const page = await open(chapter, { viewport: phone });
    const menu = page.getByText("Menu", { exact: true });
    const isOpen = () => page.evaluate<boolean>("document.querySelector('.menu').open");
    await menu.click();
    expect(await isOpen()).toBe(true);
    await page.keyboard.press("Escape");
    expect(await isOpen()).toBe(false);
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Menu");
    await page.keyboard.press("Enter");
    expect(await isOpen()).toBe(true);
    await page.mouse.click(20, phone.height - 20);
    expect(await isOpen()).toBe(false);
    await menu.click();
    await page.getByRole("contentinfo").getByRole("link").first().focus();
    expect(await isOpen()).toBe(false);
    await page.context().close();
  });
});

test("a library without a newsletter offers none", async () => {
  await using quiet = await openWorld(ownLibrary, { now: "2026-12-01T00:00:00Z" });
  const [, masthead = ""] = /<header class="masthead">([\s\S]*?)<\/header>/.exec((await quiet.get("/")).body) ?? [];
  expect(masthead).toContain(`href="${href.books()}"`);
  expect(masthead).not.toContain(href.newsletter());
});
