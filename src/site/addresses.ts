/** Every address of the catalogue, to the letter: what is answered with 200 may be kept only under one of these. */
import type { Catalogue, CatalogueEntry } from "../library/catalogue.ts";
import type { Media } from "../library/manifest.ts";
import { fixedPaths, href, pattern } from "../routes.ts";

/** The chapter or overview whose Markdown has this address. */
export function markdownAt({ byPath }: Catalogue, path: string): CatalogueEntry | undefined {
  const name = /^(.+?)(?:(\/)index)?\.md$/.exec(path);
  const entry = name ? byPath.get(`${name[1]}${name[2] ?? ""}`) : undefined;
  // An overview's is `/book/index.md`, and `/book/.md` is nothing.
  return entry?.isOverview === (name?.[2] !== undefined) ? entry : undefined;
}

/** The overview whose book has its feed at this address. */
export function feedAt({ byPath }: Catalogue, path: string): CatalogueEntry | undefined {
  const entry = path.endsWith(pattern.feed) ? byPath.get(path.slice(0, -"feed.xml".length)) : undefined;
  return entry?.isOverview ? entry : undefined;
}

/** A public chapter's image. */
export function mediaAt({ media }: Catalogue, path: string): Media | undefined {
  const [, hash = ""] = /^\/media\/([0-9a-f]{64})\.[a-z]+$/.exec(path) ?? [];
  const file = media.get(hash);
  return file && path === href.media(file.hash, file.extension) ? file : undefined;
}

/** What other spellings are redirected to. An image has none. */
export const isPage = (catalogue: Catalogue, path: string): boolean =>
  fixedPaths.includes(path) ||
  catalogue.byPath.has(path) ||
  markdownAt(catalogue, path) !== undefined ||
  feedAt(catalogue, path) !== undefined;

/** As many as the library has pages and images, however many are asked for. */
export const isAddress = (catalogue: Catalogue, path: string): boolean =>
  isPage(catalogue, path) || mediaAt(catalogue, path) !== undefined;
