/** Names pages, books, sources, emails and editions on the desk. */
import type { CatalogueEntry } from "../library/catalogue.ts";
import { isOverviewPlace } from "../library/chapter-place.ts";
import { chapterOf, correctedAt } from "../library/corrections.ts";
import { homePage, pageOf } from "../library/counted-pages.ts";
import { slugsOfBook } from "../library/identity.ts";
import type { Book, Chapter, Manifest } from "../library/manifest.ts";
import { href } from "../routes.ts";
import type { PageContext } from "../ui/page-context.ts";
import type { Words } from "../ui/words/words.ts";
import { entriesIn } from "./calendar/calendar.ts";
import { entryName } from "./entry-name.ts";

/** Where names are looked up. */
export type Named = Pick<PageContext, "catalogue" | "words">;

/** The name of a page by its key, drafts included. A page that is no longer in the library is named by its key. */
export function pageName({ catalogue: { manifest }, words }: Named, key: string): string {
  if (key === homePage) return words.desk.names.home;
  // Editions refer to an overview by its identity, `tea/tea`; statistics count it as `tea/`.
  const page = pageOf({ id: key, isOverview: isOverviewPlace(key) });
  const place = placesByPage(manifest).get(key) ?? placesByPage(manifest).get(page);
  if (!place) return key;
  return entryName(words.desk, place);
}

/** The chapter or overview at `book/slug`, public or not; an overview is at `book/book`. */
export function textAt(manifest: Manifest, place: string): CatalogueEntry | undefined {
  const [book = "", slug = ""] = place.split("/");
  const path = isOverviewPlace(place) ? href.book(book) : href.chapter(book, slug);
  return [...placesByPage(manifest).values()].find((text) => text.path === path);
}

/** The book of a page; of a page that is no longer in the library, the book in its key. */
export const bookOfPage = (manifest: Manifest, page: string): string =>
  placesByPage(manifest).get(page)?.book.shortTitle ?? bookName(manifest, page.slice(0, page.indexOf("/")));

const pagesOf = new WeakMap<Manifest, ReadonlyMap<string, CatalogueEntry>>();

/** Page key -> catalogue entry, public or not. */
export function placesByPage(manifest: Manifest): ReadonlyMap<string, CatalogueEntry> {
  const known = pagesOf.get(manifest) ?? new Map(entriesIn(manifest).map((place) => [pageOf(place), place]));
  pagesOf.set(manifest, known);
  return known;
}

/** `slug` is what a subscriber chose; the book may have another slug now. */
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

/** The name of a view's source: a host, the newsletter, a page of the library, or unknown. */
export function sourceName(page: Named, source: string): string {
  const { sources } = page.words.desk.names;
  if (source === "") return sources.unknown;
  if (source === "newsletter" || source === "other") return sources[source];
  return source.includes("/") ? pageName(page, source) : source;
}

/** The name of a kind of transactional email. */
export function messageName({ names }: Words["desk"], kind: string): string {
  const { messages }: { readonly messages: Readonly<Record<string, string>> } = names;
  return messages[kind] ?? kind;
}

/** The titles of an edition's chapters, or of those it corrects, in one line. */
export const editionTitle = (page: Named, { chapters }: { readonly chapters: readonly string[] }): string =>
  page.words.desk.names.list(
    chapters.map((id) => {
      const name = pageName(page, chapterOf(id));
      return correctedAt(id) === undefined ? name : page.words.desk.names.correctionOf(name);
    }),
  );
