/** Follows a reader who searches: on the page of the search without JavaScript, and in the palette with it. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bookFolder, openWorld, type World } from "../world.ts";
import { auditAccessibility, desktop, openBrowser, openPage, phone } from "./browser.ts";

let world: World;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([openWorld(bookFolder("tea")), openBrowser()]);
  await world.setClock("2026-03-01T12:00:00Z");
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

async function open(path: string, options: BrowserContextOptions): Promise<{ page: Page; complaints: string[] }> {
  return openPage(browser, world.url + path, { reducedMotion: "reduce", ...options });
}

/** Whether the target of the page's fragment is in the window. */
const isTargetInView = (page: Page) =>
  page.evaluate<boolean>(`(() => {
    const { top, bottom } = document.getElementById(decodeURIComponent(location.hash.slice(1))).getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  })()`);

describe("without JavaScript", () => {
  test.each([
    ["on a desk", desktop],
    ["on a phone", phone],
  ])("%s, a misspelt word and a formula are found, and the formula's equation is opened", async (_, viewport) => {
    const { page, complaints } = await open("/tea/leaves", { viewport, javaScriptEnabled: false });
    await page.getByRole("banner").getByRole("link", { name: "Search", exact: true }).click();
    await page.waitForURL(`${world.url}/search`);
    const field = page.getByRole("searchbox", { name: "Words or a formula" });
    await field.fill("oxidatoin");
    await field.press("Enter");
    await page.getByText("Results for oxidation.").waitFor();
    expect(await page.locator(".search-results h2").first().innerText()).toBe("One Plant, Six Teas");
    await field.fill("dT/dt = -k (T - T_r)");
    await field.press("Enter");
    await page.locator(".result-formula math").first().waitFor();
    await page.locator(".search-results h2 a").first().click();
    await page.waitForURL(/\/tea\/cooling#eq/);
    await expect.poll(() => isTargetInView(page)).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

describe("the palette", () => {
  test("is not loaded before it is opened", async () => {
    const { page, complaints } = await open("/tea/leaves", { viewport: desktop });
    const loaded = () =>
      page.evaluate<string[]>(
        "performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => /palette/.test(name))",
      );
    expect(await loaded()).toEqual([]);
    await page.keyboard.press("/");
    await page.getByRole("dialog", { name: "Search" }).waitFor();
    expect((await loaded()).length).toBe(2);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test.each([
    ["the slash", async (page: Page) => page.keyboard.press("/")],
    ["Ctrl and K", async (page: Page) => page.keyboard.press("Control+k")],
    ["Cmd and K", async (page: Page) => page.keyboard.press("Meta+k")],
    ["the link", async (page: Page) => page.getByRole("banner").getByRole("link", { name: "Search" }).click()],
  ])("opens by %s, finds a formula by arrows and Enter, and closes with Escape", async (_, key) => {
    const { page, complaints } = await open("/tea/leaves", { viewport: desktop });
    await key(page);
    const field = page.getByRole("combobox", { name: "Search" });
    await field.waitFor();
    expect(await page.evaluate("document.activeElement.role")).toBe("combobox");
    await page.keyboard.type("tea");
    await page.getByRole("option").nth(1).waitFor();
    expect(await page.getByRole("dialog").getByRole("status").innerText()).toMatch(/^\d results$/);
    const selected = () => page.locator("[role=option][aria-selected=true]").getAttribute("id");
    const first = await selected();
    expect(await field.getAttribute("aria-activedescendant")).toBe(first);
    await page.keyboard.press("ArrowDown");
    expect(await selected()).not.toBe(first);
    await page.keyboard.press("ArrowUp");
    expect(await selected()).toBe(first);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await key(page);
    await field.fill("dT/dt = -k (T - T_r)");
    await page.locator("[role=option][aria-selected=true] math").waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/tea\/cooling#eq/);
    await expect.poll(() => isTargetInView(page)).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("leaves keys alone in fields and with other modifiers, and opens once", async () => {
    const { page } = await open("/search", { viewport: desktop });
    await page.getByRole("searchbox").fill("a");
    await page.keyboard.press("/");
    await page.keyboard.press("Control+k");
    expect(await page.getByRole("searchbox").inputValue()).toBe("a/");
    await page.locator("h1").click();
    await page.keyboard.press("Alt+/");
    await page.keyboard.press("Control+/");
    expect(await page.getByRole("dialog").count()).toBe(0);
    await page.keyboard.press("/");
    await page.getByRole("dialog").waitFor();
    expect(await page.locator("dialog").count()).toBe(1);
    await page.context().close();
  });

  test("shows the results of the last query only, however late those of an earlier one are", async () => {
    const { page } = await open("/tea/leaves", { viewport: desktop });
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(/search\.json\?q=oxidation/, async (route) => {
      const response = await route.fetch();
      await held;
      await route.fulfill({ response }).catch(() => undefined);
    });
    await page.keyboard.press("/");
    const field = page.getByRole("combobox");
    await field.waitFor();
    const asked = page.waitForRequest(/q=oxidation/);
    await field.fill("oxidation");
    await asked;
    await field.fill("newton");
    await page.getByRole("option").first().waitFor();
    const shown = await page.getByRole("option").allInnerTexts();
    release();
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    expect(await page.getByRole("option").allInnerTexts()).toEqual(shown);
    expect(shown.join()).not.toMatch(/Six Teas/);
    await page.context().close();
  });

  test("leads to the page of the search if it gets no results", async () => {
    const { page } = await open("/tea/leaves", { viewport: desktop });
    await page.route(/search\.json/, (route) => route.abort());
    await page.keyboard.press("/");
    await page.getByRole("combobox").fill("oxidation");
    await page.getByRole("option", { name: "Search: oxidation" }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/search\?q=oxidation/);
    expect(await page.locator(".search-results h2").first().innerText()).toBe("One Plant, Six Teas");
    await page.context().close();
  });

  test("the link leads to the page of the search if the palette cannot be loaded", async () => {
    const { page } = await open("/tea/leaves", { viewport: desktop });
    await page.route(/palette\.\w+\.js/, (route) => route.abort());
    await page.getByRole("banner").getByRole("link", { name: "Search" }).click();
    await page.waitForURL(`${world.url}/search`);
    await page.context().close();
  });

  test.each(["light", "dark"] as const)("is accessible, and so is the page of the search: %s", async (colorScheme) => {
    const { page } = await open("/search?q=tea", { viewport: desktop, colorScheme });
    expect(await auditAccessibility(page)).toEqual([]);
    await page.locator("h1").click();
    await page.keyboard.press("/");
    await page.getByRole("combobox").fill("tea");
    await page.getByRole("option").first().waitFor();
    expect(await auditAccessibility(page, undefined, ".palette")).toEqual([]);
    await page.context().close();
  });
});
