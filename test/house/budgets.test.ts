/** Checks the performance budgets of pages, for the library's own chapters. The limits only go down. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Chapter, type ContentsEntry, isWritten } from "../../src/library/manifest.ts";
import { collectGlyphs } from "../../src/publish/assets/glyphs.ts";
import { href } from "../../src/routes.ts";
import { atLeast, openOwnWorld, trial } from "../own-library.ts";
import type { World } from "../world.ts";

const kilobyte = 1024;
/** With Brotli, as a browser receives it. */
const budgets = {
  document: 14.5 * kilobyte,
  firstView: 82 * kilobyte,
  withFigures: 88 * kilobyte,
  scripts: 4.5 * kilobyte,
  kvReads: 1,
} as const;

let world: World;
let chapters: string[];
beforeAll(async () => {
  world = await openOwnWorld();
  chapters = world.manifest.books.flatMap((book) => [
    `/${book.slug}/`,
    ...book.contents.filter(isPublic).map(({ slug }) => `/${book.slug}/${slug}`),
  ]);
});
afterAll(() => world[Symbol.asyncDispose]());

const isPublic = (entry: ContentsEntry): entry is Chapter =>
  isWritten(entry) && entry.published !== undefined && entry.published <= "2026-12-01T00:00:00.000Z";

const compressed = (bytes: string | Uint8Array): number => brotliCompressSync(bytes).byteLength;
const asset = (name: string): Buffer => readFileSync(join(world.release, "assets", name));

test("a chapter's document is at most 14.5 KB", async () => {
  expect(chapters.length).toBeGreaterThanOrEqual(atLeast(6));
  const sizes = await Promise.all(
    chapters.map(async (path) => [path, compressed((await world.get(path)).body)] as const),
  );
  expect(sizes.filter(([, size]) => size > budgets.document)).toEqual([]);
});

