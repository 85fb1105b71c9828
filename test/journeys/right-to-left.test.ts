/**
 * Checks a book in Arabic beside one in English: it is laid out from right to left, and left-to-right content keeps its
 * direction.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bookFolder, openWorld, type World } from "../world.ts";
import { auditAccessibility, desktop, openBrowser, openPage, phone } from "./browser.ts";

let world: World;
let browser: Browser;
beforeAll(async () => {
  world = await openWorld(bookFolder("caravan"), { settings: { TOKEN_KEYS: `k1:${"x".repeat(32)}` } });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

const chapter = "/algebra/completing-the-square";

/** Position of the first match, in CSS pixels. */
const boxOf = (page: Page, selector: string) =>
  page.evaluate<{ left: number; right: number; width: number }>(
    `document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect().toJSON()`,
  );

/** Left edges of the parts of a formula, in source order. */
const leftEdges = (page: Page, selector: string) =>
  page.evaluate<number[]>(`
    [...document.querySelector(${JSON.stringify(selector)}).querySelectorAll(".mord, .mrel, .mbin")]
      .filter((part) => part.childElementCount === 0)
      .map((part) => part.getBoundingClientRect().left)`);

const isSorted = (numbers: readonly number[]) =>
  numbers.every((value, index) => index === 0 || value >= (numbers[index - 1] ?? 0));

test.each([phone, desktop])("pages at %o: nothing sideways, axe finds nothing", async (viewport) => {
  for (const path of ["/", "/algebra/", chapter, "/stars/", "/stars/altair"]) {
    const { page, complaints } = await openPage(browser, world.url + path, { viewport });
    const wide = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
    expect([path, wide <= 0, complaints, await auditAccessibility(page)]).toEqual([path, true, [], []]);
    await page.context().close();
  }
});

test("a chapter in Arabic: its language and direction, its list on the right, its notes on the left", async () => {
  const { page } = await openPage(browser, world.url + chapter);
  expect(await page.locator("html").getAttribute("dir")).toBe("ltr");
  const article = page.locator("article");
  expect([await article.getAttribute("lang"), await article.getAttribute("dir")]).toEqual(["ar", "rtl"]);
  const body = await boxOf(page, ".body > p");
  expect((await boxOf(page, ".page-contents")).left).toBeGreaterThan(body.right);
  expect((await boxOf(page, ".note")).right).toBeLessThan(body.left);
  const item = await boxOf(page, ".body > ul > li");
  expect(Math.round(body.right - item.right)).toBe(24);
  const quotation = await page.evaluate<string>(
    "getComputedStyle(document.querySelector('blockquote')).borderRightWidth",
  );
  expect(quotation).toBe("2px");
  await page.context().close();
});

test("formulas and code in it read from left to right", async () => {
  const { page } = await openPage(browser, world.url + chapter);
  for (const selector of [".body > p .katex", ".equation .katex"]) {
    const edges = await leftEdges(page, selector);
    expect(edges.length).toBeGreaterThan(4);
    expect([selector, isSorted(edges)]).toEqual([selector, true]);
  }
  const [code, equation, number] = await Promise.all(
    [".listing code", ".equation.numbered", ".equation .number"].map((selector) => boxOf(page, selector)),
  );
  const listing = await boxOf(page, ".listing");
  expect((code?.left ?? 0) - listing.left).toBeLessThan(24);
  // The number is at the end of the line, which is on the left.
  expect(number?.left).toBe(equation?.left);
  await page.context().close();
});

test("the interface's own words in it keep their order, and say their language", async () => {
  const { page } = await openPage(browser, world.url + chapter);
  const words = await page.evaluate<string[]>(`
    [...document.querySelectorAll(".byline .day, .byline .minutes, [id='page.feedback'], .needs .label, #references, .kicker-number")]
      .map((element) => getComputedStyle(element).direction + " " + element.textContent.trim())`);
  expect(words).toEqual([
    "ltr Chapter 1",
    "ltr 20 January 2026",
    "ltr 1 min",
    "ltr Read first",
    "ltr Needed for",
    "ltr Was this clear?",
    "ltr References",
  ]);
  expect(await page.locator("#references").getAttribute("lang")).toBe("en");
  await page.context().close();
});

test("in lists titles of both directions stand at the same edge", async () => {
  for (const [path, selector] of [
    ["/", ".newest li a"],
    ["/stars/", ".contents-list .entry-title"],
  ] as const) {
    const { page } = await openPage(browser, world.url + path);
    const lines = await page.evaluate<{ direction: string; start: number }[]>(`
      [...document.querySelectorAll(${JSON.stringify(selector)})].map((title) => {
        const words = document.createRange();
        words.selectNodeContents(title);
        return { direction: getComputedStyle(title).direction, start: Math.round(words.getBoundingClientRect().left) };
      })`);
    expect(new Set(lines.map(({ direction }) => direction))).toEqual(new Set(["ltr", "rtl"]));
    expect(new Set(lines.map(({ start }) => start)).size).toBe(1);
    await page.context().close();
  }
});

test("its feed says the language, and code in it reads from left to right", async () => {
  const { body } = await world.get("/algebra/feed.xml");
  expect(body).toContain('<entry xml:lang="ar">\n<title>إكمال المربع</title>');
  expect(body).toContain("&lt;div lang=&quot;ar&quot; dir=&quot;rtl&quot;&gt;");
  expect(body).toContain("&lt;pre dir=&quot;ltr&quot;&gt;");
});

describe("a library in Hebrew", () => {
  let home: string;
  let hebrew: World;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), "hebrew-"));
    cpSync(join(bookFolder("caravan"), "content"), join(home, "content"), { recursive: true });
    const path = join(home, "content/library.md");
    const text = readFileSync(path, "utf8")
      .replace("The Caravan Library", "ספריית השיירה")
      .replace("Books that travelled from language to language.", "ספרים שנדדו משפה לשפה.");
    writeFileSync(path, text.replace("tagline", "language: he\ntagline"));
    hebrew = await openWorld(home);
  });
  afterAll(async () => {
    await hebrew[Symbol.asyncDispose]();
    rmSync(home, { recursive: true });
  });

  test("runs from right to left as a whole, and its English book does not", async () => {
    for (const viewport of [phone, desktop]) {
      const { page } = await openPage(browser, hebrew.url, { viewport });
      expect(await page.locator("html").getAttribute("dir")).toBe("rtl");
      expect((await boxOf(page, ".mark")).left).toBeGreaterThan((await boxOf(page, ".masthead nav")).left);
      expect(await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
      await page.goto(`${hebrew.url}/stars/numerals`);
      expect(await page.locator("article").getAttribute("dir")).toBe("ltr");
      await page.context().close();
    }
  });
});
