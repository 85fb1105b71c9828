/** Checks labels of figures at their smallest, on a phone: large enough to read, inside the figure, not overlapping. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exploreStates } from "../../src/figures/interactive.ts";
import { figureStyles } from "../figure-styles.ts";
import { modulesOf } from "../library-modules.ts";
import { bookFolder, repository } from "../world.ts";
import { openBrowser } from "./browser.ts";

/** A narrow phone, and the column of an email on it. */
const [screen, column] = [360, 328];
/** Of the column on the narrowest phone, 320 px, to this one. */
const narrowest = 288 / column;

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: screen, height: 640 } });
  // Once: the fonts are in the styles, and decoding them takes longer than drawing.
  await page.setContent(`<!doctype html><style>${figureStyles} body { width: ${column}px; margin: 0 }</style><body>`);
});
afterAll(() => browser.close());

interface Piece {
  readonly words: string;
  /** Font sizes in pixels: of the letters, and of superscripts and subscripts. */
  readonly letters: number;
  readonly scripts: number;
  /** In pixels, without the font's space above and below letters. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Lettering {
  readonly pieces: readonly Piece[];
  readonly width: number;
  readonly height: number;
}

async function letteringOf(drawings: readonly string[]): Promise<Lettering[]> {
  await page.evaluate(`document.body.innerHTML = ${JSON.stringify(drawings.join(""))}`);
  return page.evaluate<Lettering[]>(`document.fonts.ready.then(() =>
    [...document.querySelectorAll("svg")].map((svg) => {
      const frame = svg.getBoundingClientRect();
      const scale = frame.width / svg.viewBox.baseVal.width;
      const sizeOf = (element) => scale * parseFloat(getComputedStyle(element).fontSize);
      const pieces = [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim() !== "").map((text) => {
        const box = text.getBoundingClientRect();
        const letters = sizeOf(text);
        const isTurned = text.hasAttribute("transform");
        const [above, below] = isTurned ? [0, 0] : [0.3 * letters, 0.24 * letters];
        return {
          words: text.textContent,
          letters,
          scripts: Math.min(Infinity, ...[...text.querySelectorAll(".script")].map(sizeOf)),
          left: box.left - frame.left,
          right: box.right - frame.left,
          top: box.top - frame.top + above,
          bottom: box.bottom - frame.top - below,
        };
      });
      return { pieces, width: frame.width, height: frame.height };
    }))`);
}

const isOutside = ({ width, height }: Lettering, { left, right, top, bottom }: Piece): boolean =>
  left < -1 || right > width + 1 || top < -1 || bottom > height + 1;

const overlap = (a: Piece, b: Piece): boolean =>
  Math.min(a.right, b.right) > Math.max(a.left, b.left) && Math.min(a.bottom, b.bottom) > Math.max(a.top, b.top);

/** Figures of the library in content/ and of tea, because a library may have none. */
const gallery = new Map(
  (await Promise.all([bookFolder("tea"), repository].map(modulesOf))).flatMap((modules) => [...modules.gallery]),
);

test.each([...gallery.values()])("$name", async ({ draw, interactive }) => {
  const others = interactive ? exploreStates(interactive).map(({ parameters }) => interactive.draw(parameters)) : [];
  const [shown, ...touched] = await letteringOf([draw(), ...others]);
  if (!shown) throw new Error("Nothing was drawn.");
  expect(shown.width).toBe(column);

  const tooSmall = shown.pieces.filter(
    ({ letters, scripts }) => letters < 11 || scripts < 9 || narrowest * letters < 10,
  );
  expect(tooSmall.map(({ words }) => words)).toEqual([]);

  const collisions = shown.pieces.flatMap((piece, index) =>
    shown.pieces
      .slice(index + 1)
      .flatMap((other) => (overlap(piece, other) ? [`${piece.words} | ${other.words}`] : [])),
  );
  expect(collisions).toEqual([]);

  const outside = [shown, ...touched].flatMap((lettering) =>
    lettering.pieces.filter((piece) => isOutside(lettering, piece)).map(({ words }) => words),
  );
  expect([...new Set(outside)]).toEqual([]);
});
