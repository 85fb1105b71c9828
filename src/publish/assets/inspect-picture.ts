/** Decodes an image once, to see whether it is complete; its bytes, not its name, say what it is. */
import { imageSize } from "image-size";
import type { Media } from "../../library/manifest.ts";
import { readKept, writeKept } from "../cache/disk-cache.ts";
import { createCache } from "../cache/memory-cache.ts";
import { sha256 } from "../object-store.ts";
import { loadSharp, toleranceOf } from "../png.ts";
import {
  withoutAvifMetadata,
  withoutJpegMetadata,
  withoutPngMetadata,
  withoutWebpMetadata,
} from "./picture-metadata.ts";

export interface Picture {
  /** Without metadata. */
  readonly bytes: Buffer;
  readonly extension: Exclude<Media["extension"], "svg">;
  /** In pixels, as it is shown; a page reserves the space before the image has loaded. */
  readonly width: number;
  readonly height: number;
}

export type Inspection =
  | ({ readonly kind: "picture" } & Picture)
  /** `format`: what it is instead, `BMP`; undefined for bytes that are no image. */
  | { readonly kind: "unsupported"; readonly format: string | undefined }
  | { readonly kind: "damaged" };

const remembered = createCache<Promise<Inspection>>();

export function inspectPicture(bytes: Buffer): Promise<Inspection> {
  const hash = sha256(bytes);
  return remembered(hash, async () => recall(hash) ?? keep(hash, await inspect(bytes)));
}

async function inspect(bytes: Buffer): Promise<Inspection> {
  const format = formatOf(bytes);
  const extension = extensions[format ?? ""];
  if (extension === undefined) return { kind: "unsupported", format: format?.toUpperCase() };
  try {
    const sharp = await loadSharp();
    const image = () => sharp(bytes, { ...toleranceOf(extension) });
    const { autoOrient, orientation = 1, exif, xmp } = await image().metadata();
    // Reads all pixels, but keeps only a few.
    await image().resize({ width: 8 }).raw().toBuffer();
    const { width, height } = autoOrient;
    const cleaned = async () => {
      if (extension === "jpg") return withoutJpegMetadata(bytes, orientation);
      // Browsers do not agree on the orientation of these formats, so it becomes that of the pixels.
      if (extension === "png")
        return withoutPngMetadata(orientation === 1 ? bytes : await image().autoOrient().png().toBuffer());
      if (extension === "webp")
        return withoutWebpMetadata(
          orientation === 1 ? bytes : await image().autoOrient().webp({ quality: 92 }).toBuffer(),
        );
      return extension === "avif" ? withoutAvifMetadata(bytes, exif, xmp) : bytes;
    };
    return { kind: "picture", bytes: await cleaned(), extension, width, height };
  } catch {
    return { kind: "damaged" };
  }
}

const extensions: Readonly<Record<string, Picture["extension"]>> = {
  jpg: "jpg",
  png: "png",
  webp: "webp",
  avif: "avif",
  gif: "gif",
};

/** By the first bytes. */
function formatOf(bytes: Buffer): string | undefined {
  try {
    return imageSize(bytes).type;
  } catch {
    // Too short for its size to be read, or no image.
    const start = bytes.toString("latin1", 0, 12);
    if (start.startsWith("\xff\xd8\xff")) return "jpg";
    if (start.startsWith("\x89PNG")) return "png";
    if (start.startsWith("GIF8")) return "gif";
    if (/^RIFF....WEBP/s.test(start)) return "webp";
    if (/^....ftypavi[fs]/s.test(start)) return "avif";
    return start.startsWith("%PDF") ? "pdf" : undefined;
  }
}

/** Changes when this file finds something else in the same bytes. */
const version = 1;

/** Only complete images are cached: first a line with the size, then the bytes. */
function recall(hash: string): Inspection | undefined {
  const kept = readKept(`${hash}.${version}.picture`);
  const end = kept?.indexOf("\n") ?? -1;
  if (kept === undefined || end === -1) return undefined;
  const described = JSON.parse(kept.toString("utf8", 0, end)) as Omit<Picture, "bytes">;
  return { kind: "picture", bytes: kept.subarray(end + 1), ...described };
}

function keep(hash: string, inspection: Inspection): Inspection {
  if (inspection.kind !== "picture") return inspection;
  const { bytes, extension, width, height } = inspection;
  const head = JSON.stringify({ extension, width, height });
  writeKept(`${hash}.${version}.picture`, Buffer.concat([Buffer.from(`${head}\n`), bytes]));
  return inspection;
}
