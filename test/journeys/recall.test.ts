/** Follows readers who rate answers and meet the questions again some days later: by mouse, keyboard and touch, and without JavaScript or storage. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, type World } from "../world.ts";
import { auditAccessibility, desktop, openBrowser, openPage, phone } from "./browser.ts";

let world: World;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([openWorld(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

const open = (path: string, options: BrowserContextOptions = {}) => openPage(browser, world.url + path, options);

const day = 86_400_000;
const stored = (page: Page) =>
  page.evaluate<Record<string, { text: string; reviews: [number, number][] }>>(
    `JSON.parse(localStorage.getItem("recall") ?? "{}")`,
  );
/** As if the reader had rated the only question of the chapter so many days ago. */
const rateBefore = async (page: Page, days: number, more: object = {}): Promise<string> => {
  const id = (await page.locator(".recall-list li").first().getAttribute("id"))?.slice(2) ?? "";
  const value = { [id]: { text: "tea/cooling", reviews: [[Date.now() - days * day, 3]] }, ...more };
  await page.evaluate(`localStorage.setItem("recall", ${JSON.stringify(JSON.stringify(value))})`);
  await page.reload();
  return id;
};
const shifts = (page: Page) =>
  page.evaluate<number>(`new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value; })
      .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(sum), 300);
  })`);
const state = (page: Page) => page.locator(".due-state").innerText();

