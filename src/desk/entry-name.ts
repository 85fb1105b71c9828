/** Names a catalogue entry on the desk: an overview by its book, because its title only says what the book is about. */
import type { CatalogueEntry } from "../library/catalogue.ts";
import type { Words } from "../ui/words/words.ts";

export const entryName = ({ names }: Words["desk"], { book, chapter, isOverview }: CatalogueEntry): string =>
  isOverview ? names.overview(book.shortTitle) : chapter.title;
