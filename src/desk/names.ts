/** What pages, sources and states are called on the desk. */
import type { CatalogueEntry } from "../library/catalogue.ts";
import { isOverviewPlace } from "../library/chapter-place.ts";
import { homePage, pageOf } from "../library/counted-pages.ts";
import { slugsOfBook } from "../library/identity.ts";
import type { Book, Chapter, Manifest } from "../library/manifest.ts";
import { href } from "../routes.ts";
import type { PageContext } from "../ui/page-context.ts";
import type { Words } from "../ui/words/words.ts";
import { entriesIn } from "./calendar/calendar.ts";
import { entryName } from "./entry-name.ts";

/** What names are found in. */
export type Named = Pick<PageContext, "catalogue" | "words">;

/** The name of a page by its key: drafts have one, too, and what was taken back is called by its key. */
export function pageName({ catalogue: { manifest }, words }: Named, key: string): string {
  if (key === homePage) return words.desk.names.home;
  // An edition calls an overview by its identity, `tea/tea`; it is counted as `tea/`.
  const page = pageOf({ id: key, isOverview: isOverviewPlace(key) });
  const place = placesByPage(manifest).get(key) ?? placesByPage(manifest).get(page);
  if (!place) return key;
  return entryName(words.desk, place);
}

/** The text at `book/slug`, public or not; an overview is at `book/book`. */
export function textAt(manifest: Manifest, place: string): CatalogueEntry | undefined {
  const [book = "", slug = ""] = place.split("/");
  const path = isOverviewPlace(place) ? href.book(book) : href.chapter(book, slug);
  return [...placesByPage(manifest).values()].find((text) => text.path === path);
}

/** The book in which a page stands; one that was taken back is called by where it first stood. */
export const bookOfPage = (manifest: Manifest, page: string): string =>
  placesByPage(manifest).get(page)?.book.shortTitle ?? bookName(manifest, page.slice(0, page.indexOf("/")));

const pagesOf = new WeakMap<Manifest, ReadonlyMap<string, CatalogueEntry>>();

/** Page, as it is counted -> the written text, public or not. */
function placesByPage(manifest: Manifest): ReadonlyMap<string, CatalogueEntry> {
  const known = pagesOf.get(manifest) ?? new Map(entriesIn(manifest).map((place) => [pageOf(place), place]));
  pagesOf.set(manifest, known);
  return known;
}

/** `slug` as a subscriber may have chosen it: the book may have another by now. */
export const bookName = (manifest: Manifest, slug: string): string =>
  manifest.books.find((book) => slugsOfBook(manifest, book).includes(slug))?.shortTitle ?? slug;

export interface CountedChapter {
  readonly key: string;
  readonly chapter: Chapter;
}

/** The overview and every written chapter of a book, in reading order. */
export const chaptersOf = (manifest: Manifest, { slug }: Book): CountedChapter[] =>
  [...placesByPage(manifest)]
    .filter(([, place]) => place.book.slug === slug)
    .map(([key, { chapter }]) => ({ key, chapter }));

/** Of a view: a host, the newsletter, a page of the library, or nothing that is known. */
export function sourceName(page: Named, source: string): string {
  const { sources } = page.words.desk.names;
  if (source === "") return sources.unknown;
  if (source === "newsletter" || source === "other") return sources[source];
  return source.includes("/") ? pageName(page, source) : source;
}

/** Of a single letter, by its kind. */
export function messageName({ names }: Words["desk"], kind: string): string {
  const { messages }: { readonly messages: Readonly<Record<string, string>> } = names;
  return messages[kind] ?? kind;
}

/** The titles of an edition's chapters in a line. */
export const editionTitle = (page: Named, { chapters }: { readonly chapters: readonly string[] }): string =>
  page.words.desk.names.list(chapters.map((chapter) => pageName(page, chapter)));
