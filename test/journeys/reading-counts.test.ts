/** Checks what is counted when a reader uses a chapter. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isWritten } from "../../src/library/manifest.ts";
import { firefox, openReadingWorld, type ReadingWorld } from "../stats/reading-world.ts";
import { auditAccessibility, desktop, openBrowser, openPage, phone } from "./browser.ts";

let reading: ReadingWorld;
let browser: Browser;
let readers = 0;
beforeAll(async () => {
  [reading, browser] = await Promise.all([openReadingWorld(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await reading[Symbol.asyncDispose]();
});

const path = "/tea/cooling";
const minutes = (): number =>
  reading.world.manifest.books[0]?.contents.filter(isWritten).find(({ slug }) => slug === "cooling")?.minutes ??
  Number.NaN;

/** Opens the page as a separate reader, whose clock only moves when the test moves it. */
async function sitDown(at = path, options: BrowserContextOptions = {}): Promise<Page> {
  readers += 1;
  const { page } = await openPage(browser, "about:blank", { userAgent: `${firefox} Reader/${readers}`, ...options });
  if (options.javaScriptEnabled !== false) await page.clock.install();
  await page.goto(reading.world.url + at, { waitUntil: "load" });
  return page;
}

/** Scrolls to that position, and waits that many seconds. */
async function read(page: Page, to: "half" | "end", seconds: number): Promise<void> {
  const place = to === "end" ? 1 : 0.5;
  await page.evaluate(`{
    const body = document.querySelector(".body").getBoundingClientRect();
    const end = document.querySelector(".feedback, .apparatus").getBoundingClientRect();
    const line = body.top + ${place} * (end.top - body.top) + scrollY + 2;
    scrollTo({ top: Math.max(0, line - innerHeight), behavior: "instant" });
    dispatchEvent(new Event("scroll"));
  }`);
  await page.clock.runFor(1000 * seconds);
}

/** An input event that shows that the reader is present. */
const stir = (page: Page) => page.mouse.move(100 + Math.round(50 * Math.random()), 200);

/** Simulates switching to another tab, which a headless browser has no control for. */
async function turnAway(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate(`{
    for (const [name, value] of [["hidden", ${hidden}], ["visibilityState", "${hidden ? "hidden" : "visible"}"]])
      Object.defineProperty(document, name, { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }`);
}

/** Closes the page, and waits until its last report has arrived. */
async function leave(page: Page): Promise<void> {
  const told = page.waitForRequest((request) => request.url().endsWith("/stats/reading"));
  await turnAway(page, true);
  const response = await (await told).response();
  expect(response?.status()).toBe(204);
  await page.context().close();
}

test("who reads a chapter to its end, in its time, leaves one view, each quarter, one read, one finish, and the seconds", async () => {
  const page = await sitDown(path, { viewport: phone });
  const half = (minutes() * 60) / 2;
  for (let second = 0; second < half; second += 20) {
    await stir(page);
    await page.clock.runFor(20_000);
  }
  await read(page, "half", 5);
  await read(page, "end", 5);
  await leave(page);
  const numbers = await reading.numbers();
  expect(numbers).toMatchObject({
    "tea/cooling view": 1,
    "tea/cooling depth-25": 1,
    "tea/cooling depth-50": 1,
    "tea/cooling depth-75": 1,
    "tea/cooling depth-100": 1,
    "tea/cooling read": 1,
    "tea/cooling finish": 1,
  });
  const seconds = numbers["tea/cooling seconds"] ?? 0;
  expect(seconds).toBeGreaterThanOrEqual(half + 10);
  expect(seconds).toBeLessThan(half + 40);
});

test("who runs through it has seen the end and read nothing", async () => {
  const page = await sitDown(path, { viewport: phone });
  await read(page, "end", 3);
  await leave(page);
  const numbers = await reading.numbers();
  expect(numbers).toMatchObject({ "tea/cooling view": 1, "tea/cooling depth-100": 1 });
  expect(Object.keys(numbers)).not.toContain("tea/cooling read");
});

test("a page that is left on the desk counts half a minute; a page in the background none", async () => {
  const page = await sitDown();
  await page.clock.runFor(3_600_000);
  await turnAway(page, true);
  await page.clock.runFor(3_600_000);
  await turnAway(page, false);
  await page.clock.runFor(10_000);
  await leave(page);
  const seconds = (await reading.numbers())["tea/cooling seconds"] ?? 0;
  expect(seconds).toBeGreaterThanOrEqual(40);
  expect(seconds).toBeLessThan(45);
});

test("who comes back to the tab goes on where they were: nothing counts twice", async () => {
  const page = await sitDown(path, { viewport: phone });
  const half = (minutes() * 60) / 2;
  await read(page, "end", 1);
  for (let visit = 0; visit * 25 < half + 50; visit += 1) {
    await stir(page);
    await page.clock.runFor(25_000);
    const told = page.waitForRequest((request) => request.url().endsWith("/stats/reading"));
    await turnAway(page, true);
    await (await told).response();
    await turnAway(page, false);
  }
  await page.context().close();
  const numbers = await reading.numbers();
  expect(numbers).toMatchObject({ "tea/cooling depth-100": 1, "tea/cooling read": 1, "tea/cooling finish": 1 });
});

