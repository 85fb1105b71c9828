/**
 * Encodes a drawing of few colours as PNG without loss. Choosing the best palette of a picture with sharp takes ten times
 * as long, and the edges between flat areas have few mixtures.
 */
import { writePalettePng } from "../palette-png.ts";
import type { Raster } from "../png.ts";

const maxColours = 256;

/** Undefined if it has more colours than a palette, or is not opaque. */
export function encodeFlat({ width, height, pixels }: Raster): Uint8Array | undefined {
  // A pixel as one number: comparing its four bytes takes three times as long. The copy is aligned.
  const colours = new Uint32Array(new Uint8Array(pixels).buffer);
  const entries = new Map<number, number>();
  // The first byte of a row is its filter type: none.
  const rows = new Uint8Array((width + 1) * height);
  let last: number | undefined;
  let entry = 0;
  let at = 0;
  for (let row = 0; row < height; row += 1) {
    const from = row * (width + 1) + 1;
    for (let to = from; to < from + width; to += 1, at += 1) {
      const colour = colours[at] ?? 0;
      if (colour !== last) {
        last = colour;
        entry = entries.get(colour) ?? entries.size;
        entries.set(colour, entry);
        if (entries.size > maxColours) return undefined;
      }
      rows[to] = entry;
    }
  }
  const shades = [...entries.keys()].map((colour) => [...new Uint8Array(Uint32Array.of(colour).buffer)]);
  if (shades.some(([, , , alpha]) => alpha !== 255)) return undefined;
  const palette = shades.map((shade) => shade.slice(0, 3));
  return writePalettePng({ width, height, bitDepth: 8, palette, rows }, { level: 6 });
}
