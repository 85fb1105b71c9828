/** Decides where to truncate an email that is longer than email clients show. */
import type { Token, Tokens } from "marked";
import { originMark } from "../../library/objects.ts";
import { checkHtml } from "../markdown/raw-html.ts";

/** Gmail clips HTML after 102 KB; the difference is a reserve for what providers add in transit. */
export const maxMailBytes = 90_000;

/** Reserve for the frame around the chapter, its header and footer. A test compares it with src/mail. */
const frameBytes = 12_000;

/** Placeholders are shorter than what replaces them: an origin, and the URL of an image. */
const originBytes = 40;
const pictureAddressBytes = originBytes + "/mail/".length + 64 + "/1234567-12345.png".length;

/** A block of the text as HTML, and its token; undefined for the sections that follow every text. */
export interface MailBlock {
  readonly token: Token | undefined;
  readonly html: string;
}

export interface Cut {
  /** Number of blocks kept. */
  readonly at: number;
  /** Size of the whole email. */
  readonly bytes: number;
}

/**
 * `undefined` if the email is short enough; otherwise it ends before a heading, or before any block if no heading fits.
 */
export function cutAt(blocks: readonly MailBlock[]): Cut | undefined {
  const sizes = blocks.map(({ html }) => bytesOf(html));
  const bytes = frameBytes + sizes.reduce((sum, size) => sum + size, 0);
  if (bytes <= maxMailBytes) return undefined;
  let sum = frameBytes;
  let open = 0;
  const ends: { readonly at: number; readonly isHeading: boolean }[] = [];
  for (const [at, { token }] of blocks.entries()) {
    if (sum > maxMailBytes) break;
    const isHeading = token === undefined || (token.type === "heading" && (token as Tokens.Heading).depth === 2);
    // Not inside raw HTML that a later block closes.
    if (at > 0 && open === 0) ends.push({ at, isHeading });
    if (token?.type === "html") for (const { opens } of checkHtml(token.raw).tags) open += opens ? 1 : -1;
    sum += sizes[at] ?? 0;
  }
  const end = ends.findLast(({ isHeading }) => isHeading) ?? ends.at(-1);
  return { at: end?.at ?? 0, bytes };
}

function bytesOf(html: string): number {
  let pictures = 0;
  const bare = html.replace(/\0picture \d+\0/g, () => {
    pictures += 1;
    return "";
  });
  const origins = bare.split(originMark).length - 1;
  return Buffer.byteLength(bare) + pictures * pictureAddressBytes + origins * (originBytes - originMark.length);
}
