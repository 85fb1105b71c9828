/** Follows a reader whose browser keeps what was read: ticks in lists, and the link to where the reader was. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bookFolder, openWorld, type World } from "../world.ts";
import { auditAccessibility, desktop, openBrowser, phone, watchShifts } from "./browser.ts";
import { leave, openAt, read, stored } from "./progress-steps.ts";

let world: World;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([openWorld(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

const chapter = "/tea/cooling";
const half = 1000 * 60 * 5;

async function openReader(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: desktop, reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(120_000);
  return context;
}

const ticked = (page: Page, selector: string) =>
  page.evaluate<string>(`getComputedStyle(document.querySelector(${JSON.stringify(selector)}), "::after").content`);

test.each([
  ["on a desk", { viewport: desktop }],
  ["on a phone, under Do Not Track", { viewport: phone, hasTouch: true, isMobile: true }],
] as const)(
  "%s, a chapter that is read is ticked in every list, and reading continues where it was left",
  async (_, options) => {
    const context = await openReader(options);
    await context.addInitScript(watchShifts);
    if ("isMobile" in options)
      await context.addInitScript("Object.defineProperty(navigator, 'doNotTrack', { value: '1' })");
    const page = await openAt(world, context, chapter);
    await page.clock.runFor(500);
    await page.evaluate("dispatchEvent(new Event('scroll'))");
    expect(await stored(page), "a glance").toEqual({});
    await read(page, half, 0.8);
    await leave(page);
    await expect.poll(async () => (await stored(page))["tea/cooling"]?.depth).toBeGreaterThanOrEqual(50);
    const left = await page.evaluate<string>(
      `[...document.querySelectorAll(".body > *")].find((each) => each.getBoundingClientRect().bottom > 72).textContent`,
    );

    const home = await openAt(world, context, "/");
    const link = home.locator("continue-reading a");
    expect(await link.innerText()).toMatch(/^Continue: /);
    expect(await ticked(home, '.contents-list a[href="/tea/cooling"]')).toContain("✓");
    expect(await ticked(home, '.contents-list a[href="/tea/leaves"]')).toBe("none");
    expect(await auditAccessibility(home, undefined, "main")).toEqual([]);
    const book = await openAt(world, context, "/tea/");
    expect(await book.locator("continue-reading a").innerText()).toMatch(/^Continue: /);
    expect(await ticked(book, '.contents-list a[href="/tea/cooling"]')).toContain('read"');
    const earlier = await openAt(world, context, "/tea/leaves");
    expect(await ticked(earlier, ".neighbours a[href='/tea/cooling'] b")).toContain("✓");
    for (const visited of [home, book, earlier]) expect(await visited.evaluate("shifts")).toEqual([]);

    await link.focus();
    await home.keyboard.press("Enter");
    await home.waitForURL(world.url + chapter);
    const top = () =>
      home.evaluate<string>(
        `[...document.querySelectorAll(".body > *")].find((each) => each.getBoundingClientRect().bottom > 72).textContent`,
      );
    await expect.poll(top).toBe(left);
    expect(await home.evaluate("document.activeElement.textContent")).toBe(left);
    expect(await home.evaluate("document.activeElement.hasAttribute('tabindex')")).toBe(true);
    await home.keyboard.press("Tab");
    expect(await home.locator(".body > [tabindex='-1']").count()).toBe(0);
    await context.close();
  },
);

test("what is read in one tab is ticked in another, and two tabs add up", async () => {
  const context = await openReader();
  const [list, one, other] = [
    await openAt(world, context, "/tea/"),
    await openAt(world, context, chapter),
    await openAt(world, context, chapter),
  ];
  expect(await list.locator("continue-reading").evaluate((element) => element.childElementCount)).toBe(0);
  await read(one, 20_000);
  await leave(one);
  await expect.poll(async () => (await stored(one))["tea/cooling"]?.seconds).toBeGreaterThanOrEqual(20);
  await read(other, 20_000);
  await leave(other);
  await expect.poll(async () => (await stored(one))["tea/cooling"]?.seconds).toBeGreaterThanOrEqual(40);
  await read(one, half);
  await expect.poll(() => stored(one, "done")).toHaveProperty("tea/cooling");
  await expect.poll(() => ticked(list, '.contents-list a[href="/tea/cooling"]')).toContain("✓");
  await context.close();
});

test("a chapter that was renamed and moved is continued at its old place, and ticked by its identity", async () => {
  const context = await openReader();
  const page = await openAt(world, context, chapter);
  await read(page, half, 0.8);
  await leave(page);
  await expect.poll(() => stored(page, "done")).toHaveProperty("tea/cooling");
  // The record is from before the move: `redirect_from` of the chapter.
  await page.evaluate(`{
    const reading = JSON.parse(localStorage.getItem("reading"));
    reading["tea/cooling"].path = "/old/cooling";
    localStorage.setItem("reading", JSON.stringify(reading));
  }`);
  await page.close();
  // As the book's page is after the chapter has been moved.
  await context.route("**/tea/", async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replaceAll(
      'href="/tea/cooling"',
      'href="/water/drinkable" data-id="tea/cooling"',
    );
    await route.fulfill({ response, body });
  });
  const book = await openAt(world, context, "/tea/");
  expect(await ticked(book, '.contents-list a[href="/water/drinkable"]')).toContain("✓");
  const home = await openAt(world, context, "/");
  await home.locator("continue-reading a").click();
  await home.waitForURL(world.url + chapter);
  await expect.poll(() => home.evaluate("scrollY")).toBeGreaterThan(100);
  await context.close();
});

