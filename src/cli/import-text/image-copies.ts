/** Finds the images of an imported text and names their copies beside the chapter; copies nothing itself. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { imageSize } from "image-size";
import type { ImageCopies } from "./draft.ts";
import type { Embedded } from "./original.ts";

const extensions: readonly string[] = [".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif"];

export class Images implements ImageCopies {
  /** Name of each copy -> its bytes. */
  readonly copies = new Map<string, Uint8Array>();
  readonly #folder: string;
  readonly #from: string;
  readonly #embedded: ReadonlyMap<string, Embedded>;
  readonly #slug: string;

  /** `folder`: where the chapter will be; `from`: the original's path. */
  constructor(folder: string, from: string, slug: string, embedded: readonly Embedded[]) {
    this.#folder = folder;
    this.#from = from;
    this.#slug = slug;
    this.#embedded = new Map(embedded.map((each) => [each.name, each]));
  }

  add(target: string): string | undefined {
    const embedded = this.#embedded.get(target);
    if (embedded) return this.addBytes(embedded.bytes, embedded.extension);
    const path = this.#find(decoded(target.replace(/[?#].*$/, "")));
    if (path === undefined || !extensions.includes(extname(path).toLowerCase())) return undefined;
    const bytes = readFileSync(path);
    return isImage(bytes) ? this.#keep(nameOf(basename(path)), bytes) : undefined;
  }

  addBytes(bytes: Uint8Array, extension: string): string {
    return this.#keep(`${this.#slug}-output.${extension}`, bytes);
  }

  /** Beside the text or, as sites write it from their root, in a folder above it, or in its `static` or `public`. */
  #find(target: string): string | undefined {
    if (/^[a-z]+:/i.test(target)) return undefined;
    const relative = target.replace(/^\/+/, "");
    let folder = dirname(resolve(this.#from));
    for (let level = 0; level < 6; level++) {
      for (const inside of ["", "static", "public", "assets"]) {
        const path = join(folder, inside, relative);
        if (statSync(path, { throwIfNoEntry: false })?.isFile()) return path;
      }
      if (dirname(folder) === folder) break;
      folder = dirname(folder);
    }
    return undefined;
  }

  /** A name that is free here, or already has these bytes. */
  #keep(name: string, bytes: Uint8Array): string {
    const [stem, extension] = [name.slice(0, -extname(name).length), extname(name)];
    for (let number = 1; ; number++) {
      const candidate = number === 1 ? name : `${stem}-${number}${extension}`;
      const path = join(this.#folder, candidate);
      const known = this.copies.get(candidate) ?? (existsSync(path) ? readFileSync(path) : undefined);
      if (known !== undefined && Buffer.compare(known, bytes) !== 0) continue;
      if (!existsSync(path)) this.copies.set(candidate, bytes);
      return candidate;
    }
  }
}

/** Lower case and without spaces, which a URL would have to escape. */
function nameOf(name: string): string {
  const extension = extname(name).toLowerCase();
  const stem = name
    .slice(0, -extension.length)
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return `${stem || "image"}${extension}`;
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    // A `%` that is not an escape is part of the name.
    return target;
  }
}

function isImage(bytes: Uint8Array): boolean {
  try {
    imageSize(bytes);
    return true;
  } catch {
    return false;
  }
}
