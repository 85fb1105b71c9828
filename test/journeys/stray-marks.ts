/** Finds formulas in lines of text whose marks stand on another line, in any engine. */
import { isWritten } from "../../src/library/manifest.ts";
import { href } from "../../src/routes.ts";
import type { World } from "../world.ts";
import type { ReaderPage } from "./reader-page.ts";

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

/** Paths of the public chapters with most formulas. */
export async function mathematicalChapters(world: World): Promise<string[]> {
  const chapters = await publicChapters(world);
  return chapters
    .toSorted((a, b) => b.formulas - a.formulas)
    .slice(0, 4)
    .map(({ path }) => path);
}

async function publicChapters(world: World): Promise<{ readonly path: string; readonly formulas: number }[]> {
  const paths = world.manifest.books.flatMap(({ slug: book, contents }) =>
    contents.filter(isWritten).map(({ slug }) => href.chapter(book, slug)),
  );
  const pages = await Promise.all(paths.map(async (path) => ({ path, ...(await world.get(path)) })));
  return pages.flatMap(({ path, status, body }) =>
    status === 200 ? [{ path, formulas: body.split('class="katex"').length }] : [],
  );
}

/** Sentences about each mark on another line than its formula, and the number of formulas that continue on the next. */
export async function lookForStrayMarks(
  page: ReaderPage,
  url: string,
  widths: readonly number[],
): Promise<{ readonly faults: string[]; readonly broken: number }> {
  const faults: string[] = [];
  let broken = 0;
  await page.goto(url);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const seen = await page.evaluate<{ stray: string[]; broken: number; isWide: boolean }>(seenIn);
    const { pathname } = new URL(url);
    faults.push(...seen.stray.map((text) => `${pathname} at ${width} px: ${text}`));
    if (seen.isWide) faults.push(`${pathname} is wider than ${width} px.`);
    broken += seen.broken;
  }
  return { faults, broken };
}
