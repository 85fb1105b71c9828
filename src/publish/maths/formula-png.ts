/**
 * Encodes a formula's pixels as a PNG of sixteen known colours, four bits per pixel: twelve steps from paper to ink, and
 * three for the plate's round corners. The paper is exactly that of the email.
 */
import { crc32, deflateSync } from "node:zlib";
import { ink, paper } from "../../library/mail-look.ts";

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

/** https://www.w3.org/TR/png-3/#5PNG-file-signature */
const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const bitDepth = 4;
const indexedColour = 3;

/** `pixels`: RGBA, row by row. Deterministic: the same pixels give the same bytes. */
export function encodeFormula(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bitDepth, indexedColour], 8);
  const compressed = deflateSync(packRows(pixels, width, height), { level: 8, windowBits: 9, memLevel: 9 });
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("PLTE", Uint8Array.from(palette.flat())),
    chunk("tRNS", Uint8Array.from(edgeAlphas)),
    chunk("IDAT", compressed),
    chunk("IEND", new Uint8Array()),
  ]);
}

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

function chunk(name: string, data: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const framed = Buffer.alloc(named.byteLength + 8);
  framed.writeUInt32BE(data.byteLength, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), named.byteLength + 4);
  return framed;
}
