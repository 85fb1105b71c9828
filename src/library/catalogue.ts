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
export interface Place {
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
  readonly places: ReadonlyMap<string, Place>;
  /** Paths of chapters that nobody is to know of yet: not public, and their authors keep them out of the contents. */
  readonly hidden: ReadonlySet<string>;
  /** Identity -> the same. */
  readonly byId: ReadonlyMap<string, Place>;
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
  const places = new Map<string, Place>();
  const hidden = new Set<string>();
  const byId = new Map<string, Place>();
  const media = new Map<string, Media>();
  let validUntil = Number.POSITIVE_INFINITY;
  const isPublic = (chapter: Chapter) => {
    const time = publicationTime(chapter);
    if (time > now) validUntil = Math.min(validUntil, time);
    return includeUnpublished || time <= now;
  };
  const add = (found: Omit<Place, "id">) => {
    const place = { ...found, id: names.get(found.path)?.guess ?? found.path.slice(1) };
    places.set(place.path, place);
    byId.set(place.id, place);
    for (const picture of place.chapter.media) media.set(picture.hash, picture);
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
  return { manifest, books, places, byId, hidden, media, includesUnpublished: includeUnpublished, validUntil };
}

/**
 * What a chapter that is not public yet is shown with: what is public, and the chapter itself; nothing else that is
 * hidden. A scheduled chapter is seen at its own time: links to what will be public by then are alive.
 */
export function catalogueOfPreview(manifest: Manifest, place: Place, now: number): Catalogue {
  const due = publicationTime(place.chapter);
  const catalogue = catalogueAt(Number.isFinite(due) ? Math.max(now, due) : now, manifest);
  return {
    ...catalogue,
    places: new Map([...catalogue.places, [place.path, place]]),
    hidden: new Set([...catalogue.hidden].filter((path) => path !== place.path)),
    byId: new Map([...catalogue.byId, [place.id, place]]),
  };
}

/** The catalogue in which these chapters (by path) have these identities; one that has none is not found by id. */
export function withIds(catalogue: Catalogue, ids: ReadonlyMap<string, string | undefined>): Catalogue {
  if (ids.size === 0) return catalogue;
  const places = [...catalogue.places.values()].map((place) => ({ ...place, id: ids.get(place.path) ?? place.id }));
  const identified = places.filter(({ path }) => !ids.has(path) || ids.get(path) !== undefined);
  return {
    ...catalogue,
    places: new Map(places.map((place) => [place.path, place])),
    byId: new Map(identified.map((place) => [place.id, place])),
  };
}

/** What is public of a book, in reading order, the overview first. */
const placesOf = (catalogue: Catalogue, book: Book): Place[] =>
  [href.book(book.slug), ...book.contents.map((entry) => href.chapter(book.slug, entry.slug))].flatMap(
    (path) => catalogue.places.get(path) ?? [],
  );

export interface ShownEntry {
  readonly entry: ContentsEntry;
  /** Of a chapter that can be opened; the others are still to come. */
  readonly place: Place | undefined;
}

/** What a table of contents shows, in reading order. */
export const contentsOf = ({ places, hidden }: Catalogue, book: Book): ShownEntry[] =>
  book.contents.flatMap((entry) => {
    const path = href.chapter(book.slug, entry.slug);
    return hidden.has(path) ? [] : [{ entry, place: places.get(path) }];
  });

export function neighbours(catalogue: Catalogue, place: Place): { previous?: Place; next?: Place } {
  const row = placesOf(catalogue, place.book);
  const index = row.findIndex(({ path }) => path === place.path);
  const previous = row[index - 1];
  const next = row[index + 1];
  return { ...(previous && { previous }), ...(next && { next }) };
}

/** Every public chapter, the newest first; those of one moment in the order of the shelf. */
export const newestFirst = (catalogue: Catalogue): Place[] =>
  [...catalogue.places.values()].sort((a, b) => publicationTime(b.chapter) - publicationTime(a.chapter) || 0);

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
export const withholdLinks = ({ places, hidden }: Catalogue, html: string, notYet: string): string =>
  html.replace(chapterLink, (link, path: string, words: string) => {
    if (places.has(path)) return link;
    if (hidden.has(path)) return words;
    return `<span class="to-come" title="${notYet}">${words}</span>`;
  });

/** An address behind its words, with what stands in front of it on its line: see `layOutLines` (src/publish/renderers/plain-lines.ts). */
const chapterAddress = new RegExp(`(?:\\n[ |]*| )<${originMark}(/[a-z0-9-]+/[a-z0-9-]*)(?:#[^>]*)?>`, "g");

/** The same for the plain part of a mail: the words stay, the address goes. */
export const withholdAddresses = (catalogue: Catalogue, text: string): string =>
  text.replace(chapterAddress, (address, path: string) => (catalogue.places.has(path) ? address : ""));
