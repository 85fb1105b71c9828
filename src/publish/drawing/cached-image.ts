/**
 * Draws an image for shared links, or takes it from the cache, where it is under the hash of what it is made from: a
 * change of the text around it does not draw it again.
 */
import { packFiles, unpackFiles } from "../../library/file-pack.ts";
import { readKept, writeKept } from "../cache/disk-cache.ts";
import { textCodeKey } from "../compiler-code.ts";
import { sha256 } from "../object-store.ts";
import { type DrawnShareImage, drawShareImage, type ShareImage } from "../share/share-image.ts";
import { drawingThreads } from "./drawing-threads.ts";

export interface CachedImage {
  readonly hash: string;
  /** In bytes. */
  readonly size: number;
  /** Characters that no font has. */
  readonly missing: readonly string[];
  /** Name of the cached file that contains it. */
  readonly pack: string;
}

export type DrawImage = (image: ShareImage) => Promise<DrawnShareImage>;
export const drawOnThread: DrawImage = (image) => drawingThreads().draw({ kind: "share image", image });
/** While the main thread has nothing else to do. */
export const drawHere: DrawImage = drawShareImage;

const keyOf = (image: ShareImage): string =>
  sha256(`${textCodeKey()} ${JSON.stringify({ ...image, font: image.font?.hash })}`);

/** For as long as the process runs. */
const known = new Map<string, CachedImage>();

/** `isStored`: whether its bytes are not needed, which are then undefined. */
export async function cachedImage(
  image: ShareImage,
  isStored: (image: CachedImage) => boolean,
  draw = drawOnThread,
): Promise<{ readonly image: CachedImage; readonly png: Uint8Array | undefined }> {
  const key = keyOf(image);
  const cached = known.get(key) ?? recall(key);
  if (cached) {
    known.set(key, cached);
    if (isStored(cached)) return { image: cached, png: undefined };
    const pack = readKept(cached.pack);
    const png = pack && unpackFiles(pack).get(fileOf(cached));
    if (png) return { image: cached, png };
  }
  const { png, missing } = await draw(image);
  const drawn = { hash: sha256(png), size: png.byteLength, missing, pack: `${key}.share-image` };
  writeKept(drawn.pack, packFiles(new Map([[fileOf(drawn), png]])));
  writeKept(recordOf(key), Buffer.from(JSON.stringify(drawn)));
  known.set(key, drawn);
  return { image: drawn, png };
}

export const fileOf = ({ hash }: CachedImage): string => `${hash}.png`;

const recordOf = (key: string): string => `${key}.share`;

function recall(key: string): CachedImage | undefined {
  const record = readKept(recordOf(key));
  return record && (JSON.parse(record.toString("utf8")) as CachedImage);
}
