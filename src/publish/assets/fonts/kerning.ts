/**
 * Rewrites a font's kerning as one table of classes, for the characters of prose. In a subset, the kerning of the whole
 * family remains a quarter of the file: every pair that only its other languages and symbols need shapes the classes.
 */
import * as harfbuzz from "harfbuzzjs";
import { readTables, words } from "./sfnt.ts";

/** Units of a font with 1,000 per em: a smaller distance is a fifth of a pixel in text of 19 pixels. */
const leastKern = 10;

const isProse = (character: string): boolean => /[\p{L}\p{N} .,;:!?'"‘’“”()–—-]/u.test(character);

/** Otherwise two letters may be one glyph. */
const noLigatures = ["liga", "clig", "calt"].map((tag) => new harfbuzz.Feature(tag, 0));

interface Kerning {
  /** Of the characters: the glyph that the font has for each. */
  readonly glyphs: readonly number[];
  /** Horizontal advance that the second of two characters changes; by the first and then the second. */
  readonly pairs: readonly (readonly number[])[];
}

/** A `GPOS` table with the kerning of `font` between those characters; undefined if there is none. */
export function kerningTable(font: Buffer, characters: string): Buffer | undefined {
  const { glyphs, pairs } = measureKerning(font, [...characters].filter(isProse));
  if (pairs.every((row) => row.every((kern) => kern === 0))) return undefined;
  const first = classesOf(pairs);
  const second = classesOf(pairs[0]?.map((_, column) => pairs.map((row) => row[column] ?? 0)) ?? []);
  const matrix = first.members.flatMap((row) => second.members.map((column) => pairs[row]?.[column] ?? 0));
  const coverage = coverageTable(glyphs);
  const firstClasses = classTable(glyphs, first.classes);
  const secondClasses = classTable(glyphs, second.classes);
  const head = 16 + 2 * matrix.length;
  const offsets = [head, head + coverage.length, head + coverage.length + firstClasses.length];
  // Offsets have 16 bits, which thousands of letters could exceed: then the font keeps its own table.
  if ((offsets[2] ?? 0) > 0xffff) return readTables(font).get("GPOS");
  const pairTable = words([2, offsets[0] ?? 0, advanceOnly, 0, offsets[1] ?? 0, offsets[2] ?? 0]);
  const counts = words([first.members.length, second.members.length]);
  return Buffer.concat([tableHead, pairTable, counts, words(matrix), coverage, firstClasses, secondClasses]);
}

/** Value format of the first glyph: it has an advance, and nothing else. */
const advanceOnly = 4;

/** Header, scripts, features and lookups: one lookup of pairs, as the feature `kern`, for all scripts. */
const tableHead = Buffer.concat([
  words([1, 0, 10, 36, 50]),
  words([2]),
  Buffer.from("DFLT"),
  words([14]),
  Buffer.from("latn"),
  words([14]),
  // Script and language system: all features, which is the first one.
  words([4, 0, 0, 0xffff, 1, 0]),
  words([1]),
  Buffer.from("kern"),
  words([8, 0, 1, 0]),
  words([1, 4, 2, 0, 1, 8]),
]);

function measureKerning(bytes: Uint8Array, characters: readonly string[]): Kerning {
  const font = new harfbuzz.Font(new harfbuzz.Face(new harfbuzz.Blob(bytes)));
  const shape = (text: string) => {
    const buffer = new harfbuzz.Buffer();
    buffer.addText(text);
    buffer.guessSegmentProperties();
    harfbuzz.shape(font, buffer, noLigatures);
    return { glyphs: buffer.getGlyphInfos(), positions: buffer.getGlyphPositions() };
  };
  // One by one: between two letters there may be kerning.
  const alone = characters.map((character) => shape(character));
  const pairs = characters.map((character, index) => {
    const { positions } = shape(characters.map((next) => character + next).join(""));
    return characters.map((_, next) => {
      const kern = (positions[2 * next]?.xAdvance ?? 0) - (alone[index]?.positions[0]?.xAdvance ?? 0);
      return Math.abs(kern) < leastKern ? 0 : kern;
    });
  });
  return { glyphs: alone.map(({ glyphs }) => glyphs[0]?.codepoint ?? 0), pairs };
}

/** Equal rows are one class. Class 0 is that of all other glyphs, so it has no kerning. */
function classesOf(rows: readonly (readonly number[])[]): { classes: number[]; members: number[] } {
  const known = new Map<string, number>([[(rows[0] ?? []).map(() => 0).join(), 0]]);
  const members = [rows.length];
  const classes = rows.map((row, index) => {
    const key = row.join();
    const found = known.get(key) ?? known.size;
    if (!known.has(key)) members.push(index);
    known.set(key, found);
    return found;
  });
  return { classes, members };
}

function coverageTable(glyphs: readonly number[]): Buffer {
  const sorted = [...new Set(glyphs)].sort((a, b) => a - b);
  return words([1, sorted.length, ...sorted]);
}

/** One class for each glyph from the first to the last. */
function classTable(glyphs: readonly number[], classes: readonly number[]): Buffer {
  const [from, to] = [Math.min(...glyphs), Math.max(...glyphs)];
  const list = Array.from({ length: to - from + 1 }, () => 0);
  for (const [index, glyph] of glyphs.entries()) list[glyph - from] = classes[index] ?? 0;
  return words([1, from, list.length, ...list]);
}
