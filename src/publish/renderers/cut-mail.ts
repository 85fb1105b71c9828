/** Where a mail ends that would be longer than mail programs show. */
import type { Token, Tokens } from "marked";
import { originMark } from "../../library/objects.ts";
import { checkHtml } from "../markdown/raw-html.ts";

/** Gmail hides what comes after 102 KB of HTML; the rest is for what a provider adds on the way. */
export const maxMailBytes = 90_000;

/** For the frame around the chapter, its head and foot. A test holds it against src/mail. */
const frameBytes = 12_000;

/** Marks are shorter than what takes their place: an origin, and the address of a picture. */
const originBytes = 40;
const pictureAddressBytes = originBytes + "/mail/".length + 64 + "/1234567-12345.png".length;

/** A block of the text in HTML, and its token; none for what stands at the end of every text. */
export interface MailBlock {
  readonly token: Token | undefined;
  readonly html: string;
}

export interface Cut {
  /** The number of blocks that stay. */
  readonly at: number;
  /** How long the whole mail would be. */
  readonly bytes: number;
}

/** Nothing, if the mail is short enough; otherwise it ends before a heading, or, where there is none, before some block. */
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
    // Not inside HTML of the author's that a later block closes.
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
