/**
 * Computes the catalogue, the public part of the library at one moment: which chapters are public, their paths, their
 * neighbours.
 */
import { href } from "../routes.ts";
import { namesByPath } from "./identity.ts";
import {
  type Book,
  type Chapter,
  type ContentsEntry,
  isWritten,
  type Manifest,
  type Media,
  type Profile,
} from "./manifest.ts";
import { originMark } from "./objects.ts";

/** When a chapter becomes public, in milliseconds since 1970; infinity for a draft. */
export const publicationTime = (chapter: Chapter): number =>
  chapter.published === undefined ? Number.POSITIVE_INFINITY : Date.parse(chapter.published);

/** ISO 8601: the last substantial change, if it was on a later day than publication. */
export const updateOf = ({ published, updated }: Chapter): string | undefined =>
  updated !== undefined && published !== undefined && updated.slice(0, 10) > published.slice(0, 10)
    ? updated
    : undefined;

/** A chapter with its book and path. An overview is at its book's own URL. */
export interface CatalogueEntry {
  /** Its permanent identity: see identity.ts. */
  readonly id: string;
  readonly book: Book;
  readonly chapter: Chapter;
  readonly path: string;
  readonly isOverview: boolean;
}

export interface Catalogue {
  readonly manifest: Manifest;
  /** Books whose overview is public, in their order. */
  readonly books: readonly Book[];
  /** Path -> the public chapter there. */
  readonly byPath: ReadonlyMap<string, CatalogueEntry>;
  /** Paths of chapters that must not be revealed yet: not public, and marked as hidden by their authors. */
  readonly hidden: ReadonlySet<string>;
  /** Identity -> the public chapter. */
  readonly byId: ReadonlyMap<string, CatalogueEntry>;
  /** Images of public chapters and of authors' pages, by hash. */
  readonly media: ReadonlyMap<string, Media>;
  /** Path of an author's page -> the author; only authors of public chapters have a page. */
  readonly authors: ReadonlyMap<string, Profile>;
  /** True on the author's own machine only: drafts and scheduled chapters are included. */
  readonly includesUnpublished: boolean;
  /** When the next scheduled chapter becomes public. */
  readonly validUntil: number;
}

/** `includeUnpublished` is for the author's own machine, which shows drafts too. */
export function catalogueAt(now: number, manifest: Manifest, includeUnpublished = false): Catalogue {
  const names = namesByPath(manifest);
  const byPath = new Map<string, CatalogueEntry>();
  const hidden = new Set<string>();
  const byId = new Map<string, CatalogueEntry>();
  const media = new Map<string, Media>();
  let validUntil = Number.POSITIVE_INFINITY;
  const isPublic = (chapter: Chapter) => {
    const time = publicationTime(chapter);
    if (time > now) validUntil = Math.min(validUntil, time);
    return includeUnpublished || time <= now;
  };
  const add = (found: Omit<CatalogueEntry, "id">) => {
    const entry = { ...found, id: names.get(found.path)?.guess ?? found.path.slice(1) };
    byPath.set(entry.path, entry);
    byId.set(entry.id, entry);
    for (const picture of entry.chapter.media) media.set(picture.hash, picture);
  };
  const books = manifest.books.filter((book) => {
    const written = book.contents.filter(isWritten).filter((chapter) => {
      if (isPublic(chapter)) return true;
      if (chapter.hidden) hidden.add(href.chapter(book.slug, chapter.slug));
      return false;
    });
    if (!isPublic(book.overview)) return false;
    add({ book, chapter: book.overview, path: href.book(book.slug), isOverview: true });
    for (const chapter of written) {
      add({ book, chapter, path: href.chapter(book.slug, chapter.slug), isOverview: false });
    }
    return true;
  });
  const authors = publicAuthors(manifest, byPath.values());
  for (const { picture } of authors.values()) if (picture) media.set(picture.hash, picture);
  return { manifest, books, byPath, byId, hidden, media, authors, includesUnpublished: includeUnpublished, validUntil };
}

/** In the order of content/authors.yaml. */
function publicAuthors({ profiles = [] }: Manifest, entries: Iterable<CatalogueEntry>): ReadonlyMap<string, Profile> {
  if (profiles.length === 0) return new Map();
  const credited = new Set([...entries].flatMap(({ chapter }) => chapter.profileIds ?? []));
  return new Map(profiles.filter(({ id }) => credited.has(id)).map((profile) => [href.author(profile.id), profile]));
}

/**
 * The catalogue around the preview of a chapter: what is public, and the chapter itself; nothing else that is hidden. A
 * scheduled chapter is previewed as of its own time, so links to what will be public by then work.
 */
export function catalogueOfPreview(manifest: Manifest, entry: CatalogueEntry, now: number): Catalogue {
  const due = publicationTime(entry.chapter);
  const catalogue = catalogueAt(Number.isFinite(due) ? Math.max(now, due) : now, manifest);
  return {
    ...catalogue,
    byPath: new Map([...catalogue.byPath, [entry.path, entry]]),
    hidden: new Set([...catalogue.hidden].filter((path) => path !== entry.path)),
    byId: new Map([...catalogue.byId, [entry.id, entry]]),
  };
}

