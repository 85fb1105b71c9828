/** Checks formulas in lines of text on phones: no mark is separated from its formula, and long formulas still break. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isWritten } from "../../src/library/manifest.ts";
import { href } from "../../src/routes.ts";
import { atLeast, ownLibrary } from "../own-library.ts";
import { openWorld, type World } from "../world.ts";
import { openBrowser } from "./browser.ts";

let world: World;
let browser: Browser;
beforeAll(async () => {
  [world, browser] = await Promise.all([openWorld(ownLibrary, { now: "2026-12-01T00:00:00Z" }), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await world[Symbol.asyncDispose]();
});

/** Marks that are on another line than their formula, and how many formulas continue on the next line. */
const seenIn = `(() => {
  const stray = [];
  let broken = 0;
  const walk = document.createTreeWalker(document.querySelector(".body"), NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(".katex-mathml, .note") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const nodes = [];
  while (walk.nextNode()) nodes.push(walk.currentNode);
  const boxOf = (text, at) => {
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    return range.getBoundingClientRect();
  };
  for (const [index, text] of nodes.entries()) {
    const formula = text.parentElement.closest(".katex");
    if (!formula || formula.closest(".equation") || !formula.checkVisibility()) continue;
    const pieces = [...formula.querySelectorAll(".katex-html > .katex-base, .katex-html > .last > .katex-base")].map((piece) => piece.getBoundingClientRect());
    const block = formula.closest("p, li, figcaption, h2, h3, dd, div");
    const [first, last] = [pieces[0], pieces.at(-1)];
    // A piece that fills the line alone has no room for its marks.
    const fills = (piece) => piece.width > 0.9 * block.clientWidth;
    const [before, after] = [nodes[index - 1], nodes[index + 1]].map((node) => block.contains(node) ? node : undefined);
    const name = formula.querySelector("annotation").textContent;
    if (before && !formula.contains(before)) {
      if (last.left < first.left) broken += 1;
      if (!fills(first) && /[\\p{Ps}\\p{Pi}]$/u.test(before.data) && boxOf(before, before.length - 1).right > first.left + 2)
        stray.push(before.data.slice(-12) + "|" + name);
    }
    if (after && !formula.contains(after) && !fills(last) && /^[^\\p{L}\\p{N}\\s]/u.test(after.data) && boxOf(after, 0).left < last.right - 2)
      stray.push(name + "|" + after.data.slice(0, 12));
  }
  return { stray, broken, isWide: document.documentElement.scrollWidth > innerWidth };
})()`;

async function publicChapters(): Promise<{ readonly path: string; readonly formulas: number }[]> {
  const paths = world.manifest.books.flatMap(({ slug: book, contents }) =>
    contents.filter(isWritten).map(({ slug }) => href.chapter(book, slug)),
  );
  const pages = await Promise.all(paths.map(async (path) => ({ path, ...(await world.get(path)) })));
  return pages.flatMap(({ path, status, body }) =>
    status === 200 ? [{ path, formulas: body.split('class="katex"').length }] : [],
  );
}

test("no line on a phone ends with an opening mark, or starts with another one, next to a formula", async () => {
  const chapters = await publicChapters();
  const mathematical = chapters.toSorted((a, b) => b.formulas - a.formulas).slice(0, 4);
  const page = await browser.newPage();
  let broken = 0;
  for (const { path } of mathematical) {
    await page.goto(world.url + path);
    for (const width of [320, 360, 390]) {
      await page.setViewportSize({ width, height: 800 });
      const seen = await page.evaluate<{ stray: string[]; broken: number; isWide: boolean }>(seenIn);
      expect([path, width, seen.stray, seen.isWide]).toEqual([path, width, [], false]);
      broken += seen.broken;
    }
  }
  expect(broken).toBeGreaterThanOrEqual(atLeast(10));
}, 60_000);
