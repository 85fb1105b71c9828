/**
 * The tags of an edition's email. They come back with each webhook event and name what it is about: the edition, the
 * subscriber, and the chapters in the email, because a database that was rolled back may record others for it.
 */
import { sha256, toHex } from "../library/hash.ts";
import type { Message } from "../mail/mailer.ts";

/** Hexadecimal digits for a chapter: enough to tell apart those of one edition. */
const hashLength = 8;
/** Resend allows no more characters in a value (https://resend.com/docs/api-reference/emails/send-email). */
const maxTagLength = 256;

const shortHash = async (chapter: string): Promise<string> => toHex(await sha256(chapter)).slice(0, hashLength);

/** Without the chapters when there are more than 32: reports then count for all that the record has, as they did before. */
export async function deliveryTags(
  edition: string,
  subscriber: string,
  chapters: readonly string[],
): Promise<NonNullable<Message["tags"]>> {
  const value = (await Promise.all(chapters.map(shortHash))).join("");
  return [
    { name: "edition", value: edition },
    { name: "subscriber", value: subscriber },
    ...(value.length <= maxTagLength ? [{ name: "chapters", value }] : []),
  ];
}

/** Those of `chapters` that were in the email, by its tag. */
export async function chaptersIn(tag: string, chapters: readonly string[]): Promise<readonly string[]> {
  const named = new Set(tag.match(/.{8}/g));
  const hashes = await Promise.all(chapters.map(shortHash));
  return chapters.filter((_, index) => named.has(hashes[index] ?? ""));
}
