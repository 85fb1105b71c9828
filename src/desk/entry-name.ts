/** The name of a text of the catalogue: an overview has a title that only says what its book is about. */
import type { CatalogueEntry } from "../library/catalogue.ts";
import type { Words } from "../ui/words/words.ts";

export const entryName = ({ names }: Words["desk"], { book, chapter, isOverview }: CatalogueEntry): string =>
  isOverview ? names.overview(book.shortTitle) : chapter.title;