test("the way on is a view from this chapter, and coming back by the browser's button none", async () => {
  const page = await sitDown();
  await page.locator(".neighbours a").first().click();
  await page.waitForLoadState("load");
  const next = new URL(page.url()).pathname;
  await page.goBack();
  await leave(page);
  const numbers = await reading.numbers();
  expect(numbers).toMatchObject({ "tea/cooling view": 1, [`${next.slice(1)} view tea/cooling`]: 1 });
});

test("from a mail: counted as such, and the address shows no trace of it", async () => {
  const page = await sitDown(`${path}?from=newsletter#cite`);
  expect(new URL(page.url()).search + new URL(page.url()).hash).toBe("#cite");
  await page.context().close();
  expect(await reading.numbers()).toMatchObject({ "tea/cooling view newsletter": 1 });
});

test("with JavaScript off there is the view, and nothing else", async () => {
  const page = await sitDown(path, { javaScriptEnabled: false });
  await page.context().close();
  expect(await reading.numbers()).toEqual({ "tea/cooling view": 1 });
});

test.each([
  ["Do Not Track", "doNotTrack", '"1"', { DNT: "1" }],
  ["Global Privacy Control", "globalPrivacyControl", "true", { "Sec-GPC": "1" }],
])("with %s the script sends nothing, and nothing is counted", async (_, name, value, extraHTTPHeaders) => {
  const { page } = await openPage(browser, "about:blank", { userAgent: `${firefox} ${name}`, extraHTTPHeaders });
  await page.addInitScript(`Object.defineProperty(navigator, "${name}", { value: ${value} })`);
  await page.goto(reading.world.url + path, { waitUntil: "load" });
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await stir(page);
  await turnAway(page, true);
  await page.evaluate("fetch('/robots.txt').then((answer) => answer.text())");
  expect(asked).toEqual([`${reading.world.url}/robots.txt`]);
  await page.context().close();
  expect(await reading.numbers()).toEqual({});
});

test("no page leaves anything in the browser: no cookie, nothing stored", async () => {
  const page = await sitDown();
  await turnAway(page, true);
  expect(await page.context().cookies()).toEqual([]);
  expect(await page.evaluate("[localStorage.length, sessionStorage.length]")).toEqual([0, 0]);
  await page.context().close();
  await reading.numbers();
});

const answers = () => reading.rows("SELECT page, clear, words FROM feedback ORDER BY at DESC, id");

test.each([
  ["with JavaScript in place", true],
  ["without JavaScript", false],
])("by keyboard, %s: a line, a no, and thanks where the question was", async (_, javaScriptEnabled) => {
  await (await reading.world.database()).prepare("DELETE FROM feedback").run();
  const page = await sitDown(path, { viewport: phone, javaScriptEnabled });
  let loads = 0;
  page.on("domcontentloaded", () => {
    loads += 1;
  });
  await page.getByLabel("What helped, or what was missing? (optional)").focus();
  await page.keyboard.type("What is Newton's law?");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Shift+Tab");
  expect(await page.locator(":focus").textContent()).toBe("No");
  await page.keyboard.press("Enter");
  await page.getByText("Thank you. Your answer goes to the author").waitFor({ state: "visible" });
  expect(await page.getByRole("button", { name: "Yes" }).isVisible()).toBe(false);
  const top = () => page.locator('[id="page.thank-you"]').evaluate((node) => node.getBoundingClientRect().top);
  await expect.poll(top).toBeLessThan(phone.height);
  expect(loads).toBe(javaScriptEnabled ? 0 : 1);
  expect(new URL(page.url()).pathname).toBe(path);
  expect(await answers()).toEqual([{ page: "tea/cooling", clear: 0, words: "What is Newton's law?" }]);
  await page.context().close();
});

test("when an answer does not arrive, the page says so and keeps what was typed", async () => {
  const page = await sitDown();
  await page.route("**/stats/feedback", (route) => route.abort());
  await page.getByLabel("What helped, or what was missing? (optional)").fill("A long thought");
  await page.getByRole("button", { name: "Yes", exact: true }).click();
  await page.getByRole("alert").waitFor();
  expect(await page.getByRole("alert").textContent()).toBe("Your answer could not be sent. Please try again.");
  await page.unroute("**/stats/feedback");
  expect(await page.getByRole("textbox").first().inputValue()).toBe("A long thought");
  await page.getByRole("button", { name: "Yes", exact: true }).click();
  await page.getByText("Thank you. Your answer goes to the author").waitFor({ state: "visible" });
  await page.context().close();
});

test.each([
  ["a phone", phone, "light"],
  ["a phone in the dark", phone, "dark"],
  ["a desk", desktop, "light"],
  ["a desk in the dark", desktop, "dark"],
] as const)(
  "on %s everybody can use the form, the thanks and the page about counting",
  async (_, viewport, colorScheme) => {
    const { page, complaints } = await openPage(browser, `${reading.world.url}${path}`, { viewport, colorScheme });
    for (const at of [path, `${path}#page.thank-you`, "/tea/", "/about/counting"]) {
      await page.goto(reading.world.url + at);
      expect([at, await auditAccessibility(page)]).toEqual([at, []]);
      const wide = await page.evaluate(
        "Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)",
      );
      expect([at, wide]).toEqual([at, 0]);
    }
    await page.goto(reading.world.url + path);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".feedback").isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);
