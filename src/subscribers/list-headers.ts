/** Builds the list headers of an email: the list's identifier (RFC 2919) and one-click unsubscribe (RFC 2369, RFC 8058). */
import { headerText } from "../mail/message.ts";

interface Listed {
  /** The library's title. */
  readonly title: string;
  /** Scheme and host of the library. */
  readonly origin: string;
  /** Absolute URL for unsubscribing. It may contain a template mark, which is left as it is. */
  readonly unsubscribeUrl: string;
}

/**
 * Headers of emails to subscribers; ASCII, one line each. The identifier depends on the host alone, so filters keep working
 * when the library's title changes.
 */
export const listHeaders = ({ title, origin, unsubscribeUrl }: Listed): Record<string, string> => ({
  "List-Id": `${phrase(title)} <newsletter.${hostOf(origin)}>`.trimStart(),
  "List-Unsubscribe": `<${unsubscribeUrl}>`,
  "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
});

/** An IP literal such as `[::1]` is the author's own machine: RFC 2919, section 2. */
function hostOf(origin: string): string {
  const { hostname } = new URL(origin);
  return /^[a-z0-9.-]*[a-z][a-z0-9.-]*$/.test(hostname) ? hostname : "localhost";
}

/**
 * RFC 5322, section 3.2.5: words, quoted if they contain special characters. Encoded if not all are ASCII, or if a client
 * that searches for the next bracket or quote would mistake it for the identifier's.
 */
function phrase(title: string): string {
  const line = headerText(title);
  if (!/^[ -~]*$/.test(line) || /[<>"\\]|=\?/.test(line)) return encodedWords(line);
  return /^[A-Za-z0-9 ]*$/.test(line) ? line : `"${line}"`;
}

/** An encoded word has 75 characters (RFC 2047, section 2), and 12 of them are `=?utf-8?B?` and `?=`: 45 bytes in base64. */
const wordBytes = 45;

/** RFC 2047: no character is split, and blanks between encoded words are not part of the text. */
function encodedWords(line: string): string {
  const encoder = new TextEncoder();
  const words: number[][] = [[]];
  for (const character of line) {
    const bytes = encoder.encode(character);
    if ((words.at(-1)?.length ?? 0) + bytes.length > wordBytes) words.push([]);
    words.at(-1)?.push(...bytes);
  }
  return words.map((bytes) => `=?utf-8?B?${btoa(String.fromCharCode(...bytes))}?=`).join(" ");
}
