/**
 * Removes metadata from images: the place where a photograph was taken, the camera, previews, comments. The pixels and
 * the colour profile stay as they are, byte for byte.
 */

/** `orientation` is that of EXIF, 1 to 8; browsers rotate a JPEG by it, so this one value stays. */
export function withoutJpegMetadata(bytes: Buffer, orientation: number): Buffer {
  const kept = [bytes.subarray(0, 2)];
  let at = 2;
  let isOriented = orientation === 1;
  while (at + 4 <= bytes.length) {
    const marker = bytes[at + 1] ?? 0;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    // Before the first segment that is not a JFIF header, where EXIF is expected.
    if (!isOriented && marker !== 0xe0) {
      kept.push(orientationSegment(orientation));
      isOriented = true;
    }
    if (isNeeded(marker, bytes.subarray(at + 4, end))) kept.push(bytes.subarray(at, end));
    at = end;
    if (marker === 0xda) {
      const next = endOfScan(bytes, at);
      kept.push(bytes.subarray(at, next));
      at = next;
    }
    // Phones append further pictures after the end, with metadata of their own.
    if (bytes[at + 1] === 0xd9) return Buffer.concat([...kept, bytes.subarray(at, at + 2)]);
  }
  return bytes;
}

/** Keeps what decoding needs: JFIF, the colour profile, Adobe's colour transform, and everything but comments. */
function isNeeded(marker: number, content: Buffer): boolean {
  if (marker === 0xfe) return false;
  if (marker === 0xe2) return content.toString("latin1", 0, 11) === "ICC_PROFILE";
  return marker < 0xe0 || marker > 0xef || marker === 0xe0 || marker === 0xee;
}

/** Position of the next marker that is neither a stuffed byte nor a restart marker. */
function endOfScan(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}

/** An APP1 segment with EXIF that has one field, the orientation. */
const orientationSegment = (orientation: number): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xe1, 0, 34]),
    Buffer.from("Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", "latin1"),
    Buffer.from([orientation, 0, 0, 0, 0, 0, 0, 0]),
  ]);

const pngMetadata = ["eXIf", "tEXt", "zTXt", "iTXt", "tIME"];

export function withoutPngMetadata(bytes: Buffer): Buffer {
  const kept = [bytes.subarray(0, 8)];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const name = bytes.toString("latin1", at + 4, at + 8);
    const end = at + 12 + bytes.readUInt32BE(at);
    if (!pngMetadata.includes(name)) kept.push(bytes.subarray(at, end));
    if (name === "IEND") break;
    at = end;
  }
  return Buffer.concat(kept);
}

export function withoutWebpMetadata(bytes: Buffer): Buffer {
  const kept: Buffer[] = [];
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = bytes.toString("latin1", at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const chunk = Buffer.from(bytes.subarray(at, at + 8 + size + (size % 2)));
    // The flags of the extended header say which of the two follow.
    if (name === "VP8X") chunk[8] = (chunk[8] ?? 0) & ~0b1100;
    if (name !== "EXIF" && name !== "XMP ") kept.push(chunk);
    at += chunk.length;
  }
  const header = Buffer.from(bytes.subarray(0, 12));
  header.writeUInt32LE(4 + kept.reduce((sum, { length }) => sum + length, 0), 4);
  return Buffer.concat([header, ...kept]);
}

/** AVIF refers to its parts by position, so they are overwritten: with empty EXIF, and with spaces. */
export function withoutAvifMetadata(bytes: Buffer, exif: Buffer | undefined, xmp: Buffer | undefined): Buffer {
  const cleaned = Buffer.from(bytes);
  const exifAt = exif === undefined ? -1 : bytes.indexOf(exif);
  if (exif && exifAt !== -1) {
    const empty = Buffer.alloc(exif.length);
    empty.write("Exif\0\0II*\0\x08", 0, "latin1");
    empty.copy(cleaned, exifAt);
  }
  const xmpAt = xmp === undefined ? -1 : bytes.indexOf(xmp);
  if (xmp && xmpAt !== -1) cleaned.fill(" ", xmpAt, xmpAt + xmp.length);
  return cleaned;
}
