/** Follows a reader who looks at the record of their reading, moves it to another browser, and clears it. */
import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld, type World } from "../world.ts";
import { auditInBothThemes, desktop, openBrowser, openPage, phone } from "./browser.ts";

let world: World;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([openWorld(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

const time = Date.parse("2026-02-03T12:00:00Z");
const record = { at: time, path: "/tea/cooling", title: "Cooling: when to drink", seconds: 90, depth: 75 };
const milk = { ...record, path: "/tea/leaves", title: "Leaves" };
const file = JSON.stringify({
  format: "library-reading",
  version: 1,
  data: { reading: { "tea/leaves": milk }, done: { "tea/leaves": time } },
});

const everything = (page: Page) =>
  page.evaluate<Record<string, object>>(
    "Object.fromEntries(Object.entries(localStorage).map(([key, value]) => [key, JSON.parse(value)]))",
  );

async function chooseFile(page: Page, content: string): Promise<void> {
  const chosen = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Import" }).press("Enter");
  await (await chosen).setFiles({ name: "reading.json", mimeType: "application/json", buffer: Buffer.from(content) });
}

const status = (page: Page) => page.locator(".your-reading-status").innerText();

test.each([
  ["on a desk", desktop],
  ["on a phone", phone],
])("%s, the record is shown, exported, imported and cleared, by keyboard", async (_, viewport) => {
  const { page, complaints } = await openPage(browser, `${world.url}/reading`, { viewport, acceptDownloads: true });
  const main = page.locator("main");
  expect(await main.innerText()).toContain("Nothing yet.");
  await page.evaluate(`localStorage.setItem("reading", ${JSON.stringify(JSON.stringify({ "tea/cooling": record }))});
    localStorage.setItem("theme", '"dark"')`);
  await page.reload();
  expect(await main.getByRole("link", { name: "Cooling: when to drink" }).getAttribute("href")).toBe(
    "/tea/cooling#page.continue",
  );
  expect(await main.innerText()).toContain("last open on 3 February 2026");

  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).press("Enter");
  const exported = readFileSync(await (await saved).path(), "utf8");
  expect(JSON.parse(exported).data).toEqual({ reading: { "tea/cooling": record } });

  for (const [content, message] of [
    ["{", "cannot be read as JSON"],
    ['{"a":1}', "was not exported from this page"],
    ["x".repeat(5_000_001), "larger than any export"],
  ] as const) {
    await chooseFile(page, content);
    await expect.poll(() => status(page), { timeout: 30_000 }).toContain(message);
    expect((await everything(page)).reading).toEqual({ "tea/cooling": record });
  }
  await chooseFile(page, file);
  await expect.poll(() => status(page), { timeout: 30_000 }).toBe("Imported. 1 chapter is new here.");
  expect(await everything(page)).toMatchObject({
    reading: { "tea/cooling": record, "tea/leaves": milk },
    done: { "tea/leaves": time },
  });
  expect(await main.innerText()).toContain("read on 3 February 2026");
  await chooseFile(page, exported);
  await expect.poll(() => status(page), { timeout: 30_000 }).toBe("Everything in this file was already here.");

  await page.getByRole("button", { name: "Clear" }).press("Enter");
  expect(await page.locator(".your-reading-question").innerText()).toContain("about 2 chapters");
  await page.keyboard.press("Escape");
  expect(await page.evaluate("document.activeElement.textContent")).toBe("Clear");
  await page.keyboard.press("Enter");
  expect(await page.evaluate("document.activeElement.textContent")).toBe("Cancel");
  expect(await auditInBothThemes(page)).toEqual([]);
  await page.getByRole("button", { name: "Remove everything" }).press("Enter");
  expect(await status(page)).toBe("Everything was removed.");
  expect(await everything(page)).toEqual({ theme: "dark" });
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("a browser without room changes nothing, and says so", async () => {
  const { page } = await openPage(browser, `${world.url}/reading`);
  await page.evaluate(`localStorage.setItem("reading", ${JSON.stringify(JSON.stringify({ "tea/cooling": record }))});
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (key, value) {
      if (key === "done") throw new DOMException("", "QuotaExceededError");
      setItem.call(this, key, value);
    }`);
  await chooseFile(page, file);
  await expect.poll(() => status(page), { timeout: 30_000 }).toContain("nothing was changed");
  expect(await everything(page)).toEqual({ reading: { "tea/cooling": record } });
  await page.context().close();
});

test("without storage, and without JavaScript, a sentence says why nothing is shown", async () => {
  const context = await browser.newContext();
  await context.addInitScript(
    "Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })",
  );
  const page = await context.newPage();
  await page.goto(`${world.url}/reading`);
  expect(await page.locator("main").innerText()).toContain("does not let this site store anything");
  await context.close();
  const { page: plain } = await openPage(browser, `${world.url}/reading`, { javaScriptEnabled: false });
  expect(await plain.locator("main").innerText()).toContain("This page needs JavaScript");
  await plain.context().close();
});
