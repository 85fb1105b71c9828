/** Opens a chapter that contains every element: without JavaScript, in print, and with its listing copied. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, openPage, phone } from "../../journeys/browser.ts";
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

describe("without JavaScript", () => {
  test("a chapter reads completely: formulas, notes, answers, the way on; and nothing shows that would not work", async () => {
    const { page } = await openPage(browser, `${world.url}/graph-neural-networks/message-passing`, {
      javaScriptEnabled: false,
    });
    expect(await page.locator(".katex").count()).toBeGreaterThan(20);
    expect(await page.locator("math").count()).toBe(await page.locator(".katex").count());
    expect(await page.locator(".note").first().isVisible()).toBe(true);
    await page.locator(".questions summary").first().click();
    expect(await page.locator(".questions details p").first().isVisible()).toBe(true);
    expect(await page.locator(".theme-switch").isVisible()).toBe(false);
    expect(await page.locator("button:visible").count()).toBe(0);
    await page.locator(".neighbours .previous").click();
    expect(new URL(page.url()).pathname).toBe("/graph-neural-networks/graph-laplacian");
    await page.context().close();
  });

  test("on a phone a note opens from its mark and closes again", async () => {
    const { page } = await openPage(browser, `${world.url}/graph-neural-networks/message-passing`, {
      viewport: phone,
      javaScriptEnabled: false,
    });
    const note = page.locator("#note-1");
    expect(await note.isVisible()).toBe(false);
    await page.locator("#note-mark-1").click();
    expect(await note.isVisible()).toBe(true);
    await note.locator(".note-close").click();
    expect(await note.isVisible()).toBe(false);
    await page.context().close();
  });
});

describe("with JavaScript", () => {
  test("a listing is copied as it was written", async () => {
    const { page } = await openPage(browser, `${world.url}/graph-neural-networks/message-passing`);
    await page.evaluate(`
      globalThis.written = [];
      Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => written.push(text) } });
    `);
    const listing = page.locator(".listing").first();
    await listing.getByRole("button", { name: "Copy" }).click();
    await listing.getByRole("button", { name: "Copied" }).waitFor();
    const [copied] = await page.evaluate<string[]>("globalThis.written");
    expect(copied).toContain("import numpy as np\n");
    expect(copied).toBe(await listing.locator("code").textContent());
    await page.context().close();
  });
});

test("on paper: no navigation, answers open, notes in the text", async () => {
  const { page } = await openPage(browser, `${world.url}/graph-neural-networks/message-passing`);
  await page.emulateMedia({ media: "print" });
  for (const selector of [".masthead nav", ".page-contents", ".neighbours", ".copy"]) {
    expect([selector, await page.locator(selector).first().isVisible()]).toEqual([selector, false]);
  }
  expect(await page.evaluate<string>("getComputedStyle(document.querySelector('.note')).float")).toBe("none");
  expect(await page.locator(".questions details p").first().isVisible()).toBe(true);
  await page.context().close();
});
