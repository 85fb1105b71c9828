/**
 * Cuts a font to the characters that a library uses, as WOFF2. What no browser shows is left out: hints, names, vertical
 * metrics, redundant points of outlines, kerning of less than a fifth of a pixel.
 */
import subsetFont from "subset-font";
import { replaceContours } from "./glyph-outlines.ts";
import { kerningTable } from "./kerning.ts";
import { readTables, tableOf, writeTables } from "./sfnt.ts";
import { simplifyContour } from "./simplify-contour.ts";

/** Vertical writing, grid fitting, and the place of a face among those of its family. */
const unusedTables = ["vhea", "vmtx", "VORG", "gasp", "STAT", "GDEF"];

/**
 * `variants`: OpenType features whose glyphs are kept. Of all others, `noLayoutClosure` leaves out the glyphs: small
 * capitals, old-style figures and fractions are a third of each file.
 */
export async function cutFont(font: Buffer, characters: string, variants: readonly string[] = []): Promise<Buffer> {
  const options = {
    noHinting: true,
    noLayoutClosure: variants.length === 0,
    keepFeatures: ["kern", ...variants],
    dropTables: unusedTables,
  };
  const tables = readTables(await subsetFont(font, characters, { ...options, targetFormat: "sfnt" }));
  const kerning = kerningTable(writeTables(tables), characters);
  if (kerning) tables.set("GPOS", kerning);
  else tables.delete("GPOS");
  replaceContours(tables, simplifyContour);
  tables.set("name", keepNames(tableOf(tables, "name")));
  // Again, for the checksums, and because WOFF2 is made there.
  return subsetFont(writeTables(tables), characters, { ...options, targetFormat: "woff2" });
}

/** Copyright, as the licences demand, and the names of family and style, which developer tools show. */
const keptNames: ReadonlySet<number> = new Set([0, 1, 2]);
const windows = 3;

function keepNames(table: Buffer): Buffer {
  const [recordLength, headerLength] = [12, 6];
  const strings = table.subarray(table.readUInt16BE(4));
  const records = Array.from({ length: table.readUInt16BE(2) }, (_, index) => {
    const at = headerLength + recordLength * index;
    return table.subarray(at, at + recordLength);
  }).filter((record) => record.readUInt16BE(0) === windows && keptNames.has(record.readUInt16BE(6)));
  const header = Buffer.alloc(headerLength);
  header.writeUInt16BE(records.length, 2);
  header.writeUInt16BE(headerLength + recordLength * records.length, 4);
  const texts = records.map((record) => {
    const from = record.readUInt16BE(10);
    return strings.subarray(from, from + record.readUInt16BE(8));
  });
  let at = 0;
  const written = records.map((record, index) => {
    const copy = Buffer.from(record);
    copy.writeUInt16BE(at, 10);
    at += texts[index]?.length ?? 0;
    return copy;
  });
  return Buffer.concat([header, ...written, ...texts]);
}
