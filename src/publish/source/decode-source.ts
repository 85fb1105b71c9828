/** Decodes a text file of the author: UTF-8, or another encoding in which its problem can be shown. */

export type DecodedSource =
  | { readonly encoding: "UTF-8"; readonly text: string }
  | { readonly encoding: "UTF-16"; readonly text: string; readonly firstInvalid: 0 }
  /** `firstInvalid`: offset in `text` of the first character that is not UTF-8. */
  | { readonly encoding: "unknown"; readonly text: string; readonly firstInvalid: number };

export function decodeSource(bytes: Uint8Array): DecodedSource {
  const utf16 = utf16Of(bytes);
  if (utf16 !== undefined) return { encoding: "UTF-16", text: decode(utf16, bytes), firstInvalid: 0 };
  try {
    return { encoding: "UTF-8", text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes) };
  } catch {
    return decodeMixed(bytes);
  }
}

/** By its byte order mark or, without one, because every second byte of Latin text is zero. */
function utf16Of([first, second, third, fourth]: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (first && third && second === 0 && fourth === 0) return "utf-16le";
  if (second && fourth && first === 0 && third === 0) return "utf-16be";
  return undefined;
}

const decode = (encoding: string, bytes: Uint8Array): string => new TextDecoder(encoding).decode(bytes);

/** Every valid sequence as UTF-8, every other byte as Windows-1252: what the author most likely wrote. */
function decodeMixed(bytes: Uint8Array): DecodedSource {
  let text = "";
  let firstInvalid: number | undefined;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length === 0) firstInvalid ??= text.length;
    const end = at + Math.max(1, length);
    text += decode(length === 0 ? "windows-1252" : "utf-8", bytes.subarray(at, end));
    at = end;
  }
  return { encoding: "unknown", text, firstInvalid: firstInvalid ?? 0 };
}

/** Length of the valid sequence at a position, or of a run of ASCII; 0 if there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  let end = at;
  while ((bytes[end] ?? 0x80) < 0x80) end += 1;
  if (end > at) return end - at;
  const lead = bytes[at] ?? 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  try {
    new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(at, at + length));
    return length;
  } catch {
    return 0;
  }
}
