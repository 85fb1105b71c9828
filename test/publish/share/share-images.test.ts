/** Checks the images beside links: what is on them, their size, and when they are drawn again. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { bookCloths } from "../../../src/library/cloths.ts";
import { isWritten } from "../../../src/library/manifest.ts";
import { typesetParts } from "../../../src/publish/maths/mathjax.ts";
import { sha256 } from "../../../src/publish/object-store.ts";
import { createOutliner } from "../../../src/publish/share/outline-text.ts";
import { drawShareImage, type ShareImage, shareSvg } from "../../../src/publish/share/share-image.ts";
import { formatProblems } from "../../../src/publish/source/problem.ts";
import { ownLibrary } from "../../own-library.ts";
import { bookFolder } from "../../world.ts";
import { worldRelease } from "../../world-release.ts";
import { build, coldCache, compilerFor, copyOf, manifestOf } from "../release-folder.ts";

const image: ShareImage = {
  kicker: "The Tea Shelf",
  title: "Cooling: When to Drink",
  direction: "ltr",
  cover: {
    cloth: bookCloths.green.cover,
    ornament: '<svg viewBox="0 0 300 420"><path d="M9 9h9"/></svg>',
    title: "Tea",
    direction: "ltr",
  },
  accent: bookCloths.green.light,
  formula: "\\frac{dT}{dt}=-k\\,(T-T_r)",
  font: undefined,
};

const pathsIn = (svg: string): string[] => [...svg.matchAll(/ d="([^"]+)"/g)].map(([, path = ""]) => path);

describe("an image", () => {
  test("has the formula, the title and the cover's drawing, all as outlines", async () => {
    const { svg, missing } = await shareSvg(image);
    const [formula] = await typesetParts(image.formula ?? "", true);
    expect(svg).toContain(formula?.svg);
    expect(pathsIn(formula?.svg ?? "").length).toBeGreaterThan(8);
    const drawn = new Set(pathsIn(svg));
    for (const path of pathsIn(createOutliner()("When to Drink", "ltr").paths)) expect(drawn).toContain(path);
    expect(svg).toContain('d="M9 9h9"');
    expect(svg).not.toContain("<text");
    expect(missing).toEqual([]);
  });

  test("is the same whenever it is drawn", async () => {
    const [first, second] = [await drawShareImage(image), await drawShareImage({ ...image })];
    expect(sha256(first.png)).toBe(sha256(second.png));
    expect(sha256((await drawShareImage({ ...image, formula: "T" })).png)).not.toBe(sha256(first.png));
  });

  test("of a title that is written from right to left is mirrored, with its letters joined and in order", async () => {
    const { svg, missing } = await shareSvg({ ...image, title: "الجبر: Altair 2026", direction: "rtl" });
    expect(missing).toEqual([]);
    expect(svg).toContain('<g transform="translate(800 0)"><rect width="400" height="630"');
    const outline = createOutliner();
    // Joined letters have other outlines than single ones, and a Latin word within keeps its own order.
    const largest = (text: string) => pathsIn(outline(text, "rtl").paths).sort((a, b) => b.length - a.length)[0] ?? "";
    const all = pathsIn(outline("الجبر Altair", "rtl").paths);
    expect(all).not.toContain(largest("ب"));
    const places = ["A", "l", "t", "ا"].map((letter) => all.indexOf(largest(letter)));
    expect(places).toEqual([...places].sort((first, second) => first - second));
    expect(places[0]).toBe(0);
  });

  test("leaves out a title that no font can show, and says which characters are missing", async () => {
    const { svg, missing } = await shareSvg({ ...image, title: "抹茶 Tea" });
    expect(missing).toEqual(["抹", "茶"]);
    const letters = new Set(pathsIn(svg));
    const [e = ""] = pathsIn(createOutliner()("z", "ltr").paths);
    expect(letters).not.toContain(e);
  });
});

test("every text of the library has an image of its own, of 1200 by 630 pixels and less than 60 KB", async () => {
  const { folder, manifest } = await worldRelease(ownLibrary);
  const chapters = manifest.books.flatMap((book) => [book.overview, ...book.contents.filter(isWritten)]);
  const hashes = [manifest, ...chapters].map(({ shareImage }) => shareImage ?? "none");
  expect(new Set(hashes).size).toBe(chapters.length + 1);
  for (const hash of hashes) {
    const png = readFileSync(join(folder, `objects/${hash}.png`));
    expect(png.byteLength).toBeLessThan(60_000);
    const { width, height, format } = await sharp(png).metadata();
    expect([format, width, height]).toEqual(["png", 1200, 630]);
  }
});

describe("a release", () => {
  test("has an image with the main formula of each text, drawn from its front matter and its book", {
    timeout: 60_000,
  }, async () => {
    const { folder, manifest } = await worldRelease(bookFolder("tea"));
    const [book] = manifest.books;
    const cooling = book?.contents.filter(isWritten).find(({ slug }) => slug === "cooling");
    const bytes = readFileSync(join(folder, `objects/${cooling?.shareImage}.png`));
    const { cover } = (await import("../../books/tea/content/tea/cover.ts")) as { cover: () => string };
    const formula = "\\frac{dT}{dt} = -k\\,(T - T_r)";
    const expected = { ...image, formula, cover: { ...image.cover, ornament: cover() } };
    expect(sha256((await drawShareImage(expected)).png)).toBe(sha256(bytes));
  });

  test("shows Chinese and Japanese in the library's own font, and without one warns and leaves the titles out", {
    timeout: 60_000,
  }, async () => {
    const home = copyOf(bookFolder("matcha"));
    const withFont = await compilerFor(home).compile();
    if (withFont.kind === "refused") throw new Error(formatProblems(withFont.problems, (words) => words));
    expect(withFont.warnings).toEqual([]);
    rmSync(join(home, "content/lettering.ttf"));
    const without = await compilerFor(home).compile();
    expect(without.kind === "compiled" && formatProblems(without.warnings, (words) => words)).toContain(
      "Images for shared links cannot show this title and 1 other: our fonts lack “抹”, “茶”, “読”, “書”, “室” ….",
    );
  });

  test("draws each image once: none for a change of the text, one for a change of a title", {
    timeout: 120_000,
  }, () => {
    const home = copyOf();
    const cache = coldCache();
    const drawn = () => readdirSync(cache).filter((name) => name.endsWith(".share")).length;
    const change = (from: string, to: string) => {
      const file = join(home, "content/tea/cooling.md");
      writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
      expect(build(home, { LIBRARY_CACHE: cache }).status).toBe(0);
    };
    change("", "");
    const first = manifestOf(home);
    const texts = first.books.flatMap(({ contents }) => contents.filter(isWritten)).length + 1;
    expect(drawn()).toBe(texts + 1);
    change("With the room at", "With the tea room at");
    expect(drawn()).toBe(texts + 1);
    change("Cooling: When to Drink", "Cooling: When to Sip");
    expect(drawn()).toBe(texts + 2);
    const images = ({ books }: typeof first) =>
      books.flatMap(({ contents }) => contents.filter(isWritten).map(({ shareImage }) => shareImage));
    const [before, after] = [images(first), images(manifestOf(home))];
    expect(after.filter((hash) => !before.includes(hash))).toHaveLength(1);
  });
});
