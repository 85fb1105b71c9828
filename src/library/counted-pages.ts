/**
 * Names pages in the statistics: counts are stored and queried under these names. They contain permanent identities, so a
 * rename does not change them.
 */
import type { CatalogueEntry } from "./catalogue.ts";

/** The identity of a chapter, or `book/` for an overview. */
export const pageOf = ({ id, isOverview }: Pick<CatalogueEntry, "id" | "isOverview">): string =>
  isOverview ? id.slice(0, id.indexOf("/") + 1) : id;

/** The home page; it has views only. */
export const homePage = "/";
