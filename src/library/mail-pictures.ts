/**
 * Stores the images of chapters' emails. A chapter's images are one object, its pack: PNGs one after another. Before an
 * email is sent, its pack is stored under a separate key for good, so the email shows its formulas years and deploys
 * later. Only packs that were emailed are stored there, so this is the only key that may be formed from a request: it
 * cannot reveal a chapter that is not public yet.
 */
import { type KvResult, readObject, readVerified, type ShelfSources } from "./shelf.ts";

export const mailPicturesKey = (pack: string): string => `mail/pictures/${pack}`;

/** Stores the pack permanently. Throws if it cannot be read or stored: the email must not be sent yet. */
export async function storeMailPictures(sources: ShelfSources, pack: string): Promise<void> {
  const found = await readObject(sources, pack, "bin");
  if (found.kind === "missing")
    throw new Error(`The pictures ${pack} are neither in KV nor among the deployed assets.`);
  await sources.kv.put(mailPicturesKey(pack), found.bytes);
}

/** Reads a pack that was emailed, or, if `isPublic`, any pack of a public chapter. */
export const readMailPictures = (sources: ShelfSources, pack: string, isPublic: boolean): Promise<KvResult> =>
  isPublic ? readObject(sources, pack, "bin") : readVerified(sources, mailPicturesKey(pack), pack);

/** https://www.w3.org/TR/png-3/#5PNG-file-signature */
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** The IEND chunk that ends every PNG: length, name, checksum. */
const end = [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82];

/** Cuts one image from a pack; undefined unless the range is exactly one PNG. */
export function cutPicture(pack: Uint8Array, start: number, length: number): Uint8Array | undefined {
  const picture = pack.subarray(start, start + length);
  const isWhole =
    picture.byteLength === length &&
    length >= signature.length + end.length &&
    signature.every((byte, index) => picture[index] === byte) &&
    end.every((byte, index) => picture[length - end.length + index] === byte);
  return isWhole ? picture : undefined;
}
