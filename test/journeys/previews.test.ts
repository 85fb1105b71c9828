/** Follows a reader who wants to know where links lead: with a mouse, the keyboard alone, and a finger. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bookFolder, openWorld, type World } from "../world.ts";
import { auditAccessibility, colourRules, desktop, fontsLoaded, openBrowser, openPage, phone } from "./browser.ts";

let tea: World;
/** Has a part of each kind. */
let proofs: World;
let browser: Browser;
beforeAll(async () => {
  [tea, proofs, browser] = await Promise.all([
    openWorld(bookFolder("tea"), { now: "2026-12-01T00:00:00Z" }),
    openWorld(bookFolder("proofs"), { now: "2026-12-01T00:00:00Z" }),
    openBrowser(),
  ]);
});
afterAll(async () => {
  await browser.close();
  await Promise.all([tea[Symbol.asyncDispose](), proofs[Symbol.asyncDispose]()]);
});

async function open(url: string, options: BrowserContextOptions = {}) {
  const { page, complaints } = await openPage(browser, url, { reducedMotion: "reduce", ...options });
  await fontsLoaded(page);
  await page.evaluate(
    "globalThis.shifts = []; new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({ type: 'layout-shift' })",
  );
  const card = page.getByRole("group", { name: /^Preview of / });
  return { page, complaints, card };
}

const shifts = (page: Page) => page.evaluate<number>("shifts.length");
const focused = async (page: Page) =>
  (await page.evaluate<string>("document.activeElement.textContent")).replace(/\s/g, " ");
/** What assistive technology reads out with the element that has the focus. */
const description = (page: Page) =>
  page.evaluate<string | undefined>(
    "document.getElementById(document.activeElement.getAttribute('aria-describedby'))?.textContent",
  );
const loadedCards = (page: Page) =>
  page.evaluate<number>("performance.getEntriesByType('resource').filter(({ name }) => /card/.test(name)).length");
const twoFrames = (page: Page) =>
  page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");

