/**
 * Names of pages as they are counted: readers' counts are kept under them, and the author's desk asks for them by
 * the same. They are made of permanent ids, so that renames do not change them.
 */
import type { Place } from "./catalogue.ts";

/** The page that a count belongs to: `book/id` of a chapter, `book/` of an overview. */
export const pageOf = ({ book, chapter, isOverview }: Place): string =>
  isOverview ? `${book.slug}/` : `${book.slug}/${chapter.id}`;

/** The home page; it has views only. */
export const homePage = "/";
