/** Decodes a list: UTF-8, UTF-16 (Excel's "Unicode"), or Windows-1252 (older programs). */

export interface DecodedText {
  readonly text: string;
  readonly encoding: "UTF-8" | "UTF-16" | "Windows-1252";
}

/**
 * Detects a byte order mark, which is not part of the text; without one, bytes that are not valid UTF-8 are
 * Windows-1252.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return { text: decode("utf-16le", bytes), encoding: "UTF-16" };
  if (first === 0xfe && second === 0xff) return { text: decode("utf-16be", bytes), encoding: "UTF-16" };
  // UTF-16 without a mark: every second byte of Latin text is zero.
  if (bytes.length > 3 && second === 0 && bytes[3] === 0) {
    return { text: decode("utf-16le", bytes), encoding: "UTF-16" };
  }
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes), encoding: "UTF-8" };
  } catch {
    return { text: decode("windows-1252", bytes), encoding: "Windows-1252" };
  }
}

const decode = (encoding: string, bytes: Uint8Array): string => new TextDecoder(encoding).decode(bytes);
