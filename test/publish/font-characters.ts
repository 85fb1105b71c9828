/**
 * Reads the characters that a font has a glyph for from its `cmap` table; formats 4 and 12 of OpenType, the only ones
 * that browsers use.
 */
import subsetFont from "subset-font";

/** Those of the given characters that a WOFF2 file can show. */
export async function charactersOf(woff2: Uint8Array, asked: Iterable<string>): Promise<Set<string>> {
  // Subsetting again, to all characters in question, decompresses it to plain OpenType.
  const font = await subsetFont(Buffer.from(woff2), [...asked].join(""), { targetFormat: "sfnt" });
  const cmap = tableOf(font, "cmap");
  const count = font.readUInt16BE(cmap + 2);
  const found = new Set<string>();
  for (let index = 0; index < count; index++) {
    const at = cmap + font.readUInt32BE(cmap + 4 + 8 * index + 4);
    const format = font.readUInt16BE(at);
    for (const code of format === 12 ? readGroups(font, at) : format === 4 ? readSegments(font, at) : []) {
      found.add(String.fromCodePoint(code));
    }
  }
  return found;
}

function tableOf(font: Buffer, wanted: string): number {
  for (let index = 0; index < font.readUInt16BE(4); index++) {
    const record = 12 + 16 * index;
    if (font.toString("latin1", record, record + 4) === wanted) return font.readUInt32BE(record + 8);
  }
  throw new Error(`The font has no ${wanted} table.`);
}

/** Format 12: groups of 32-bit codes. */
function* readGroups(font: Buffer, at: number): Generator<number> {
  for (let index = 0; index < font.readUInt32BE(at + 12); index++) {
    const group = at + 16 + 12 * index;
    const first = font.readUInt32BE(group);
    const glyph = font.readUInt32BE(group + 8);
    for (let code = first; code <= font.readUInt32BE(group + 4); code++) if (glyph + code - first > 0) yield code;
  }
}

/** Format 4: segments of 16-bit codes, each with an offset to its glyph ids or the position of a list of them. */
function* readSegments(font: Buffer, at: number): Generator<number> {
  const segments = font.readUInt16BE(at + 6) / 2;
  const ends = at + 14;
  const starts = ends + 2 * segments + 2;
  const deltas = starts + 2 * segments;
  const offsets = deltas + 2 * segments;
  for (let index = 0; index < segments; index++) {
    const first = font.readUInt16BE(starts + 2 * index);
    const offset = font.readUInt16BE(offsets + 2 * index);
    for (let code = first; code <= font.readUInt16BE(ends + 2 * index) && code < 0xffff; code++) {
      const listed = offset === 0 ? code : font.readUInt16BE(offsets + 2 * index + offset + 2 * (code - first));
      if (listed !== 0 && ((listed + font.readUInt16BE(deltas + 2 * index)) & 0xffff) !== 0) yield code;
    }
  }
}
