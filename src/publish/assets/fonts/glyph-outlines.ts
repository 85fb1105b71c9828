/** Reads and writes the outlines of a TrueType font: the tables `glyf` and `loca`, as in the OpenType specification. */
import { type FontTables, tableOf, words } from "./sfnt.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
  /** On the curve; otherwise the control point of a quadratic Bézier curve. */
  readonly isOn: boolean;
}

/** Closed. Between two control points in succession, their midpoint is on the curve. */
export type Contour = readonly Point[];

const flags = { on: 1, shortX: 2, shortY: 4, repeat: 8, sameX: 16, sameY: 32, overlaps: 64 } as const;

/** Replaces the contours of all glyphs. Composite glyphs, which refer to others, stay as they are. */
export function replaceContours(tables: FontTables, change: (contour: Contour) => Contour): void {
  const glyf = tableOf(tables, "glyf");
  const loca = tableOf(tables, "loca");
  const head = Buffer.from(tableOf(tables, "head"));
  const hmtx = Buffer.from(tableOf(tables, "hmtx"));
  const isLong = head.readInt16BE(50) === 1;
  const count = loca.length / (isLong ? 4 : 2) - 1;
  const offset = (glyph: number) => (isLong ? loca.readUInt32BE(4 * glyph) : 2 * loca.readUInt16BE(2 * glyph));
  const widths = tableOf(tables, "hhea").readUInt16BE(34);
  const parts: Buffer[] = [];
  const offsets = Buffer.alloc(4 * (count + 1));
  let at = 0;
  for (let glyph = 0; glyph < count; glyph++) {
    const bytes = glyf.subarray(offset(glyph), offset(glyph + 1));
    const isSimple = bytes.length > 0 && bytes.readInt16BE(0) >= 0;
    const written = isSimple ? writeGlyph(readContours(bytes).map(change), hasOverlaps(bytes)) : bytes;
    if (isSimple) {
      // The outline stays where it was: browsers move its left edge to the left side bearing.
      const bearing = glyph < widths ? 4 * glyph + 2 : 4 * widths + 2 * (glyph - widths);
      hmtx.writeInt16BE(hmtx.readInt16BE(bearing) + written.readInt16BE(2) - bytes.readInt16BE(2), bearing);
    }
    offsets.writeUInt32BE(at, 4 * glyph);
    const padding = Buffer.alloc((4 - (written.length % 4)) % 4);
    parts.push(written, padding);
    at += written.length + padding.length;
  }
  offsets.writeUInt32BE(at, 4 * count);
  head.writeInt16BE(1, 50);
  tables.set("glyf", Buffer.concat(parts)).set("loca", offsets).set("head", head).set("hmtx", hmtx);
}

const pointFlags = (glyph: Buffer): number =>
  12 + 2 * glyph.readInt16BE(0) + glyph.readUInt16BE(10 + 2 * glyph.readInt16BE(0));

const hasOverlaps = (glyph: Buffer): boolean =>
  glyph.readInt16BE(0) > 0 && (glyph.readUInt8(pointFlags(glyph)) & flags.overlaps) !== 0;

function readContours(glyph: Buffer): Contour[] {
  const ends = Array.from({ length: glyph.readInt16BE(0) }, (_, index) => glyph.readUInt16BE(10 + 2 * index));
  if (ends.length === 0) return [];
  const count = (ends.at(-1) ?? -1) + 1;
  let at = pointFlags(glyph);
  const kinds: number[] = [];
  while (kinds.length < count) {
    const kind = glyph.readUInt8(at++);
    const times = kind & flags.repeat ? glyph.readUInt8(at++) : 0;
    for (let time = 0; time <= times; time++) kinds.push(kind);
  }
  const coordinates = (short: number, same: number): number[] => {
    let value = 0;
    return kinds.map((kind) => {
      if (kind & short) value += (kind & same ? 1 : -1) * glyph.readUInt8(at++);
      else if (!(kind & same)) {
        value += glyph.readInt16BE(at);
        at += 2;
      }
      return value;
    });
  };
  const xs = coordinates(flags.shortX, flags.sameX);
  const ys = coordinates(flags.shortY, flags.sameY);
  const points = kinds.map((kind, index) => ({ x: xs[index] ?? 0, y: ys[index] ?? 0, isOn: (kind & flags.on) !== 0 }));
  return ends.map((end, index) => points.slice(index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, end + 1));
}

/** With every coordinate in two bytes: WOFF2 stores outlines in its own form. */
function writeGlyph(contours: readonly Contour[], overlaps: boolean): Buffer {
  const points = contours.flat();
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  let end = -1;
  const ends = contours.map(({ length }) => (end += length));
  const kinds = points.map(({ isOn }, index) => (isOn ? flags.on : 0) | (overlaps && index === 0 ? flags.overlaps : 0));
  const steps = (values: readonly number[]) => words(values.map((value, index) => value - (values[index - 1] ?? 0)));
  const box = points.length === 0 ? [0, 0, 0, 0] : [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  return Buffer.concat([words([contours.length, ...box, ...ends, 0]), Buffer.from(kinds), steps(xs), steps(ys)]);
}
