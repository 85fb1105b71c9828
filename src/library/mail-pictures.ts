/**
 * The pictures of chapters' mails. Those of a chapter lie in one object, one PNG behind the other: its pack.
 * Before a mail goes out its pack is put under a key of its own, where it stays: whoever opens the mail years
 * later, after whatever deploy, finds its formulas. Nothing but what was mailed is ever put there, so this
 * key, and no other, may be formed from a request: a chapter that is not public yet cannot be reached by it.
 */
import { type KvResult, readObject, readVerified, type ShelfSources } from "./shelf.ts";

export const mailPicturesKey = (pack: string): string => `mail/pictures/${pack}`;

/** Puts the pack where it stays for ever. Throws when it cannot be had or kept: such a mail must not go out yet. */
export async function storeMailPictures(sources: ShelfSources, pack: string): Promise<void> {
  const found = await readObject(sources, pack, "bin");
  if (found.kind === "missing")
    throw new Error(`The pictures ${pack} are neither in KV nor among the deployed assets.`);
  await sources.kv.put(mailPicturesKey(pack), found.bytes);
}

/** A pack that was mailed once; `isPublic` for one that belongs to a public chapter, mailed or not. */
export const readMailPictures = (sources: ShelfSources, pack: string, isPublic: boolean): Promise<KvResult> =>
  isPublic ? readObject(sources, pack, "bin") : readVerified(sources, mailPicturesKey(pack), pack);

/** https://www.w3.org/TR/png-3/#5PNG-file-signature */
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** The whole chunk that ends every PNG: no data, its name, its checksum. */
const end = [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82];

/** One picture of a pack; nothing where an address names anything but a whole one. */
export function cutPicture(pack: Uint8Array, start: number, length: number): Uint8Array | undefined {
  const picture = pack.subarray(start, start + length);
  const isWhole =
    picture.byteLength === length &&
    length >= signature.length + end.length &&
    signature.every((byte, index) => picture[index] === byte) &&
    end.every((byte, index) => picture[length - end.length + index] === byte);
  return isWhole ? picture : undefined;
}