test("below a cover, the ticks of what was read are filled in before the first paint, and in another tab at once", async () => {
  await using shelf = await openWorld(bookFolder("observatory"));
  const context = await openReader();
  await context.addInitScript(watchShifts);
  const home = await openAt(shelf, context, "/");
  const colours = () =>
    home.evaluate<string[]>(
      "[...document.querySelectorAll('.shelf-ticks i')].map((tick) => getComputedStyle(tick).backgroundColor)",
    );
  const [plain = "", ...others] = await colours();
  expect(new Set(others)).toEqual(new Set([plain]));
  expect(await home.locator(".shelf-ticks").count()).toBe(2);
  const id = await home.locator(".shelf-ticks i").first().getAttribute("data-id");
  const other = await openAt(shelf, context, "/");
  await other.evaluate(`localStorage.setItem("done", JSON.stringify({ ${JSON.stringify(id)}: 1 }))`);
  await expect.poll(async () => (await colours()).filter((colour) => colour !== plain)).toHaveLength(1);
  await other.reload();
  expect(await other.evaluate(`getComputedStyle(document.querySelector(".shelf-ticks i")).backgroundColor`)).not.toBe(
    plain,
  );
  for (const page of [home, other]) expect(await page.evaluate("shifts")).toEqual([]);
  await context.close();
});

const refusals = {
  forbidden:
    "Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })",
  full: "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }",
  // Not on the blank page before, which has no storage.
  garbage: `if (location.protocol === "http:") for (const key of ["reading", "done", "theme"]) localStorage.setItem(key, key === "done" ? '{"a":1,"x/y":' : '{"tea/cooling":7}')`,
};

test.each(Object.entries(refusals))(
  "with storage that is %s, pages are as they are for everyone",
  async (_, script) => {
    const context = await openReader();
    await context.addInitScript(script);
    const complaints: string[] = [];
    context.on("weberror", (error) => complaints.push(error.error().message));
    const page = await openAt(world, context, chapter);
    await page.clock.runFor(half);
    await page.mouse.move(200, 200);
    await page.mouse.wheel(0, 500);
    await page.waitForLoadState("networkidle");
    await leave(page);
    await page.goto(`${world.url}/`);
    expect(await page.locator("continue-reading").evaluate((element) => element.childElementCount)).toBe(0);
    expect(await page.getByRole("link", { name: "Start here" }).count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
    await context.close();
  },
);

test("without JavaScript there is neither a link to continue nor a gap", async () => {
  const context = await openReader({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${world.url}/tea/`);
  expect(await page.locator("continue-reading").isVisible()).toBe(false);
  const [actions, button] = await Promise.all([
    page.locator(".book-actions").boundingBox(),
    page.locator(".book-actions .button").boundingBox(),
  ]);
  expect(button?.x).toBe(actions?.x);
  await context.close();
});
