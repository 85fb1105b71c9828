/**
 * Checks formulas as images: on the baseline, at the size of the text, small files, and legible on light and dark
 * backgrounds.
 */
import sharp from "sharp";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { dark, ink, paper } from "../../../src/library/mail-look.ts";
import { drawFormula, type FormulaPicture } from "../../../src/publish/maths/formula-pictures.ts";
import { darkCss } from "../../../src/publish/renderers/inline-styles.ts";
import { isWholePng, libraryFormulas } from "./one-mail.ts";

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Darkness of a pixel, 0 to 1. */
  readonly ink: (x: number, y: number) => number;
  readonly data: Buffer;
}

async function pixelsOf({ png }: FormulaPicture): Promise<Pixels> {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const ink = (x: number, y: number) => {
    const at = (y * info.width + x) * 4;
    return data[at + 3] === 0 ? 0 : 1 - (data[at] ?? 255) / 255;
  };
  return { width: info.width, height: info.height, ink, data };
}

/** The first and last row with ink. */
function inkRows({ width, height, ink }: Pixels): { first: number; last: number } {
  const isInked = (y: number) => Array.from({ length: width }, (_, x) => ink(x, y)).some((black) => black > 0.4);
  const rows = Array.from({ length: height }, (_, y) => y).filter(isInked);
  return { first: rows[0] ?? -1, last: rows.at(-1) ?? -1 };
}

const single = async (tex: string, displayed = false): Promise<FormulaPicture> => {
  const pictures = await drawFormula(tex, displayed);
  expect(pictures).toHaveLength(1);
  return pictures[0] as FormulaPicture;
};

/** Image pixels per email pixel. */
const zoom = 2;

describe("an inline formula", () => {
  test.each(["x", "m", "1", "A", "\\theta"])("%s stands on the line of the text", async (tex) => {
    const picture = await single(tex);
    const { last } = inkRows(await pixelsOf(picture));
    const baseline = zoom * (picture.height - picture.depth);
    expect(Math.abs(last + 1 - baseline)).toBeLessThanOrEqual(1);
  });

  test.each(["y", "d_k", "(m-n)", "\\mu"])("%s reaches below it, inside the picture", async (tex) => {
    const picture = await single(tex);
    const { last } = inkRows(await pixelsOf(picture));
    expect(last + 1).toBeGreaterThan(zoom * (picture.height - picture.depth) + 3);
    expect(last + 1).toBeLessThanOrEqual(zoom * picture.height - 1);
  });

  test("its small letters are as high as those of Georgia at 17 pixels", async () => {
    const picture = await single("x");
    const { first, last } = inkRows(await pixelsOf(picture));
    expect((last - first + 1) / zoom).toBeCloseTo(0.481 * 17, 0);
  });

  test("letters, indices and brackets all fit into a line of 27 pixels, and their plates are of one height", async () => {
    const pictures = await Promise.all(
      ["x", "d_k", "n\\times d", "(m-n)\\theta_i", "q=(1,2)"].map((tex) => single(tex)),
    );
    expect(new Set(pictures.map(({ height, depth }) => `${height}/${depth}`)).size).toBe(1);
    expect(pictures[0]?.height).toBeLessThanOrEqual(27);
  });

  test("has twice as many pixels as it takes", async () => {
    const picture = await single("W_QW_K^{\\top}");
    const { width, height } = await pixelsOf(picture);
    expect([width, height]).toEqual([zoom * picture.width, zoom * picture.height]);
  });

  test("one that is long is broken where TeX would break it, into parts that fit on a phone", async () => {
    const pictures = await drawFormula("0.2483\\,(1,0)+0.2483\\,(0,2)+0.5035\\,(1,2)=(0.7517,1.5035)", false);
    expect(pictures.length).toBeGreaterThan(2);
    for (const { width } of pictures) expect(width).toBeLessThan(160);
    expect(new Set(pictures.map(({ depth }) => depth)).size).toBe(1);
  });

  test("no line begins with a dot, or ends with an open bracket", async () => {
    const ends = async (tex: string) => (await drawFormula(tex, false)).length;
    expect(await ends("0.6196\\cdot0.2279\\cdot0.0838\\cdot0.0687\\cdot1.6016")).toBe(1);
    expect(await ends("0.5403\\cdot0.9093+0.8415\\cdot(-0.4161)=0.1411")).toBe(3);
  });
});