describe.each([
  ["by mouse", { viewport: desktop }],
  ["by touch", { viewport: phone, hasTouch: true, isMobile: true }],
] as const)("%s", (name, options) => {
  test("an answer in a chapter can be rated once it is open, the rating can be changed, and nothing moves", async () => {
    const { page, complaints } = await open("/tea/cooling", options);
    const press = (text: string) => {
      const button = page.locator(".questions").getByText(text, { exact: true });
      return name === "by touch" ? button.tap() : button.click();
    };
    expect(await page.locator(".rating").count()).toBe(0);
    // The script comes late: there must be room for what it adds.
    await page.route("**/recall.*.js", async (route) => {
      await new Promise((done) => setTimeout(done, 900));
      await route.continue();
    });
    await press("Answer");
    await page.locator(".rating button").first().waitFor();
    expect(
      await page.getByRole("group", { name: "How well did you know it?" }).getByRole("button").allInnerTexts(),
    ).toEqual(["Again", "Hard", "Good", "Easy"]);
    // The buttons have moved nothing: a row of them would shift the page by ten times as much.
    expect(await shifts(page)).toBeLessThan(0.001);
    await press("Good");
    expect(await page.locator(".rating-result").innerText()).toBe(
      "Saved in this browser. The question comes back in a few days. See what is due",
    );
    await press("Again");
    expect(await page.locator(".rating-result").innerText()).toContain("comes back tomorrow.");
    expect(await page.getByRole("button", { pressed: true }).allInnerTexts()).toEqual(["Again"]);
    const [[id = "", question] = []] = Object.entries(await stored(page));
    expect(await page.locator(".questions li").first().getAttribute("id")).toBe(`q.${id}`);
    expect(question).toEqual({ text: "tea/cooling", reviews: [[expect.any(Number), 1]] });
    expect(await auditAccessibility(page)).toEqual([]);
    await press("See what is due");
    expect(await state(page)).toBe("Nothing is due today. The next question comes back tomorrow.");
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

test("by keyboard, what is due is shown one at a time, rated with a digit, and can be undone; nothing moves by itself", async () => {
  const { page, complaints } = await open("/recall");
  expect(await state(page)).toMatch(/^No question comes back yet/);
  const id = await rateBefore(page, 30);
  expect(await state(page)).toBe("1 question left.");
  expect(await shifts(page)).toBe(0);
  expect(await page.locator(".due-card").innerText()).toMatch(/^Cooling: When to Drink\s+What happens at/);
  await page.locator(".due-card summary").focus();
  // Before the answer is open, digits do nothing.
  await page.keyboard.press("3");
  expect((await stored(page))[id]?.reviews).toHaveLength(1);
  await page.keyboard.press("Enter");
  const buttons = page.locator(".due-card .rating button");
  expect(await buttons.first().innerText()).toMatch(/^Again\s+1 day$/);
  expect((await buttons.allInnerTexts()).map((text) => text.replace(/\s+/g, " "))).toEqual([
    "Again 1 day",
    expect.stringMatching(/^Hard \d+ days$/),
    expect.stringMatching(/^Good \d+ days$/),
    expect.stringMatching(/^Easy \d+ (?:days|months)$/),
  ]);
  await page.keyboard.press("3");
  expect(await page.locator(".due-result").innerText()).toMatch(
    /^Good: the question comes back on \w+day \d+ \w+\. Undo$/,
  );
  expect(await state(page)).toMatch(/^Nothing is due today\. The next question comes back on /);
  expect(await page.evaluate("document.activeElement.className")).toBe("due-state");
  expect((await stored(page))[id]?.reviews).toEqual([
    [expect.any(Number), 3],
    [expect.any(Number), 3],
  ]);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect((await stored(page))[id]?.reviews).toHaveLength(1);
  expect(await page.evaluate("document.activeElement.ariaLabel")).toBe("Last question");
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("two tabs do not overwrite each other, and a question that was rated in one is no longer due in the other", async () => {
  const { page } = await open("/recall");
  const id = await rateBefore(page, 30);
  const other = await page.context().newPage();
  await other.goto(`${world.url}/recall`);
  await other.locator(".due-card summary").click();
  await page.evaluate(
    `localStorage.setItem("recall", JSON.stringify({ ...JSON.parse(localStorage.getItem("recall")), "0123456789": { text: "tea/leaves", reviews: [[1, 3]] } }))`,
  );
  await other.locator(".due-card .rating button").nth(2).click();
  expect(Object.keys(await stored(page)).sort()).toEqual(["0123456789", id].sort());
  await expect.poll(() => state(page)).toMatch(/^Nothing is due today/);
  await page.context().close();
});

test("questions that the library no longer asks are one sentence, and are removed on request", async () => {
  const { page } = await open("/recall");
  const id = await rateBefore(page, 30, { "0123456789": { text: "tea/cooling", reviews: [[1, 3]] }, broken: 7 });
  expect(await page.locator(".due-lost").innerText()).toBe(
    "A question that you rated has been removed from the library, or reworded. Remove its ratings",
  );
  await page.getByRole("button", { name: "Remove its ratings" }).click();
  expect(await page.locator(".due-lost").innerText()).toBe("");
  expect(Object.keys(await stored(page))).toEqual([id]);
  await page.context().close();
});

test("what is rated in the list below is known above at once", async () => {
  const { page } = await open("/recall?book=tea");
  await page.locator(".recall-list summary").first().click();
  await page.locator(".recall-list .rating button").nth(0).click();
  expect(await state(page)).toBe("Nothing is due today. The next question comes back tomorrow.");
  expect(await page.locator(".recall-list .rating-result").innerText()).not.toContain("See what is due");
  await page.context().close();
});

test("a browser whose storage is full or forbidden says so, and the answers can still be read", async () => {
  const full = await open("/recall");
  await rateBefore(full.page, 30);
  await full.page.evaluate(
    `Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }`,
  );
  await full.page.locator(".due-card summary").click();
  await full.page.locator(".due-card .rating button").nth(2).click();
  expect(await full.page.locator(".due-result").innerText()).toBe(
    "Your browser could not save this rating, because its storage is full or blocked.",
  );
  await full.page.context().close();

  const context = await browser.newContext();
  await context.addInitScript(
    `Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } })`,
  );
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  await page.goto(`${world.url}/tea/cooling`);
  await page.locator(".questions summary").click();
  await page.locator(".rating button").nth(2).click();
  expect(await page.locator(".rating-result").innerText()).toContain("could not save");
  await page.goto(`${world.url}/recall`);
  expect(await state(page)).toBe("This browser does not let the library store anything, so no question can come back.");
  await page.locator(".recall-list summary").click();
  expect(await page.locator(".recall-list details").innerText()).toContain("Nothing: the rate is zero.");
  expect(errors).toEqual([]);
  await context.close();
});

test("without JavaScript, the page has all questions with their answers, and says what it cannot do", async () => {
  const { page, complaints } = await open("/recall", { javaScriptEnabled: false });
  expect(await page.locator("main").innerText()).toContain("Without JavaScript, nothing can be rated");
  await page.locator(".recall-list summary").click();
  expect(await page.locator(".recall-list details").innerText()).toContain("Nothing: the rate is zero.");
  expect(await page.locator(".due").isVisible()).toBe(false);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test.each(["light", "dark"] as const)(
  "the page is accessible, with the question and its answer open: %s",
  async (colorScheme) => {
    const { page } = await open("/recall", { colorScheme });
    expect(await auditAccessibility(page)).toEqual([]);
    await rateBefore(page, 30, { "0123456789": { text: "tea/cooling", reviews: [[1, 3]] } });
    await page.locator(".due-card summary").click();
    await page.locator(".recall-list summary").click();
    await page.locator(".recall-list .rating").waitFor();
    expect(await auditAccessibility(page)).toEqual([]);
    await page.context().close();
  },
);
