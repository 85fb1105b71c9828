/** Checks that cut fonts look like the originals: outlines, distances between letters, lining figures. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as harfbuzz from "harfbuzzjs";
import subsetFont from "subset-font";
import { beforeAll, describe, expect, test } from "vitest";
import { cutFont } from "../../src/publish/assets/fonts/cut-font.ts";
import { readTables } from "../../src/publish/assets/fonts/sfnt.ts";

const resolve = createRequire(import.meta.url).resolve;
const characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,;:’”—()é";
const faces = [
  ["@expo-google-fonts/literata/400Regular/Literata_400Regular.ttf", []],
  ["@expo-google-fonts/alegreya-sans/700Bold/AlegreyaSans_700Bold.ttf", ["lnum"]],
  ["katex/dist/fonts/KaTeX_Math-Italic.woff2", []],
] as const;

/** In units of a font with 1,000 per em: a tenth of a pixel in a title of 48 pixels. */
const maxMoved = 2;
/** A fifth of a pixel in text of 19 pixels. */
const maxKerned = 10;

const openFont = (bytes: Uint8Array) => new harfbuzz.Font(new harfbuzz.Face(new harfbuzz.Blob(bytes)));
type Font = ReturnType<typeof openFont>;
type Position = readonly [x: number, y: number];
type Line = readonly [from: Position, to: Position];

describe.each(faces)("%s", (name, variants) => {
  const original = readFileSync(resolve(name));
  let [before, after]: (Font | undefined)[] = [];
  let sizes: number[] = [];
  let tables: ReturnType<typeof readTables>;
  beforeAll(async () => {
    const plain = {
      noHinting: true,
      ...(variants.length === 0 ? { noLayoutClosure: true } : { keepFeatures: ["kern", ...variants] }),
    };
    const own = await cutFont(original, characters, variants);
    sizes = [own.length, (await subsetFont(original, characters, { ...plain, targetFormat: "woff2" })).length];
    before = openFont(await subsetFont(original, characters, { ...plain, targetFormat: "sfnt" }));
    const unpacked = await subsetFont(own, characters, { targetFormat: "sfnt" });
    after = openFont(unpacked);
    tables = readTables(unpacked);
  });

  test("every outline is where it was", () => {
    let compared = 0;
    for (const character of characters) {
      const [from, to] = [traceOf(before, character), traceOf(after, character)];
      // KaTeX_Math has no marks.
      if (from.length === 0) continue;
      compared += 1;
      const moved = Math.max(furthest(from, to), furthest(to, from));
      expect([character, moved < maxMoved]).toEqual([character, true]);
    }
    expect(compared).toBeGreaterThan(60);
  });

  test("letters and marks have the distances that they had", () => {
    let kerned = 0;
    for (const first of characters) {
      const line = [...characters].map((second) => first + second).join("");
      const [was, is] = [advances(before, line), advances(after, line)];
      expect(is.length).toBe(2 * characters.length);
      expect(was.filter((width, index) => Math.abs(width - (is[index] ?? 0)) >= maxKerned)).toEqual([]);
      const [alone] = advances(after, first);
      kerned += is.filter((width, index) => index % 2 === 0 && width !== alone).length;
    }
    // KaTeX sets letters one by one, so its faces have no kerning.
    if (!name.startsWith("katex")) expect(kerned).toBeGreaterThan(500);
  });

  test("what no browser shows is gone, the copyright is not, and bytes are saved", () => {
    expect([...tables.keys()].filter((tag) => /^(v...|STAT|GDEF|gasp|fpgm|prep|cvt )$/.test(tag))).toEqual([]);
    expect(namesIn(tables.get("name"))).toEqual([0, 1, 2]);
    const [cut = 0, plain = 0] = sizes;
    expect(cut).toBeLessThan(0.95 * plain);
  });
});

test("titles have lining figures", async () => {
  const [name, variants] = faces[1];
  const own = await cutFont(readFileSync(resolve(name)), characters, variants);
  const font = openFont(await subsetFont(own, characters, { targetFormat: "sfnt" }));
  const [lining, oldStyle] = [glyphs(font, "0123456789", 1), glyphs(font, "0123456789", 0)];
  expect(lining.filter((glyph, index) => glyph === 0 || glyph === oldStyle[index])).toEqual([]);
});

function shape(font: Font | undefined, text: string, features: readonly (readonly [string, number])[]) {
  if (!font) throw new Error("The font is not open.");
  const buffer = new harfbuzz.Buffer();
  buffer.addText(text);
  buffer.guessSegmentProperties();
  harfbuzz.shape(
    font,
    buffer,
    features.map(([tag, value]) => new harfbuzz.Feature(tag, value)),
  );
  return buffer;
}

const advances = (font: Font | undefined, text: string): number[] =>
  shape(font, text, [["liga", 0]])
    .getGlyphPositions()
    .map(({ xAdvance }) => xAdvance);

const glyphs = (font: Font, text: string, lining: number): number[] =>
  shape(font, text, [["lnum", lining]])
    .getGlyphInfos()
    .map(({ codepoint }) => codepoint);

/** The outline of a character as short lines, ten for each segment. */
function traceOf(font: Font | undefined, character: string): Line[] {
  const glyph = font?.nominalGlyph(character.codePointAt(0) ?? 0);
  const lines: Line[] = [];
  let start: Position = [0, 0];
  let end: Position = [0, 0];
  const draw = (control: Position, to: Position) => {
    const from = end;
    for (let step = 1; step <= 10; step++) {
      const t = step / 10;
      const along = (axis: 0 | 1) => (1 - t) ** 2 * from[axis] + 2 * t * (1 - t) * control[axis] + t ** 2 * to[axis];
      const next: Position = [along(0), along(1)];
      lines.push([end, next]);
      end = next;
    }
  };
  for (const { type, values } of glyph === undefined ? [] : (font?.glyphToJson(glyph) ?? [])) {
    const [a = 0, b = 0, x = 0, y = 0] = values;
    const to: Position = type === "Z" ? start : [a, b];
    if (type === "M") start = end = to;
    else if (type === "Q") draw(to, [x, y]);
    else draw([(end[0] + to[0]) / 2, (end[1] + to[1]) / 2], to);
  }
  return lines;
}

/** The largest distance from one of the lines to another outline. */
const furthest = (lines: readonly Line[], outline: readonly Line[]): number =>
  Math.max(...lines.map(([point]) => Math.min(...outline.map((line) => distanceToLine(point, line)))));

function distanceToLine([x, y]: Position, [[fromX, fromY], [toX, toY]]: Line): number {
  const [spanX, spanY] = [toX - fromX, toY - fromY];
  const share = ((x - fromX) * spanX + (y - fromY) * spanY) / (spanX ** 2 + spanY ** 2 || 1);
  const t = Math.min(1, Math.max(0, share));
  return Math.hypot(x - fromX - t * spanX, y - fromY - t * spanY);
}

const namesIn = (table: Buffer | undefined): number[] =>
  Array.from({ length: table?.readUInt16BE(2) ?? 0 }, (_, index) => table?.readUInt16BE(6 + 12 * index + 6) ?? -1);