test("a chapter has no class that is only styled for other pages", async () => {
  const classesIn = (text: string) => new Set(text.match(/(?<=\.)-?[_a-zA-Z][\w-]*/g));
  const { style, mathsStyle, pagesStyle } = world.manifest.assets;
  const [screen = ""] = asset(style).toString().split("@layer print{");
  const own = classesIn(`${screen}${asset(mathsStyle)}`);
  const foreign = [...classesIn(asset(pagesStyle).toString())].filter((name) => !own.has(name));
  expect(foreign).toContain("shelf");
  for (const path of chapters.filter((path) => !path.endsWith("/"))) {
    const { body } = await world.get(path);
    expect(body).not.toContain(`/assets/${pagesStyle}`);
    const used = new Set([...body.matchAll(/ class="([^"]*)"/g)].flatMap(([, names = ""]) => names.split(" ")));
    expect([path, foreign.filter((name) => used.has(name))]).toEqual([path, []]);
  }
  for (const path of ["/", "/about", "/books", "/no-such-page", href.book(trial.book)])
    expect((await world.get(path)).body).toContain(`/assets/${style}"/><link rel="stylesheet" href="/assets/`);
});

test("scripts are at most 4.5 KB, before any figure", async () => {
  const { body } = await world.get(href.chapter(trial.book, trial.slug));
  const scripts = [...body.matchAll(/<script src="\/assets\/([^"]+)"/g)].map(([, name = ""]) => name);
  expect(scripts.length).toBe(2);
  expect(body).not.toMatch(/<script(?! src=| type="application\/ld\+json">)/);
  expect(scripts.reduce((sum, name) => sum + compressed(asset(name)), 0)).toBeLessThanOrEqual(budgets.scripts);
});

test("a figure's script is loaded by the pages that have the figure, and by no other", async () => {
  const texts = new Map([...chapters, "/", "/about"].map((path) => [path, [] as readonly string[]]));
  for (const { slug, overview, contents } of world.manifest.books) {
    texts.set(`/${slug}/`, overview.figures);
    for (const chapter of contents.filter(isPublic)) texts.set(`/${slug}/${chapter.slug}`, chapter.figures);
  }
  for (const [path, figures] of texts) {
    const { body } = await world.get(path);
    const scripts = figureScripts(body);
    expect(body).not.toContain('type="module"');
    expect([path, scripts]).toEqual([path, figures.map((name) => world.manifest.assets.figureScripts[name])]);
    expect([path, body.includes('class="interactive"')]).toEqual([path, figures.length > 0]);
  }
});

test("the whole first view is at most 82 KB: document, styles, scripts, and every face that the text is set in; at most 88 KB with the scripts of figures, which load after it", async () => {
  const totals: [path: string, total: number, withFigures: number][] = [];
  for (const path of chapters) {
    const { body } = await world.get(path);
    const linked = [...body.matchAll(/(?:href|src)="\/assets\/([^"]+\.(?:css|js))"/g)].map(([, name = ""]) => name);
    const styles = linked.filter((name) => name.endsWith(".css")).map((name) => asset(name).toString());
    const fonts = styles.flatMap((css) => facesFor(css, body));
    const parts = [...linked.map((name) => compressed(asset(name))), ...fonts.map((name) => asset(name).byteLength)];
    const total = parts.reduce((sum, size) => sum + size, compressed(body));
    totals.push([path, total, figureScripts(body).reduce((sum, name) => sum + compressed(asset(name)), total)]);
  }
  expect(
    totals.filter(([, total, withFigures]) => total > budgets.firstView || withFigures > budgets.withFigures),
  ).toEqual([]);
});

test.each([
  "/",
  "/about",
  href.book(trial.book),
  href.chapter(trial.book, trial.slug),
  `${href.chapter(trial.book, trial.slug)}.md`,
  "/feed.xml",
  "/feed.json",
  "/corrections.xml",
  "/sitemap.xml",
])("%s costs at most one KV read when cold, nothing when warm, and never D1", async (path) => {
  const cold = await world.get(path, { cold: true });
  expect(cold.status).toBe(200);
  expect(cold.operations.kvReads).toBeLessThanOrEqual(budgets.kvReads);
  expect(cold.operations.d1Queries).toBe(0);
  expect((await world.get(path)).operations).toEqual({ kvReads: 0, kvWrites: 0, assetReads: 0, d1Queries: 0 });
});

test("the first publication of the library writes at most 100 keys to KV", async () => {
  const objects = new Set(
    world.manifest.books.flatMap((book) => [
      book.feed,
      ...[book.overview, ...book.contents.filter(isWritten)].flatMap(({ object, media }) => [
        object,
        ...media.map(({ hash }) => hash),
      ]),
    ]),
  );
  expect(objects.size + 2).toBeLessThanOrEqual(100);
});

/** File names under /assets of what src/ui/browser/load-figures.ts loads. */
const figureScripts = (body: string): string[] =>
  (/ data-figures="([^"]*)"/.exec(body)?.[1]?.split(" ") ?? []).map((path) => path.replace("/assets/", ""));

/**
 * Font files that a browser would fetch for the page: those whose range contains a character of it, except the bold
 * serif and the monospace if the page has no such element. Of KaTeX's fonts, those that are used.
 */
function facesFor(css: string, body: string): string[] {
  const mathsFaces = [...collectGlyphs([body]).keys()].map((face) => face.toLowerCase());
  const text = new Set(body.replace(/<[^>]*>/g, ""));
  return [...css.matchAll(/@font-face\s*\{([^}]*)\}/g)].flatMap(([, face = ""]) => {
    const file = /url\(([^)]+)\)/.exec(face)?.[1]?.replaceAll('"', "") ?? "";
    // Fallback fonts are on the reader's machine.
    if (file === "") return [];
    if (/Library Serif/.test(face) && /font-weight:600/.test(face) && !body.includes("<strong>")) return [];
    if (/Library Mono/.test(face) && !/<code|<kbd/.test(body)) return [];
    const range = /unicode-range:([^;}]+)/.exec(face)?.[1];
    if (range === undefined) return mathsFaces.some((name) => file.startsWith(`${name}.`)) ? [file] : [];
    const isUsed = [...text].some((character) => inRange(range, character.codePointAt(0) ?? 0));
    return isUsed ? [file] : [];
  });
}

const inRange = (ranges: string, code: number): boolean =>
  ranges.split(",").some((range) => {
    const [from = "", to = from] = range.trim().replace(/^U\+/i, "").split("-");
    return code >= Number.parseInt(from, 16) && code <= Number.parseInt(to, 16);
  });
