/** What pages, sources and states are called on the desk. */

import type { audiences, deliveryStates } from "../db/newsletter-tables.ts";
import type { CatalogueEntry } from "../library/catalogue.ts";
import { isOverviewPlace } from "../library/chapter-place.ts";
import { homePage, pageOf } from "../library/counted-pages.ts";
import { slugsOfBook } from "../library/identity.ts";
import type { Book, Chapter, Manifest } from "../library/manifest.ts";
import { href } from "../routes.ts";
import { entriesIn } from "./calendar/calendar.ts";

/** The name of a page by its key: drafts have one, too, and what was taken back is called by its key. */
export function pageName(manifest: Manifest, key: string): string {
  if (key === homePage) return "Home page";
  // An edition calls an overview by its identity, `tea/tea`; it is counted as `tea/`.
  const page = pageOf({ id: key, isOverview: isOverviewPlace(key) });
  const place = placesByPage(manifest).get(key) ?? placesByPage(manifest).get(page);
  if (!place) return key;
  return place.isOverview ? `${place.book.shortTitle}: start here` : place.chapter.title;
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
export function sourceName(manifest: Manifest, source: string): string {
  if (source === "") return "Direct or unknown";
  if (source === "newsletter") return "The newsletter";
  if (source === "other") return "Other hosts (over the daily limit of 300)";
  return source.includes("/") ? pageName(manifest, source) : source;
}

export const stateNames: Readonly<Record<(typeof deliveryStates)[number], string>> = {
  delivered: "Delivered",
  accepted: "Accepted, delivery not confirmed",
  sending: "Waiting",
  uncertain: "Uncertain",
  bounced: "Bounced",
  complained: "Marked as spam",
  failed: "Failed",
  skipped: "Skipped",
};

export const audienceNames: Readonly<Record<(typeof audiences)[number], string>> = {
  each: "Each chapter",
  weekly: "Weekly digest",
  monthly: "Monthly digest",
};

const messageNames: Readonly<Record<string, string>> = {
  confirmation: "Confirmation request",
  "already-subscribed": "Already subscribed",
  welcome: "Welcome",
  goodbye: "Goodbye",
  "address-change": "Address change: confirmation",
  "address-change-notice": "Address change: notice",
  "preferences-link": "Preferences link",
  "author-notice": "Author notices",
};
/** Of a single letter, by its kind. */
export const messageName = (kind: string): string => messageNames[kind] ?? kind;

/** The titles of an edition's chapters in a line. */
export const editionTitle = (manifest: Manifest, { chapters }: { readonly chapters: readonly string[] }): string =>
  chapters.map((chapter) => pageName(manifest, chapter)).join(", ");
