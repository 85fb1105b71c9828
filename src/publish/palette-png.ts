/** Writes a PNG file whose pixels are entries of a palette. Deterministic: the same pixels give the same bytes. */
import { crc32, deflateSync, type ZlibOptions } from "node:zlib";

export interface PaletteImage {
  readonly width: number;
  readonly height: number;
  /** Bits per pixel. */
  readonly bitDepth: 4 | 8;
  /** Red, green and blue of each entry. */
  readonly palette: readonly (readonly number[])[];
  /** Of the first entries; the others are opaque. */
  readonly alphas?: readonly number[];
  /** Each row starts with its filter type, 0 for none. */
  readonly rows: Uint8Array;
}

/** https://www.w3.org/TR/png-3/#5PNG-file-signature */
const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const indexedColour = 3;

export function writePalettePng(
  { width, height, bitDepth, palette, alphas = [], rows }: PaletteImage,
  compression: ZlibOptions,
): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bitDepth, indexedColour], 8);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("PLTE", Uint8Array.from(palette.flat())),
    ...(alphas.length === 0 ? [] : [chunk("tRNS", Uint8Array.from(alphas))]),
    chunk("IDAT", deflateSync(rows, compression)),
    chunk("IEND", new Uint8Array()),
  ]);
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const named = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const framed = Buffer.alloc(named.byteLength + 8);
  framed.writeUInt32BE(data.byteLength, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), named.byteLength + 4);
  return framed;
}
