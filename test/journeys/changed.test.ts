/** Follows a reader who comes back to a chapter that its author has edited since. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bookFolder, openWorld, type World } from "../world.ts";
import { auditAccessibility, colourRules, desktop, openBrowser, phone, watchShifts } from "./browser.ts";
import { leave, openAt, read, stored } from "./progress-steps.ts";

let world: World;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([openWorld(bookFolder("errata")), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

const chapter = "/pouring/spread";
const before = "2026-02-01T12:00:00Z";
const after = "2026-02-10T12:00:00Z";
const minutes = 60_000;

/** The chapter as it was, in a browser that has read it to its end. */
async function readBefore(
  edit: (html: string) => string,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: desktop, reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(120_000);
  await context.addInitScript(watchShifts);
  await context.route(`**${chapter}`, async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    expect(edit(html), "the earlier text").not.toBe(html);
    await route.fulfill({ response, body: edit(html) });
  });
  const page = await openAt(world, context, chapter, before);
  await read(page, 5 * minutes);
  await leave(page);
  await expect.poll(() => stored(page, "done")).toHaveProperty("pouring/spread");
  await page.close();
  await context.unroute(`**${chapter}`);
  return context;
}

const bar = (page: Page) => page.locator(".changed-bar");
const marked = (page: Page) => page.locator(".changed, .cut-before, .cut-after").allInnerTexts();

/** One word, one formula without its square root, and one paragraph more than today. */
const asItWas = (html: string) =>
  html
    .replace("How far apart are they?", "How far apart may they be?")
    .replace("<p>Three cups", "<p>Do not spill.</p><p>Three cups");

test.each([
  ["on a desk", { viewport: desktop }],
  ["on a phone", { viewport: phone, hasTouch: true, isMobile: true }],
])("%s, a reader is told what has changed, sees it on request, and is not told again", async (_, options) => {
  const context = await readBefore(asItWas, options);
  const page = await openAt(world, context, chapter, after);
  await bar(page).waitFor();
  const text = await bar(page).innerText();
  expect(text).toContain("Changed since you read it on 1 February 2026");
  expect(text).toContain("1 passage is new or was edited. 1 passage was removed.");
  expect(await bar(page).locator("[id]").count()).toBe(0);
  expect(await marked(page)).toEqual([]);
  expect(await auditAccessibility(page, undefined, ".changed-bar")).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await auditAccessibility(page, colourRules, ".changed-bar")).toEqual([]);

  await bar(page).getByRole("button", { name: "Show" }).click();
  expect(await marked(page)).toEqual([
    expect.stringContaining("How far apart are they?"),
    expect.stringContaining("Three cups"),
  ]);
  expect(await bar(page).getByRole("status").innerText()).toBe("1 of 2");
  // The reason of 3 February, and not those of January.
  expect(await bar(page).getByRole("list").innerText()).toMatch(
    /^Corrected on 3 February 2026: .* without its square root/,
  );
  await page.keyboard.press("Enter");
  expect(await bar(page).getByRole("status").innerText()).toBe("2 of 2: something was removed here");
  expect(await page.locator(".cut-before").boundingBox()).toSatisfy(
    ({ y, height }: { y: number; height: number }) => y >= 0 && y + height <= options.viewport.height,
  );
  expect(await auditAccessibility(page, colourRules, "main")).toEqual([]);
  await bar(page).getByRole("button", { name: "Done" }).click();
  expect(await bar(page).count()).toBe(0);
  expect(await marked(page)).toEqual([]);
  expect(await page.evaluate("document.activeElement.textContent")).toContain("Three cups");
  expect(await page.evaluate("shifts.filter(({ hadRecentInput }) => !hadRecentInput)")).toEqual([]);

  const again = await openAt(world, context, chapter, after);
  await again.waitForLoadState("networkidle");
  expect(await bar(again).count()).toBe(0);
  await context.close();
});

test("with the keyboard: the bar is the first stop in the text; Escape leaves it for the next visit", async () => {
  const context = await readBefore(asItWas);
  const page = await openAt(world, context, chapter, after);
  await bar(page).waitFor();
  const known = (await stored(page))["pouring/spread"];
  await page.locator("main").focus();
  await page.keyboard.press("Tab");
  expect(await page.evaluate("document.activeElement.closest('.changed-bar') !== null")).toBe(true);
  await page.keyboard.press("Escape");
  expect(await bar(page).count()).toBe(0);
  await read(page, minutes);
  await leave(page);
  expect((await stored(page))["pouring/spread"]).toMatchObject({ blocks: known?.blocks, known: known?.known });
  await page.reload();
  await bar(page).waitFor();
  await bar(page).getByRole("button", { name: "Dismiss" }).click();
  expect(await bar(page).count()).toBe(0);
  expect((await stored(page))["pouring/spread"]?.blocks).not.toBe(known?.blocks);
  await context.close();
});

test("what a reader cannot see is no change, and a text that was not read has none", async () => {
  // The number of an equation, markup, and what is drawn.
  const rewritten = (html: string) => html.replace("<p>Three cups", '<p class="x"><span>Three</span> cups');
  const context = await readBefore(rewritten);
  const page = await openAt(world, context, chapter, after);
  await page.waitForLoadState("networkidle");
  expect(await bar(page).count()).toBe(0);
  await page.evaluate(`{
    const reading = JSON.parse(localStorage.reading);
    reading["pouring/spread"].blocks = "1:abc def";
    localStorage.reading = JSON.stringify(reading);
    localStorage.removeItem("done");
  }`);
  const begun = await openAt(world, context, chapter, after);
  await begun.waitForLoadState("networkidle");
  expect(await bar(begun).count()).toBe(0);
  await context.close();
});
