/** Reads image files in the folder of a text, with their dimensions. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { imageSize } from "image-size";
import type { Media } from "../../library/manifest.ts";

export interface Picture {
  readonly bytes: Buffer;
  readonly extension: Media["extension"];
  /** In pixels; a page reserves the space before the image has loaded. */
  readonly width: number;
  readonly height: number;
}

/** The image of that name in the text's folder; `undefined` if there is none or it cannot be read. */
export function readPicture(root: string, textPath: string, name: string): Picture | undefined {
  const extension = extensionOf(name);
  const path = join(root, dirname(textPath), name);
  if (name.includes("/") || extension === undefined || !existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  try {
    const { width, height } = imageSize(bytes);
    return { bytes, extension, width, height };
  } catch {
    // Not an image despite its extension: reported as missing.
    return undefined;
  }
}

function extensionOf(name: string): Media["extension"] | undefined {
  const written = extname(name).slice(1).toLowerCase().replace("jpeg", "jpg");
  return (["png", "jpg", "webp", "avif", "gif"] as const).find((known) => known === written);
}

/** Cache key: changes when an image in the text's folder is added, removed or modified. */
export function picturesKey(root: string, textPath: string): string {
  const folder = join(root, dirname(textPath));
  // While `npm start` runs, a book may be deleted after its texts were read.
  return (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => extensionOf(name) !== undefined)
    .map((name) => {
      const found = statSync(join(folder, name), { throwIfNoEntry: false });
      return `${name}:${found?.size}:${found?.mtimeMs}`;
    })
    .join("|");
}
