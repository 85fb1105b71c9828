/**
 * Encodes a drawing of few colours as PNG without loss. Choosing the best palette of a picture with sharp takes ten times
 * as long, and the edges between flat areas have few mixtures.
 */
import { writePalettePng } from "../palette-png.ts";
import type { Raster } from "../png.ts";

const maxColours = 256;

/** Undefined if it has more colours than a palette, or is not opaque. */
export function encodeFlat({ width, height, pixels }: Raster): Uint8Array | undefined {
  const entries = new Map<number, number>();
  const rows = new Uint8Array((width + 1) * height);
  let last: number | undefined;
  let entry = 0;
  for (let at = 0, to = 0; at < pixels.byteLength; at += 4, to += 1) {
    // The first byte of a row is its filter type: none.
    if (to % (width + 1) === 0) to += 1;
    if (pixels[at + 3] !== 255) return undefined;
    const colour = ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
    if (colour !== last) {
      last = colour;
      entry = entries.get(colour) ?? entries.size;
      entries.set(colour, entry);
      if (entries.size > maxColours) return undefined;
    }
    rows[to] = entry;
  }
  const palette = [...entries.keys()].map((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]);
  return writePalettePng({ width, height, bitDepth: 8, palette, rows }, { level: 6 });
}