/** The catalogue with these identities (by path); a chapter whose identity is unknown is not in `byId`. */
export function withIds(catalogue: Catalogue, ids: ReadonlyMap<string, string | undefined>): Catalogue {
  if (ids.size === 0) return catalogue;
  const entries = [...catalogue.byPath.values()].map((entry) => ({ ...entry, id: ids.get(entry.path) ?? entry.id }));
  const identified = entries.filter(({ path }) => !ids.has(path) || ids.get(path) !== undefined);
  return {
    ...catalogue,
    byPath: new Map(entries.map((entry) => [entry.path, entry])),
    byId: new Map(identified.map((entry) => [entry.id, entry])),
  };
}

/** The public chapters of a book in reading order, the overview first. */
export const entriesOf = (catalogue: Catalogue, book: Book): CatalogueEntry[] =>
  [href.book(book.slug), ...book.contents.map((listed) => href.chapter(book.slug, listed.slug))].flatMap(
    (path) => catalogue.byPath.get(path) ?? [],
  );

export interface ContentsRow {
  readonly listed: ContentsEntry;
  /** Undefined for a planned chapter. */
  readonly entry: CatalogueEntry | undefined;
}

/** The rows of a table of contents, in reading order. */
export const contentsOf = ({ byPath, hidden }: Catalogue, book: Book): ContentsRow[] =>
  book.contents.flatMap((listed) => {
    const path = href.chapter(book.slug, listed.slug);
    return hidden.has(path) ? [] : [{ listed, entry: byPath.get(path) }];
  });

/** Number of a chapter in the table of contents, from 1; 0 for an overview. */
export const numberOf = (catalogue: Catalogue, { book, chapter }: CatalogueEntry): number =>
  contentsOf(catalogue, book).findIndex(({ listed }) => listed.slug === chapter.slug) + 1;

export function neighbours(
  catalogue: Catalogue,
  entry: CatalogueEntry,
): { previous?: CatalogueEntry; next?: CatalogueEntry } {
  const row = entriesOf(catalogue, entry.book);
  const index = row.findIndex(({ path }) => path === entry.path);
  const previous = row[index - 1];
  const next = row[index + 1];
  return { ...(previous && { previous }), ...(next && { next }) };
}

/** Every public chapter, newest first; those of the same time in the order of the library. */
export const newestFirst = (catalogue: Catalogue): CatalogueEntry[] =>
  [...catalogue.byPath.values()].sort((a, b) => publicationTime(b.chapter) - publicationTime(a.chapter) || 0);

const chapterLink = new RegExp(
  `<a class="chapter[^"]*" href="(?:${originMark})?([^"#]*)[^"]*"[^>]*>([\\s\\S]*?)</a>`,
  "g",
);

export interface ChapterLink {
  readonly path: string;
  /** Offsets of the link and of its words. */
  readonly start: number;
  readonly end: number;
  readonly words: readonly [start: number, end: number];
}

/** The links that `withholdLinks` may replace, in their order. */
export const chapterLinksIn = (html: string): ChapterLink[] =>
  [...html.matchAll(chapterLink)].map(({ 0: link, 1: path = "", 2: words = "", index: start }) => {
    const end = start + link.length;
    const wordsEnd = end - "</a>".length;
    return { path, start, end, words: [wordsEnd - words.length, wordsEnd] };
  });

/**
 * Replaces links to chapters that are not public yet by their words, so no link leads to a 404, and links appear with the
 * chapter, without a deploy. For a hidden chapter, nothing reveals that it exists; for others, `notYet` is the tooltip.
 */
export const withholdLinks = (catalogue: Catalogue, html: string, notYet: string): string =>
  html.replace(chapterLink, (link, path: string, words: string) =>
    catalogue.byPath.has(path) ? link : withheldLink(catalogue, path, words, notYet),
  );

/** What stands instead of a link to a chapter that is not public yet. */
export const withheldLink = ({ hidden }: Pick<Catalogue, "hidden">, path: string, words: string, notYet: string) =>
  hidden.has(path) ? words : `<span class="to-come" title="${notYet}">${words}</span>`;

/** A URL after its words, with what is in front of it on its line: see `layOutLines` (src/publish/renderers/plain-lines.ts). */
const chapterAddress = new RegExp(`(?:\\n[ |]*| )<${originMark}(/[a-z0-9-]+/[a-z0-9-]*)(?:#[^>]*)?>`, "g");

/** The same for the plain-text part of an email: the words stay, the URL is removed. */
export const withholdAddresses = (catalogue: Catalogue, text: string): string =>
  text.replace(chapterAddress, (address, path: string) => (catalogue.byPath.has(path) ? address : ""));
