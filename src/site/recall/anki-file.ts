/**
 * Renders the questions of a book as a text file for Anki (https://docs.ankiweb.net/importing/text-files.html). Importing
 * it again updates the notes, which the first column identifies.
 */
import { type Catalogue, entriesOf } from "../../library/catalogue.ts";
import type { Book } from "../../library/manifest.ts";
import { type DeckObject, originMark } from "../../library/objects.ts";
import type { TextContext } from "../../ui/page-context.ts";

const head = [
  "#separator:tab",
  "#html:true",
  "#guid column:1",
  "#deck column:4",
  "#tags column:5",
  "#columns:Guid\tFront\tBack\tDeck\tTags",
].join("\n");

/** Without the texts that are not public. */
export function renderAnkiFile({ catalogue, origin }: TextContext, book: Book, { texts }: DeckObject): string {
  const shown = new Set(entriesOf(catalogue, book).map(({ path }) => path));
  const rows = texts.filter(({ path }) => shown.has(path)).map((text) => text.rows);
  return `${head}\n${rows.join("").replaceAll(originMark, origin)}`;
}

/** The public book whose deck is at this path. */
export function deckAt({ books }: Catalogue, path: string): Book | undefined {
  const [, slug] = /^\/recall\/([^/]+)\.tsv$/.exec(path) ?? [];
  return books.find((book) => book.slug === slug && book.deck !== undefined);
}
