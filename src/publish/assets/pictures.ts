/** Pictures that lie beside a text: what they are called, and how large they are. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { imageSize } from "image-size";
import type { Media } from "../../library/manifest.ts";

export interface Picture {
  readonly bytes: Buffer;
  readonly extension: Media["extension"];
  /** In pixels; a page keeps the place free before the picture has come. */
  readonly width: number;
  readonly height: number;
}

/** The picture of that name beside the text; nothing where there is none, or one that cannot be read. */
export function readPicture(root: string, textPath: string, name: string): Picture | undefined {
  const extension = extensionOf(name);
  const path = join(root, dirname(textPath), name);
  if (name.includes("/") || extension === undefined || !existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  try {
    const { width, height } = imageSize(bytes);
    return { bytes, extension, width, height };
  } catch {
    // Not a picture, whatever its name says: the author hears that there is none.
    return undefined;
  }
}

function extensionOf(name: string): Media["extension"] | undefined {
  const written = extname(name).slice(1).toLowerCase().replace("jpeg", "jpg");
  return (["png", "jpg", "webp", "avif", "gif"] as const).find((known) => known === written);
}

/** Changes when a picture beside the text comes, goes or becomes another. */
export function picturesKey(root: string, textPath: string): string {
  const folder = join(root, dirname(textPath));
  // While `npm start` is open, a book may be deleted between the reading of its texts and this.
  return (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => extensionOf(name) !== undefined)
    .map((name) => {
      const found = statSync(join(folder, name), { throwIfNoEntry: false });
      return `${name}:${found?.size}:${found?.mtimeMs}`;
    })
    .join("|");
}
