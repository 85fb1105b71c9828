/**
 * Encodes a formula's pixels as a PNG of sixteen known colours, four bits per pixel: twelve steps from paper to ink, and
 * three for the plate's round corners. The paper is exactly that of the email.
 */
import { ink, paper } from "../../library/mail-look.ts";
import { writePalettePng } from "../palette-png.ts";

const inkSteps = 12;
const edgeSteps = 3;
const channelsOf = (colour: string) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
const paperTone = channelsOf(paper);
const inkTone = channelsOf(ink);

/** The corners come first, because tRNS holds the alpha of the first entries only. */
const palette = [
  ...Array.from({ length: edgeSteps }, () => paperTone),
  ...Array.from({ length: inkSteps + 1 }, (_, step) =>
    paperTone.map((tone, channel) => Math.round(tone + (step / inkSteps) * ((inkTone[channel] ?? 0) - tone))),
  ),
];
const edgeAlphas = Array.from({ length: edgeSteps }, (_, step) => step * (255 / edgeSteps));

/** Entry by alpha; resvg blends transparent pixels with black, which would show on paper, so their colour is ignored. */
const entryOfAlpha = Uint8Array.from({ length: 256 }, (_, alpha) => Math.round((alpha / 255) * edgeSteps));

/** Entry by the red value of an opaque pixel: all of them are mixtures of ink and paper. */
const entryOfRed = Uint8Array.from({ length: 256 }, (_, red) => {
  const [light = 0, black = 0] = [paperTone[0], inkTone[0]];
  const blackness = Math.min(1, Math.max(0, (light - red) / (light - black)));
  return edgeSteps + Math.round(blackness * inkSteps);
});

/** `pixels`: RGBA, row by row. */
export const encodeFormula = (pixels: Uint8Array, width: number, height: number): Uint8Array =>
  writePalettePng(
    { width, height, bitDepth: 4, palette, alphas: edgeAlphas, rows: packRows(pixels, width, height) },
    { level: 8, windowBits: 9, memLevel: 9 },
  );

/** Two pixels per byte, the left one in the high bits; each row starts with its filter type, 0 for none. */
function packRows(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const stride = 1 + Math.ceil(width / 2);
  const rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const alpha = pixels[at + 3] ?? 0;
      const entry = (alpha < 255 ? entryOfAlpha[alpha] : entryOfRed[pixels[at] ?? 0]) ?? 0;
      const byte = y * stride + 1 + (x >> 1);
      rows[byte] = (rows[byte] ?? 0) | (x % 2 === 0 ? entry << 4 : entry);
    }
  }
  return rows;
}
