/**
 * Checks pages as few readers see them: in forced colours, with more contrast, in print, with one book in the library.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { layoutFaults, openLayoutWorld, publicPaths } from "../house/layout-world.ts";
import { bookFolder, openWorld, type World } from "../world.ts";
import { auditAccessibility, desktop, openBrowser, phone } from "./browser.ts";

let world: World;
let browser: Browser;
beforeAll(async () => {
  world = await openLayoutWorld();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

async function open(path: string, options: BrowserContextOptions): Promise<Page> {
  const page = await (await browser.newContext({ viewport: desktop, ...options })).newPage();
  await page.goto(world.url + path);
  return page;
}

/** Computed values for every element that matches. */
const styleOf = (page: Page, selector: string, property: string) =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].map((each) => getComputedStyle(each).getPropertyValue("${property}"))`,
  );

/** Chapters whose figures have choices and sliders. */
const touchable = "/transformers/positional-encodings";

describe.each(["light", "dark"] as const)("in colours that the reader has chosen, %s", (colorScheme) => {
  const forced: BrowserContextOptions = { forcedColors: "active", colorScheme };

  test("what is chosen differs from what is not, and only that has a line", async () => {
    const paths = [
      "/transformers/self-attention",
      "/transformers/multi-head-attention",
      "/graph-neural-networks/gcn",
      touchable,
    ];
    let groups = 0;
    for (const path of paths) {
      const page = await open(path, forced);
      const [ground] = await styleOf(page, "html", "background-color");
      const chosen = await styleOf(page, ".choice input:checked + span", "background-color");
      const others = await styleOf(page, ".choice input:not(:checked) + span", "background-color");
      groups += chosen.length;
      for (const colour of chosen) expect([path, others.includes(colour)]).toEqual([path, false]);
      const lines = await styleOf(page, ".choice input:not(:checked) + span", "border-bottom-color");
      expect([path, ...new Set(lines)]).toEqual(lines.length > 0 ? [path, ground] : [path]);
      await page.context().close();
    }
    expect(groups).toBeGreaterThan(0);
  });

  test("buttons have an edge, and drawings the reader's ink, whatever theme was chosen before", async () => {
    const page = await open("/transformers/self-attention", forced);
    for (const theme of ["light", "dark"]) {
      await page.evaluate(`document.documentElement.dataset.theme = ${JSON.stringify(theme)}`);
      const [ink] = await styleOf(page, "body", "color");
      const letters = await styleOf(page, ".drawing text.label:not([class*=ink-], .soft, .on-colour)", "fill");
      expect(letters.length).toBeGreaterThan(0);
      expect([theme, ...new Set(letters)]).toEqual([theme, ink]);
    }
    const edges = await styleOf(page, ".button, .copy, .controls button", "border-top-width");
    expect(edges.length).toBeGreaterThan(2);
    expect(new Set(edges)).toEqual(new Set(["1px"]));
    await page.context().close();
  });

  test("no text has the colour of the page, which browsers lay as a plate under every text", async () => {
    const invisible = `(ground) => [...document.querySelectorAll("body *")].filter((element) => {
      const { color, forcedColorAdjust } = getComputedStyle(element);
      const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
      return hasText && element.checkVisibility() && forcedColorAdjust !== "none" && color === ground;
    }).map((element) => element.className + " " + element.textContent.trim().slice(0, 30))`;
    for (const path of ["/", "/transformers/", "/transformers/self-attention", "/newsletter/", "/desk/", touchable]) {
      const page = await open(path, forced);
      const [ground] = await styleOf(page, "html", "background-color");
      expect([path, await page.evaluate(`(${invisible})(${JSON.stringify(ground)})`)]).toEqual([path, []]);
      await page.context().close();
    }
  });

  test("at the desk one tab is the current one", async () => {
    const page = await open("/desk/", forced);
    const [ground] = await styleOf(page, "html", "background-color");
    const [current] = await styleOf(page, ".desk-masthead nav [aria-current]", "border-bottom-color");
    const others = await styleOf(page, ".desk-masthead nav a:not([aria-current])", "border-bottom-color");
    expect(current).not.toBe(ground);
    expect(others.length).toBeGreaterThan(3);
    expect(new Set(others)).toEqual(new Set([ground]));
    await page.context().close();
  });

  test("with more contrast every text has seven to one", async () => {
    for (const path of ["/", "/graph-neural-networks/", "/transformers/self-attention"]) {
      const page = await open(path, { contrast: "more", colorScheme });
      const findings = await auditAccessibility(page, ["color-contrast-enhanced"]);
      // In code and in labels of figures, colours have a meaning.
      expect([path, findings.filter((text) => !/\.t-|svg|drawing/.test(text.split(" ")[1] ?? ""))]).toEqual([path, []]);
      await page.context().close();
    }
  });
});

describe("on paper", () => {
  test("nothing is printed that only works on a screen, and every answer is", async () => {
    const page = await open("/transformers/self-attention", {});
    await page.emulateMedia({ media: "print" });
    const screenOnly = [
      ".subscribe-band",
      ".colophon",
      ".questions summary",
      ".feedback",
      ".masthead nav",
      ".controls",
      ".copy",
    ];
    for (const selector of [...screenOnly, ".page-contents", ".neighbours", ".theme-switch"]) {
      const seen = await page
        .locator(selector)
        .evaluateAll((all) => all.filter((each) => each.getClientRects().length > 0).length);
      expect([
        selector,
        await page
          .locator(selector)
          .count()
          .then((count) => count > 0),
        seen,
      ]).toEqual([selector, true, 0]);
    }
    const answers = page.locator(".questions details p");
    expect(await answers.count()).toBeGreaterThan(1);
    for (const answer of await answers.all()) expect(await answer.isVisible()).toBe(true);
    await page.context().close();
  });

  test("a figure leaves room for text on its page; a link says where it leads", async () => {
    // The width of A4 without its margins, in CSS pixels.
    const page = await open("/transformers/self-attention", { viewport: { width: 627, height: 960 } });
    await page.emulateMedia({ media: "print" });
    const heights = await page
      .locator("figure .drawing")
      .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height));
    expect(heights.length).toBeGreaterThan(1);
    // A third of a page.
    expect(Math.max(...heights)).toBeLessThan(290);
    const after = await page.evaluate<string>(
      "getComputedStyle(document.querySelector('.references a'), '::after').content",
    );
    expect(after).toContain("https://arxiv.org/abs/");
    expect(await page.evaluate("getComputedStyle(document.querySelector('.body a.chapter'), '::after').content")).toBe(
      "none",
    );
    await page.context().close();
  });

  test("every page begins at one edge, with no button, and with nothing cut in two that belongs together", async () => {
    const page = await open("/", { viewport: { width: 627, height: 960 } });
    await page.emulateMedia({ media: "print" });
    const breaks: string[] = [];
    const parts = ".masthead, .front, .shelf, .book-index, .reading, .desk";
    const books = ["/transformers/", "/graph-neural-networks/"];
    for (const path of ["/", ...books, "/books", "/transformers/self-attention", "/desk/", "/desk/calendar"]) {
      await page.goto(world.url + path);
      const edges = await page.evaluate<[number, number][]>(
        `[...document.querySelectorAll(${JSON.stringify(parts)})].map((part) => part.getBoundingClientRect()).map(({ left, right }) => [left, right])`,
      );
      expect(edges.length).toBeGreaterThan(1);
      expect([path, new Set(edges.map(String)).size]).toEqual([path, 1]);
      expect([path, await page.locator(":is(button, .button)").filter({ visible: true }).count()]).toEqual([path, 0]);
      breaks.push(
        ...(await styleOf(
          page,
          ".contents-list li, .newest li, .book-index li, .notation > div, .shelf-place, .table",
          "break-inside",
        )),
      );
    }
    expect([breaks.length > 40, new Set(breaks)]).toEqual([true, new Set(["avoid"])]);
    // If a subgrid row starts a page, Chromium overlaps it with the end of the previous row.
    await page.goto(world.url);
    expect(new Set(await styleOf(page, ".shelf, .shelf-book", "display"))).toEqual(new Set(["block"]));
    await page.context().close();
  });

  test("the lettering of every figure has six points at least", async () => {
    const page = await open("/", { viewport: { width: 627, height: 960 } });
    await page.emulateMedia({ media: "print" });
    const small: string[] = [];
    for (const path of await publicPaths(world)) {
      await page.goto(world.url + path);
      const points = await page.evaluate<
        number[]
      >(`[...document.querySelectorAll("figure svg.drawing text")].map((text) => {
        const { width, height } = text.ownerSVGElement.viewBox.baseVal;
        const box = text.ownerSVGElement.getBoundingClientRect();
        return 0.75 * parseFloat(getComputedStyle(text).fontSize) * Math.min(box.width / width, box.height / height);
      })`);
      if (points.some((size) => size < 6)) small.push(`${path}: ${Math.min(...points).toFixed(1)}`);
    }
    expect(small).toEqual([]);
    await page.context().close();
  }, 120_000);

  test("each page has its number", () => {
    const css = readFileSync(join(world.release, "assets", world.manifest.assets.style), "utf8");
    expect(css).toMatch(/@page\s*\{[^@]*@bottom-center\s*\{[^}]*content:\s*counter\(page\)/);
  });
});

test("a library of one book is whole, from 320 px on", async () => {
  const tea = await openWorld(bookFolder("tea"));
  const page = await browser.newPage();
  await page.goto(tea.url);
  expect(await page.locator(".shelf-book").count()).toBe(1);
  expect(await layoutFaults(page)).toEqual([]);
  for (const viewport of [phone, desktop]) {
    await page.setViewportSize(viewport);
    // The blurb is below the cover, not beside the title.
    const [blurb, title] = await Promise.all(
      [".shelf-blurb", ".shelf-label h2"].map((selector) => page.locator(selector).boundingBox()),
    );
    expect(blurb?.y).toBeGreaterThan((title?.y ?? 0) + (title?.height ?? 0));
    expect(await page.locator(".cover svg").count()).toBe(1);
  }
  await page.close();
  await tea[Symbol.asyncDispose]();
});
