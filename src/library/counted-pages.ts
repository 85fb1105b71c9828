/**
 * Names of pages as they are counted: readers' counts are kept under them, and the author's desk asks for them by
 * the same. They are made of permanent ids, so that renames do not change them.
 */
import type { CatalogueEntry } from "./catalogue.ts";

/** The page that a count belongs to: the identity of a chapter, `book/` of an overview. */
export const pageOf = ({ id, isOverview }: Pick<CatalogueEntry, "id" | "isOverview">): string =>
  isOverview ? id.slice(0, id.indexOf("/") + 1) : id;

/** The home page; it has views only. */
export const homePage = "/";
