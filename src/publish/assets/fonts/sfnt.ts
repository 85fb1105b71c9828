/** Reads and writes the tables of a TrueType font (an sfnt container). */

/** Tag -> bytes. */
export type FontTables = Map<string, Buffer>;

const headerLength = 12;
const recordLength = 16;

export function readTables(font: Buffer): FontTables {
  const tables: FontTables = new Map();
  for (let index = 0; index < font.readUInt16BE(4); index++) {
    const at = headerLength + recordLength * index;
    const from = font.readUInt32BE(at + 8);
    tables.set(font.toString("latin1", at, at + 4), font.subarray(from, from + font.readUInt32BE(at + 12)));
  }
  return tables;
}

/** Without checksums and search hints: HarfBuzz reads neither, and writes both when it compresses the font. */
export function writeTables(tables: FontTables): Buffer {
  const head = Buffer.alloc(headerLength + recordLength * tables.size);
  head.writeUInt32BE(0x00010000, 0);
  head.writeUInt16BE(tables.size, 4);
  const parts = [head];
  let at = head.length;
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [index, [tag, bytes]] of sorted.entries()) {
    const record = headerLength + recordLength * index;
    head.write(tag, record, "latin1");
    head.writeUInt32BE(at, record + 8);
    head.writeUInt32BE(bytes.length, record + 12);
    const padding = Buffer.alloc((4 - (bytes.length % 4)) % 4);
    parts.push(bytes, padding);
    at += bytes.length + padding.length;
  }
  return Buffer.concat(parts);
}

/** The named table, which every font has. */
export function tableOf(tables: FontTables, tag: string): Buffer {
  const table = tables.get(tag);
  if (!table) throw new Error(`The font has no ${tag} table.`);
  return table;
}

/** 16-bit numbers as bytes; negative ones in two's complement. */
export const words = (numbers: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(2 * numbers.length);
  for (const [index, number] of numbers.entries()) bytes.writeUInt16BE(number & 0xffff, 2 * index);
  return bytes;
};