describe("with a mouse", () => {
  test("a definition, a statement, a table, a listing, a figure and an equation are shown where the text refers to them", async () => {
    const { page, complaints, card } = await open(`${proofs.url}/steeping/cooling`);
    expect(await loadedCards(page)).toBe(0);
    const before = await page.evaluate("document.querySelectorAll('[id]').length");
    const contents = [
      ["Definition 1", "The excess of a cup"],
      ["Theorem 3", "has an excess that strictly decreases"],
      ["Table 1", "flask"],
      ["Listing 1", "print(20 + 70"],
      ["Figure 1", "The curve of"],
      ["Equation (1)", "dt"],
    ] as const;
    for (const [name, content] of contents) {
      await page.locator(".body a", { hasText: name }).first().hover();
      await card.filter({ hasText: content }).waitFor();
      expect((await card.getAttribute("aria-label"))?.replace(/\s/g, " ")).toBe(`Preview of ${name}`);
      // The copy has none, so links lead to the original.
      expect(await page.evaluate("document.querySelectorAll('[id]:not(.card [id])').length")).toBe(before);
      expect(await card.locator("[id] [id], [tabindex], a[href^='#'], button").count()).toBe(0);
      // It may cover the next link.
      await page.keyboard.press("Escape");
    }
    expect(await loadedCards(page)).toBe(2);
    expect(await shifts(page)).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("a wide page has the card beside the text, a narrower one below the link, and a phone at its foot", async () => {
    const { page, card } = await open(`${proofs.url}/steeping/cooling`);
    const link = page.locator(".body a", { hasText: "Definition 1" }).first();
    const boxes = async () => {
      await page.mouse.move(1, 1);
      await card.waitFor({ state: "hidden" });
      await link.hover();
      await card.waitFor();
      const [text, anchor, box] = await Promise.all(
        [page.locator(".body"), link, card].map((each) => each.boundingBox()),
      );
      if (!text || !anchor || !box) throw new Error("Not shown");
      return { text, anchor, box };
    };
    await link.hover();
    const beside = await boxes();
    expect(beside.box.x).toBeGreaterThan(beside.text.x + beside.text.width);
    expect(Math.abs(beside.box.y - beside.anchor.y)).toBeLessThan(40);
    await page.setViewportSize({ width: 1000, height: 800 });
    const below = await boxes();
    expect(below.box.x + below.box.width).toBeLessThanOrEqual(below.text.x + below.text.width + 1);
    expect(below.box.y).toBeGreaterThan(below.anchor.y + below.anchor.height);
    await page.setViewportSize(phone);
    const sheet = await boxes();
    // But for the gutter of a scroll bar.
    expect(sheet.box.width).toBeGreaterThan(phone.width - 20);
    expect(sheet.box.y + sheet.box.height).toBe(phone.height);
    await page.context().close();
  });

  test("the card stays while the pointer is on it, and closes with Escape or when the pointer has left", async () => {
    const { page, card } = await open(`${proofs.url}/steeping/cooling`);
    const link = page.locator(".body a", { hasText: "Theorem 3" }).first();
    await link.hover();
    await card.waitFor();
    const box = await card.boundingBox();
    await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 20, { steps: 8 });
    await page.evaluate("new Promise((done) => setTimeout(done, 400))");
    expect(await card.isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    await card.waitFor({ state: "hidden" });
    await link.hover();
    await card.waitFor();
    await page.mouse.move(1, 1);
    await card.waitFor({ state: "hidden" });
    await link.click();
    expect(page.url()).toMatch(/#thm-monotone$/);
    await page.context().close();
  });

  test("a chapter is shown with its title, its excerpt, its minutes, and that it was read; this is no view of it", async () => {
    const { page, complaints, card } = await open(`${tea.url}/tea/`);
    const requests: Promise<Record<string, string>>[] = [];
    page.on("request", (request) => {
      if (new URL(request.url()).pathname === "/tea/cooling") requests.push(request.allHeaders());
    });
    const link = page.locator(".body a.chapter[href^='/tea/cooling']");
    await link.hover();
    await card.waitFor();
    expect(await card.innerText()).toMatch(
      /^Cooling: When to Drink\s+A cup at 90 degrees is drinkable in eight minutes, and one law says so\.\s+\d min$/,
    );
    expect(await shifts(page)).toBe(0);
    await page.keyboard.press("Escape");
    await page.evaluate("localStorage.setItem('done', JSON.stringify({ 'tea/cooling': 1, 'tea/leaves': 1 }))");
    await page.mouse.move(1, 1);
    await link.hover();
    await card.filter({ hasText: "You have read this" }).waitFor();
    // The page is read once; pages that are not documents do not count as views (src/stats/who-counts.ts).
    expect((await Promise.all(requests)).map((headers) => headers["sec-fetch-dest"])).toEqual(["empty"]);
    await page.evaluate("localStorage.setItem('done', '[nonsense')");
    await page.mouse.move(1, 1);
    await card.waitFor({ state: "hidden" });
    await link.hover();
    await card.waitFor();
    expect(await card.innerText()).not.toContain("You have read this");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("a chapter that cannot be read has no card, and its link works", async () => {
    const { page, card } = await open(`${tea.url}/tea/`);
    let failed = 0;
    await page.route(`${tea.url}/tea/leaves`, async (route) => {
      if (route.request().resourceType() === "document") return route.continue();
      failed += 1;
      return failed === 1 ? route.abort() : route.fulfill({ status: 503, body: "" });
    });
    const link = page.locator(".body a.chapter[href='/tea/leaves']");
    for (const count of [1, 2]) {
      await link.hover();
      await expect.poll(() => failed).toBe(count);
      await twoFrames(page);
      expect(await card.count()).toBe(0);
      await page.mouse.move(1, 1);
    }
    await link.click();
    await page.waitForURL(`${tea.url}/tea/leaves`);
    await page.context().close();
  });
});

describe("with the keyboard alone", () => {
  test("the focus shows the card and has it as its description; it is no stop, and Escape closes it", async () => {
    const { page, complaints, card } = await open(`${proofs.url}/steeping/cooling`);
    await page.locator(".kicker a").last().focus();
    for (let stop = 0; stop < 12 && (await focused(page)) !== "Definition 1"; stop += 1)
      await page.keyboard.press("Tab");
    await card.filter({ hasText: "The excess of a cup" }).waitFor();
    expect(await description(page)).toContain("The excess of a cup");
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("Theorem 3");
    await card.filter({ hasText: "strictly decreases" }).waitFor();
    expect(await page.locator("[aria-describedby='page.card']").count()).toBe(1);
    await page.keyboard.press("Escape");
    await card.waitFor({ state: "hidden" });
    expect(await focused(page)).toBe("Theorem 3");
    expect(await description(page)).toBeUndefined();
    await page.keyboard.press("Enter");
    expect(page.url()).toMatch(/#thm-monotone$/);
    expect(await card.count()).toBe(0);
    expect(await shifts(page)).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("on a phone the sheet does not cover the link", async () => {
    const { page, card } = await open(`${proofs.url}/steeping/cooling`, { viewport: phone });
    const link = page.locator(".body a", { hasText: "Table 1" }).first();
    await page.evaluate(
      `scrollBy(0, document.querySelector('.body a[href="#tbl-pots"]').getBoundingClientRect().bottom - innerHeight + 5)`,
    );
    await link.focus();
    await card.waitFor();
    const [anchor, box] = await Promise.all([link.boundingBox(), card.boundingBox()]);
    expect((anchor?.y ?? 0) + (anchor?.height ?? 0)).toBeLessThanOrEqual(box?.y ?? 0);
    await page.context().close();
  });

  test("a note is not read out twice: it is right behind its mark", async () => {
    const { page, card } = await open(`${tea.url}/tea/leaves`, { viewport: { width: 800, height: 700 } });
    await page.locator(".note-mark").first().focus();
    await card.filter({ hasText: "an infusion of something else" }).waitFor();
    expect(await description(page)).toBeUndefined();
    await page.setViewportSize(desktop);
    await page.locator(".citation a").first().focus();
    await card.filter({ hasText: "Okakura" }).waitFor();
    // In the margin.
    await page.locator(".note-mark").first().focus();
    await card.waitFor({ state: "hidden" });
    await page.context().close();
  });
});

describe("with a finger", () => {
  const onPhone = { viewport: phone, hasTouch: true };

  test("the first tap shows the card, the second follows the link, and there is a way back", async () => {
    const { page, complaints, card } = await open(`${proofs.url}/steeping/cooling`, onPhone);
    const url = page.url();
    const link = page.locator(".body a", { hasText: "Table 1" }).first();
    const wayBack = page.getByRole("button", { name: "Back to where you were" });
    await link.tap();
    await card.filter({ hasText: "flask" }).waitFor();
    expect(page.url()).toBe(url);
    await twoFrames(page);
    expect(await wayBack.count()).toBe(0);
    await link.tap();
    await expect.poll(() => page.url()).toContain("#tbl-pots");
    expect(await card.count()).toBe(0);
    await wayBack.click();
    await expect.poll(() => page.url()).toBe(url);

    await link.tap();
    await card.getByRole("link", { name: "Go to Table 1" }).tap();
    await expect.poll(() => page.url()).toContain("#tbl-pots");
    expect(await card.count()).toBe(0);
    await wayBack.click();
    await expect.poll(() => page.url()).toBe(url);

    await link.tap();
    await card.waitFor();
    await page.locator("h1").tap();
    await card.waitFor({ state: "hidden" });
    expect(await shifts(page)).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("a link to a chapter, and a note, are followed at once", async () => {
    const { page, card } = await open(`${tea.url}/tea/leaves`, onPhone);
    await page.locator(".note-mark").first().tap();
    await page.locator(".note:target").waitFor();
    expect(await card.count()).toBe(0);
    await page.goto(`${tea.url}/tea/`);
    await page.locator(".body a.chapter[href='/tea/leaves']").tap();
    await page.waitForURL(`${tea.url}/tea/leaves`);
    await page.context().close();
  });

  test("without the script, the first tap follows the link", async () => {
    const { page } = await open(`${proofs.url}/steeping/cooling`, onPhone);
    await page.route(/card\.\w+\.js/, (route) => route.abort());
    await page.locator(".body a", { hasText: "Table 1" }).first().tap();
    await page.waitForURL(/#tbl-pots$/);
    await page.context().close();
  });
});

test("an open card is accessible by day and in the dark, in each of its places", async () => {
  const { page, card } = await open(`${proofs.url}/steeping/cooling`);
  const link = page.locator(".body a", { hasText: "Table 1" }).first();
  for (const viewport of [desktop, phone]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.mouse.move(1, 1);
      await link.hover();
      await card.filter({ hasText: "flask" }).waitFor();
      expect(await auditAccessibility(page, colorScheme === "dark" ? colourRules : undefined)).toEqual([]);
      await page.keyboard.press("Escape");
    }
  }
  await page.context().close();
});