test("a displayed formula is never wider than the column, and its limits stand above and below", async () => {
  const wide = await single(`${"a_1+".repeat(40)}b`, true);
  expect(wide.width).toBeLessThanOrEqual(552);
  const sum = await single("\\sum_{j\\in\\mathcal N(i)}^{n}", true);
  expect(sum.height).toBeGreaterThan((await single("\\sum_{j\\in\\mathcal N(i)}^{n}")).height + 10);
});

describe("light and dark", () => {
  const channels = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

  test("is ink on a plate of the mail's paper, with round corners of nothing", async () => {
    const { data, width, height } = await pixelsOf(await single("x^2"));
    const at = (x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
    expect(at(0, 0)[3]).toBe(0);
    expect(at(width - 1, height - 1)[3]).toBe(0);
    expect(at(6, 1)).toEqual([...channels(paper), 255]);
    const darkest = Math.min(
      ...Array.from({ length: data.length / 4 }, (_, pixel) =>
        data[pixel * 4 + 3] === 255 ? (data[pixel * 4] ?? 255) : 255,
      ),
    );
    expect(Math.abs(darkest - (channels(ink)[0] ?? 0))).toBeLessThanOrEqual(6);
  });

  test("no colour at its edge is darker than the paper, which would be seen on paper", async () => {
    const { data } = await pixelsOf(await single("x"));
    for (let at = 0; at < data.length; at += 4) {
      const alpha = data[at + 3] ?? 0;
      if (alpha > 0 && alpha < 255) expect(data[at]).toBeGreaterThan(240);
    }
  });

  test("turned round by the filter, the plate has the colour of the dark ground", () => {
    const amount = Number(/\.ml-chapter img\{filter:invert\(([\d.]+)\)/.exec(darkCss("indigo"))?.[1]);
    const turned = channels(paper).map((value) => Math.round(255 * amount + value * (1 - 2 * amount)));
    for (const [index, value] of channels(dark.paper).entries()) {
      expect(Math.abs((turned[index] ?? 0) - value)).toBeLessThanOrEqual(2);
    }
  });
});

describe("all formulas of the library", () => {
  beforeEach(() => void vi.resetModules());

  test("are drawn, each of few bytes and 16 colours, and a second time the same", { timeout: 180_000 }, async () => {
    const formulas = libraryFormulas();
    const draw = async () => {
      const { drawFormula: drawAnew } = await import("../../../src/publish/maths/formula-pictures.ts");
      return Promise.all(formulas.map(({ tex, displayed }) => drawAnew(tex, displayed)));
    };
    const drawn = await draw();
    const pngs = drawn.flat().map(({ png }) => Buffer.from(png));
    expect(pngs.filter((png) => !isWholePng(png))).toEqual([]);
    // A palette of at most 16 entries, with three bytes each.
    expect(pngs.filter((png) => png.readUInt32BE(png.indexOf("PLTE") - 4) > 48)).toEqual([]);
    expect(pngs.reduce((sum, png) => sum + png.byteLength, 0) / pngs.length).toBeLessThan(1800);
    for (const { width, height, depth } of drawn.flat()) {
      expect(width).toBeGreaterThan(4);
      expect(depth).toBeLessThan(height);
    }
    vi.resetModules();
    const again = (await draw()).flat().map(({ png }) => Buffer.from(png));
    expect(again.map((png) => png.toString("base64"))).toEqual(pngs.map((png) => png.toString("base64")));
  });

  test("what only KaTeX knows is drawn too", async () => {
    for (const tex of ["\\argmax_x f(x)", "\\bm{x}\\in\\R", "\\text{é} \\mathbb 1", "a\\tag{7}"]) {
      const pictures = await drawFormula(tex, tex.includes("tag"));
      expect(pictures.map(({ width }) => width > 20)).not.toContain(false);
    }
  });
});
