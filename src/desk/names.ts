/** What pages, sources and states are called on the desk. */
import { homePage, pageOf } from "../library/counted-pages.ts";
import { type Book, type Chapter, isWritten, type Manifest } from "../library/manifest.ts";
import type { CopyCount, Edition } from "./edition-queries.ts";

/** The name of a page by its key: drafts have one, too, and what was taken back is called by its key. */
export function pageName({ books }: Manifest, key: string): string {
  if (key === homePage) return "The shelf (home page)";
  const [slug = "", id = ""] = key.split("/");
  const book = books.find((candidate) => candidate.slug === slug);
  if (!book) return key;
  if (id === "") return `${book.shortTitle}: start here`;
  return book.contents.filter(isWritten).find((chapter) => chapter.id === id)?.title ?? key;
}

export const bookName = ({ books }: Manifest, slug: string): string =>
  books.find((book) => book.slug === slug)?.shortTitle ?? slug;

export interface CountedChapter {
  readonly key: string;
  readonly chapter: Chapter;
}

/** The overview and every written chapter of a book, in reading order. */
export const chaptersOf = (book: Book): CountedChapter[] => [
  { key: pageOf({ book, chapter: book.overview, path: "", isOverview: true }), chapter: book.overview },
  ...book.contents
    .filter(isWritten)
    .map((chapter) => ({ key: pageOf({ book, chapter, path: "", isOverview: false }), chapter })),
];

/** Of a view: a host, the newsletter, a page of the library, or nothing that is known. */
export function sourceName(manifest: Manifest, source: string): string {
  if (source === "") return "Typed, bookmarked, or not told";
  if (source === "newsletter") return "The newsletter";
  if (source === "other") return "Hosts beyond the day's first 300";
  return source.includes("/") ? pageName(manifest, source) : source;
}

export const stateNames: Readonly<Record<CopyCount["state"], string>> = {
  delivered: "Delivered",
  accepted: "Accepted, no report yet",
  sending: "Waiting",
  uncertain: "Uncertain",
  bounced: "Bounced",
  complained: "Complained",
  failed: "Failed",
  skipped: "Skipped",
};

export const audienceNames: Readonly<Record<Edition["audience"], string>> = {
  each: "Each chapter",
  weekly: "Weekly digest",
  monthly: "Monthly digest",
};

const letterNames: Readonly<Record<string, string>> = {
  confirmation: "Please confirm",
  "already-subscribed": "You are subscribed already",
  welcome: "Welcome",
  goodbye: "Goodbye",
  "address-change": "Confirm the new address",
  "address-change-notice": "The address is changed",
  "preferences-link": "Link to one's preferences",
  "author-notice": "To you: what you should know",
};
/** Of a single letter, by its kind. */
export const letterName = (kind: string): string => letterNames[kind] ?? kind;

const stopNames: Readonly<Record<string, string>> = {
  restored:
    "The database was set back to an earlier hour, so some of its readers may have it with no record left of that.",
  conflict: "Resend knew the key of a batch with other contents. That batch may have arrived; the others can go on.",
  author: "You stopped it.",
  refused: "Resend refused several of its copies one by one.",
  "mail missing": "Its frozen mail is not in KV any more.",
};
/** A sentence. */
export const stopName = (reason: string | null): string =>
  reason === null ? "It is not on record why." : (stopNames[reason] ?? `It stopped because of: ${reason}.`);

/** The titles of an edition's chapters in a line. */
export const editionTitle = (manifest: Manifest, { chapters }: Pick<Edition, "chapters">): string =>
  chapters.map((chapter) => pageName(manifest, chapter)).join(", ");
