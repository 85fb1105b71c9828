/**
 * Resolves paths to what the catalogue has there. Only exact spellings match, because a 200 response may be cached
 * under no other path.
 */

import { hasAuthorList } from "../library/authors.ts";
import type { Catalogue, CatalogueEntry } from "../library/catalogue.ts";
import type { Media } from "../library/manifest.ts";
import { fixedPaths, href, pattern } from "../routes.ts";
import { fullTextAt } from "./llms.ts";
import { deckAt } from "./recall/anki-file.ts";
import { partAt } from "./sitemap.ts";

/** The chapter or overview whose Markdown version is at this path. */
export function markdownAt({ byPath }: Catalogue, path: string): CatalogueEntry | undefined {
  const name = /^(.+?)(?:(\/)index)?\.md$/.exec(path);
  const entry = name ? byPath.get(`${name[1]}${name[2] ?? ""}`) : undefined;
  // An overview's Markdown is at `/book/index.md`; `/book/.md` is nothing.
  return entry?.isOverview === (name?.[2] !== undefined) ? entry : undefined;
}

/** The hash of the image that is shown beside links to a public page, if that image is at this path. */
export function shareImageAt({ byPath, manifest }: Catalogue, path: string): string | undefined {
  if (path === pattern.shareImage) return manifest.shareImage;
  const [, folder = "", slug = ""] = /^(\/[^/]+\/)([^/]+)\.png$/.exec(path) ?? [];
  const entry = byPath.get(slug === "index" ? folder : folder + slug);
  return entry?.chapter.shareImage;
}

/** The overview of the book whose feed, in either format, is at this path. */
export function feedAt({ byPath }: Catalogue, path: string): CatalogueEntry | undefined {
  const [file, folder = ""] = /^(.+\/)feed\.(?:xml|json)$/.exec(path) ?? [];
  const entry = file === undefined ? undefined : byPath.get(folder);
  return entry?.isOverview ? entry : undefined;
}

/** The image of a public chapter at this path. */
export function mediaAt({ media }: Catalogue, path: string): Media | undefined {
  const [, hash = ""] = /^\/media\/([0-9a-f]{64})\.[a-z]+$/.exec(path) ?? [];
  const file = media.get(hash);
  return file && path === href.media(file.hash, file.extension) ? file : undefined;
}

/** Whether other spellings are redirected to this path. Images have no other spellings. */
export const isPage = (catalogue: Catalogue, path: string): boolean =>
  fixedPaths.includes(path) ||
  catalogue.byPath.has(path) ||
  catalogue.authors.has(path) ||
  partAt(catalogue, path) !== undefined ||
  (path === href.authors() && hasAuthorList(catalogue)) ||
  markdownAt(catalogue, path) !== undefined ||
  fullTextAt(catalogue, path) !== undefined ||
  deckAt(catalogue, path) !== undefined ||
  feedAt(catalogue, path) !== undefined;

/** Whether a 200 response may be cached under this path. The number of such paths is limited, whatever is requested. */
export const isAddress = (catalogue: Catalogue, path: string): boolean =>
  isPage(catalogue, path) || mediaAt(catalogue, path) !== undefined || shareImageAt(catalogue, path) !== undefined;
