/** Checks a chapter's page around its text: the rail, the order of what follows, and content that is wider than the text. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { openOwnWorld, trial } from "../own-library.ts";
import type { World } from "../world.ts";
import { desktop, openBrowser, openPage, phone } from "./browser.ts";

let world: World;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([openOwnWorld(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

const chapter = () => world.url + href.chapter(trial.book, trial.slug);

test("the rail names the section in view, keeps it in view, and is never taller than the window", async () => {
  const { page, complaints } = await openPage(browser, chapter(), {
    viewport: { width: 1280, height: 260 },
    reducedMotion: "reduce",
  });
  const current = page.locator('.page-contents [aria-current="location"]');
  expect(await current.count()).toBe(0);
  const links = page.locator(".page-contents li a");
  const count = await links.count();
  expect(count).toBeGreaterThan(3);
  for (const index of [1, count - 1, 0]) {
    const hash = await links.nth(index).getAttribute("href");
    await page.evaluate(`document.querySelector('[id="${hash?.slice(1)}"]').scrollIntoView()`);
    await expect.poll(() => page.evaluate(`document.querySelector('[aria-current="location"]')?.hash`)).toBe(hash);
    const box = await current.boundingBox();
    expect([index, box && box.y >= 0 && box.y + box.height <= 260]).toEqual([index, true]);
    const rail = await page.locator(".page-contents").boundingBox();
    expect((rail?.y ?? 0) + (rail?.height ?? 999)).toBeLessThanOrEqual(260);
  }
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("the rail says the place in the book; above the text the header has said it", async () => {
  const { page } = await openPage(browser, chapter(), { viewport: desktop, javaScriptEnabled: false });
  const place = page.locator(".place");
  expect(await place.locator("span").textContent()).toMatch(/^1 of \d+$/);
  expect(await place.getByRole("link", { name: "Chapter 2" }).isVisible()).toBe(true);
  await page.setViewportSize(phone);
  expect(await place.isVisible()).toBe(false);
  await page.context().close();
});

test("after the text: the next chapter, feedback, notation, references, citation, subscribing", async () => {
  for (const viewport of [phone, desktop]) {
    const { page } = await openPage(browser, chapter(), { viewport });
    const parts = [".neighbours .next", ".feedback", "#notation", "#references", "#cite", ".subscribe-band"];
    const tops = await page.evaluate<number[]>(
      `${JSON.stringify(parts)}.map((part) => document.querySelector(part).getBoundingClientRect().top)`,
    );
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
    expect(await page.locator(".apparatus .listing").isVisible()).toBe(false);
    await page.locator("#cite").click();
    expect(await page.locator(".apparatus .listing").isVisible()).toBe(true);
    await page.context().close();
  }
});

test("a wide table extends beside the text, unless a note is there", async () => {
  const { page } = await openPage(browser, chapter(), { viewport: desktop });
  const widths = await page.evaluate<number[]>(`
    ["", "<span class='note'>A note.</span>"].map((note) => {
      const text = document.querySelector(".body > p");
      text.insertAdjacentHTML("beforebegin", "<p>Text." + note + "</p><figure class='captioned'><div class='table'>"
        + "<table><tr><td><div style='width: 800px'>Wide</div></td></tr></table></div></figure>");
      return text.previousElementSibling.getBoundingClientRect().width;
    })`);
  expect(widths).toEqual([800, 608]);
  expect(await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
  await page.context().close();
});
