/** Follows a reader who sets type, theme and motion: where nothing can be stored, where anything is stored, and in an exported file. */
import { readFileSync } from "node:fs";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { rulesFor } from "../../src/ui/browser/settings/rules.ts";
import { openLayoutWorld } from "../house/layout-world.ts";
import { trial } from "../own-library.ts";
import type { World } from "../world.ts";
import { desktop, openBrowser, openPage } from "./browser.ts";
import { changeAll, changed, choose, openPanel, panel, stored, textStyle, usual } from "./settings-panel.ts";

let world: World;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([openLayoutWorld(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

const chapter = href.chapter(trial.book, trial.slug);
const open = (path: string, options?: BrowserContextOptions) => openPage(browser, world.url + path, options);
const openAt = async (context: BrowserContext, path: string): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(world.url + path);
  return page;
};

describe("where nothing can be stored", () => {
  test.each([
    [
      "forbidden",
      "Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })",
    ],
    ["full", "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }"],
  ])("%s storage: the settings apply to this page, and the panel says so", async (_, script) => {
    const context = await browser.newContext({ viewport: desktop });
    await context.addInitScript(script);
    const errors: string[] = [];
    context.on("weberror", (error) => errors.push(error.error().message));
    const page = await openAt(context, chapter);
    await changeAll(page);
    expect(await textStyle(page)).toEqual(changed);
    expect(await panel(page).getByRole("status").innerText()).toContain("applies to this page only");
    await choose(page, "Type size", "Normal");
    expect((await textStyle(page)).size).toBe("19.2px");
    await panel(page).getByRole("button", { name: "Reset" }).click();
    expect(await textStyle(page)).toEqual(usual);
    expect(await panel(page).getByRole("status").innerText()).toBe("");
    expect(errors).toEqual([]);
    await context.close();
  });

  test("full storage that has earlier settings: these are not mixed with the new ones", async () => {
    const { page } = await open(chapter);
    await openPanel(page);
    await choose(page, "Line spacing", "Loose");
    await page.evaluate("Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }");
    await choose(page, "Line spacing", "Normal");
    await choose(page, "Type size", "Large");
    expect(await textStyle(page)).toMatchObject({ size: "20.128px", line: "32.192px" });
    expect(await stored(page)).toBeNull();
    await page.context().close();
  });
});

test.each([
  ["no JSON", "{", null],
  ["a number", "7", null],
  ["rules that no panel wrote", JSON.stringify({ rules: "body{display:none}", script: "x" }), null],
  [
    "the settings of another release",
    JSON.stringify({ size: "115", rules: "@media screen{old{}}", script: "x" }),
    "115",
  ],
  ["imported settings", JSON.stringify({ size: "115" }), "115"],
])("%s: what is valid applies, with the rules of this release, and is stored again", async (_, text, size) => {
  const { page, complaints } = await open("/robots.txt");
  await page.evaluate(`localStorage.setItem("settings", ${JSON.stringify(text)})`);
  await page.goto(world.url + chapter);
  const expected = size === null ? usual.size : "20.128px";
  await expect.poll(async () => (await textStyle(page)).size).toBe(expected);
  // What cannot be parsed is not there for the page; the panel's first change replaces it.
  if (text !== "{")
    await expect
      .poll(async () => JSON.parse((await stored(page)) ?? "null")?.rules ?? null)
      .toBe(size && rulesFor({ size: "115" }));
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("“Your reading” exports, clears and imports them, and its page follows", async () => {
  const { page } = await open(chapter, { acceptDownloads: true });
  await openPanel(page);
  await choose(page, "Type size", "Largest");
  await page.goto(`${world.url}/reading`);
  const size = () => page.evaluate<string>("getComputedStyle(document.documentElement).getPropertyValue('--line')");
  expect(await size()).toBe("2.625rem");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  const file = readFileSync(await (await saved).path());
  expect(JSON.parse(file.toString()).data).toEqual({ settings: { size: "150" } });
  await page.getByRole("button", { name: "Clear" }).click();
  await page.getByRole("button", { name: "Remove everything" }).click();
  expect([await size(), await stored(page)]).toEqual(["1.75rem", null]);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Import" }).click();
  await (await chooser).setFiles({ name: "reading.json", mimeType: "application/json", buffer: file });
  await expect.poll(size).toBe("2.625rem");
  await page.context().close();
});
