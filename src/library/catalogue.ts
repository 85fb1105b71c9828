/** The library as it stands at one moment: what is public then, where it is, what comes before and after it. */
import { href } from "../routes.ts";
import { namesByPath } from "./identity.ts";
import { type Book, type Chapter, type ContentsEntry, isWritten, type Manifest, type Media } from "./manifest.ts";
import { originMark } from "./objects.ts";

/** Milliseconds since 1970 at which a chapter becomes public; never, for a draft. */
export const publicationTime = (chapter: Chapter): number =>
  chapter.published === undefined ? Number.POSITIVE_INFINITY : Date.parse(chapter.published);

/** ISO 8601: the last change that readers should know of, if its day is later than that of publication. */
export const updateOf = ({ published, updated }: Chapter): string | undefined =>
  updated !== undefined && published !== undefined && updated.slice(0, 10) > published.slice(0, 10)
    ? updated
    : undefined;

/** A chapter together with where it stands. An overview stands at its book's own address. */
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
  /** Paths of chapters that nobody is to know of yet: not public, and their authors keep them out of the contents. */
  readonly hidden: ReadonlySet<string>;
  /** Identity -> the same. */
  readonly byId: ReadonlyMap<string, CatalogueEntry>;
  /** Pictures of public chapters, by hash. */
  readonly media: ReadonlyMap<string, Media>;
  /** Drafts and scheduled chapters are among them: on the author's own machine only. */
  readonly includesUnpublished: boolean;
  /** The first moment at which this stops being true: the next scheduled chapter. */
  readonly validUntil: number;
}

/** `includeUnpublished` is for the author's own machine, where drafts are shown too. */
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
  return { manifest, books, byPath, byId, hidden, media, includesUnpublished: includeUnpublished, validUntil };
}

/**
 * What a chapter that is not public yet is shown with: what is public, and the chapter itself; nothing else that is
 * hidden. A scheduled chapter is seen at its own time: links to what will be public by then are alive.
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

/** The catalogue in which these chapters (by path) have these identities; one that has none is not found by id. */
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

/** What is public of a book, in reading order, the overview first. */
const entriesOf = (catalogue: Catalogue, book: Book): CatalogueEntry[] =>
  [href.book(book.slug), ...book.contents.map((listed) => href.chapter(book.slug, listed.slug))].flatMap(
    (path) => catalogue.byPath.get(path) ?? [],
  );

export interface ContentsRow {
  readonly listed: ContentsEntry;
  /** Of a chapter that can be opened; the others are still to come. */
  readonly entry: CatalogueEntry | undefined;
}

/** What a table of contents shows, in reading order. */
export const contentsOf = ({ byPath, hidden }: Catalogue, book: Book): ContentsRow[] =>
  book.contents.flatMap((listed) => {
    const path = href.chapter(book.slug, listed.slug);
    return hidden.has(path) ? [] : [{ listed, entry: byPath.get(path) }];
  });

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

/** Every public chapter, the newest first; those of one moment in the order of the shelf. */
export const newestFirst = (catalogue: Catalogue): CatalogueEntry[] =>
  [...catalogue.byPath.values()].sort((a, b) => publicationTime(b.chapter) - publicationTime(a.chapter) || 0);

const chapterLink = new RegExp(
  `<a class="chapter[^"]*" href="(?:${originMark})?([^"#]*)[^"]*"[^>]*>([\\s\\S]*?)</a>`,
  "g",
);

/**
 * Compiled text with links to chapters that are not public yet turned into plain words: a page
 * never leads to a "not found", and the link comes alive with the chapter, without a deploy.
 * Of a hidden chapter nothing but the words is left: that there is one is not said either.
 * `notYet`: what is said of the others.
 */
export const withholdLinks = ({ byPath, hidden }: Catalogue, html: string, notYet: string): string =>
  html.replace(chapterLink, (link, path: string, words: string) => {
    if (byPath.has(path)) return link;
    if (hidden.has(path)) return words;
    return `<span class="to-come" title="${notYet}">${words}</span>`;
  });

/** An address behind its words, with what stands in front of it on its line: see `layOutLines` (src/publish/renderers/plain-lines.ts). */
const chapterAddress = new RegExp(`(?:\\n[ |]*| )<${originMark}(/[a-z0-9-]+/[a-z0-9-]*)(?:#[^>]*)?>`, "g");

/** The same for the plain part of a mail: the words stay, the address goes. */
export const withholdAddresses = (catalogue: Catalogue, text: string): string =>
  text.replace(chapterAddress, (address, path: string) => (catalogue.byPath.has(path) ? address : ""));
