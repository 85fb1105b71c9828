/** Checks the cloths: legible in both themes, distinguishable on a shelf, and different for nine books that name none. */
import { expect, test } from "vitest";
import { bookCloths, clothNames } from "../../src/library/cloths.ts";
import { assignCloths } from "../../src/publish/source/assign-cloths.ts";

const paper = { light: "#fcfbf8", shade: "#f4f2ec", dark: "#16181d" };
const stamp = "#efe4c8";

/** Linear light of the three channels, from 0 to 1. */
function linear(colour: string): [number, number, number] {
  const channel = (start: number) => {
    const value = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [a, b] = [one, other].map((colour) => {
    const [red, green, blue] = linear(colour);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  }) as [number, number];
  return Math.max(a, b) / Math.min(a, b);
}

/** CIE 1976 L*a*b* under D65. */
function lab(colour: string): number[] {
  const [red, green, blue] = linear(colour);
  const root = (value: number) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116);
  const x = root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505);
  const y = root(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  const z = root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const distance = (one: string, other: string): number =>
  Math.hypot(...lab(one).map((value, index) => value - (lab(other)[index] ?? 0)));

test.each(clothNames)("%s is legible: links in both themes, the stamp on the cover", (name) => {
  const { light, dark, cover } = bookCloths[name];
  expect(contrast(light, paper.light)).toBeGreaterThan(4.5);
  expect(contrast(light, paper.shade)).toBeGreaterThan(4.5);
  expect(contrast(dark, paper.dark)).toBeGreaterThan(4.5);
  expect(contrast(stamp, cover)).toBeGreaterThan(4.5);
});

test("no two covers have nearly the same colour", () => {
  for (const [index, one] of clothNames.entries())
    for (const other of clothNames.slice(index + 1))
      expect([one, other, distance(bookCloths[one].cover, bookCloths[other].cover) > 15]).toEqual([one, other, true]);
});

test("nine books that name no cloth have nine, an only book is slate, and a new book changes none", () => {
  const nine = Array.from({ length: 9 }, (_, index) => ({ slug: `book-${index}`, published: `2026-0${index + 1}-01` }));
  const cloths = assignCloths(nine.toReversed());
  expect(new Set(cloths.values()).size).toBe(9);
  expect(cloths.get("book-0")).toBe("slate");
  const newer = { slug: "a-newer-one", published: "2026-12-01" };
  expect(new Map([...assignCloths([newer, ...nine])].filter(([slug]) => slug !== newer.slug))).toEqual(cloths);
});

test("a cloth that a book names is not given to a later one", () => {
  const books = [
    { slug: "first", cloth: "slate", published: "2026-01-01" },
    { slug: "second", published: "2026-02-01" },
    { slug: "draft" },
  ] as const;
  expect([...assignCloths(books)]).toEqual([
    ["first", "slate"],
    ["second", "indigo"],
    ["draft", "green"],
  ]);
});
