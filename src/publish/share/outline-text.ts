/**
 * Sets a line of text as outlines, so that an image needs no fonts: shaped by HarfBuzz with the first font that has each
 * character, and from right to left where the script is.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as harfbuzz from "harfbuzzjs";
import type { Direction } from "../../library/language.ts";
import { createCache } from "../cache/memory-cache.ts";

interface OutlinedText {
  /** In em. */
  readonly width: number;
  /** SVG paths with the baseline at 0, in em. */
  readonly paths: string;
  /** Characters that no font has. */
  readonly missing: readonly string[];
}

export interface FontFile {
  readonly path: string;
  readonly hash: string;
}

export type Outline = (text: string, direction: Direction) => OutlinedText;

interface Face {
  readonly font: harfbuzz.Font;
  readonly unitsPerEm: number;
  readonly characters: ReadonlySet<number>;
  /** SVG path of a glyph in units of the font; a title is set in several sizes and line lengths before one is chosen. */
  readonly pathOf: (glyph: number) => string;
}

/** A part of a line in one font and one direction. */
interface Run {
  text: string;
  readonly face: Face | undefined;
  readonly direction: Direction;
}

const resolve = createRequire(import.meta.url).resolve;
/** In the order in which they are tried. Noto is for the scripts that the font of our headings lacks. */
const packaged = [
  "alegreya-sans/700Bold/AlegreyaSans",
  "noto-sans-arabic/700Bold/NotoSansArabic",
  "noto-sans-hebrew/700Bold/NotoSansHebrew",
];

const openPackaged = createCache<readonly Face[]>();
const openOwn = createCache<Face>();

/** `own`: path and hash of a TrueType or OpenType file of the library, for other scripts. */
export function createOutliner(own?: FontFile): Outline {
  const faces = openPackaged("faces", () =>
    packaged.map((name) => openFace(resolve(`@expo-google-fonts/${name}_700Bold.ttf`))),
  );
  const all = own ? [...faces, openOwn(own.hash, () => openFace(own.path))] : faces;
  return (text, direction) => outlineRuns(runsOf(text, direction, all));
}

function openFace(path: string): Face {
  const face = new harfbuzz.Face(new harfbuzz.Blob(readFileSync(path)));
  const font = new harfbuzz.Font(face);
  const paths = createCache<string>();
  return {
    font,
    pathOf: (glyph) => paths(`${glyph}`, () => font.glyphToPath(glyph)),
    unitsPerEm: face.upem,
    characters: new Set(face.collectUnicodes()),
  };
}

const rightToLeft = /[\p{scx=Arab}\p{scx=Hebr}\p{scx=Syrc}\p{scx=Thaa}\p{scx=Nkoo}\p{scx=Adlm}]/u;
const hasDirection = /[\p{L}\p{N}]/u;

/**
 * One level of the bidirectional algorithm (https://www.unicode.org/reports/tr9/), which is enough for a title: signs
 * between two parts of the same direction have it too, others have that of the line.
 */
function directionsOf(characters: readonly string[], base: Direction): Direction[] {
  const own = characters.map((character): Direction | undefined =>
    hasDirection.test(character) ? (rightToLeft.test(character) ? "rtl" : "ltr") : undefined,
  );
  const next = (index: number) => own.slice(index).find((direction) => direction !== undefined) ?? base;
  let before = base;
  return own.map((direction, index) => {
    if (direction !== undefined) before = direction;
    return direction ?? (next(index) === before ? before : base);
  });
}

function runsOf(text: string, base: Direction, faces: readonly Face[]): Run[] {
  const characters = [...text];
  const directions = directionsOf(characters, base);
  const runs: Run[] = [];
  for (const [index, character] of characters.entries()) {
    const direction = directions[index] ?? base;
    const last = runs.at(-1);
    const has = (face: Face | undefined) => face?.characters.has(character.codePointAt(0) ?? 0) === true;
    // Signs and spaces are set in the font of what they follow.
    const face = !hasDirection.test(character) && has(last?.face) ? last?.face : faces.find(has);
    if (last && last.face === face && last.direction === direction) last.text += character;
    else runs.push({ text: character, face, direction });
  }
  return base === "rtl" ? runs.reverse() : runs;
}

/** Lining figures: old-style ones belong into a sentence. */
const features = ["lnum", "kern", "liga"].map((tag) => new harfbuzz.Feature(tag));

function outlineRuns(runs: readonly Run[]): OutlinedText {
  let width = 0;
  const paths: string[] = [];
  const missing: string[] = [];
  for (const { text, face, direction } of runs) {
    if (!face) {
      missing.push(...text);
      continue;
    }
    const { font, unitsPerEm, pathOf } = face;
    const buffer = new harfbuzz.Buffer();
    buffer.addText(text);
    buffer.guessSegmentProperties();
    buffer.setDirection(direction === "rtl" ? harfbuzz.Direction.RTL : harfbuzz.Direction.LTR);
    harfbuzz.shape(font, buffer, features);
    for (const glyph of buffer.getGlyphInfosAndPositions()) {
      const path = pathOf(glyph.codepoint);
      const x = width + (glyph.xOffset ?? 0) / unitsPerEm;
      const y = -(glyph.yOffset ?? 0) / unitsPerEm;
      const scale = 1 / unitsPerEm;
      if (path !== "")
        paths.push(`<path transform="translate(${round(x)} ${round(y)}) scale(${scale} ${-scale})" d="${path}"/>`);
      width += (glyph.xAdvance ?? 0) / unitsPerEm;
    }
  }
  return { width, paths: paths.join(""), missing: missing.filter((character) => character.trim() !== "") };
}

const round = (length: number): number => Math.round(length * 1e5) / 1e5;
