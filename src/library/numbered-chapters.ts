/** Numbers the chapters of a library for the search index: its files name chapters by these numbers. */
import { href } from "../routes.ts";
import { type Book, type Chapter, isWritten } from "./manifest.ts";

type NumberedBook = Pick<Book, "slug" | "overview" | "contents">;

/** Every overview and chapter, public or not, in the order of the manifest: the first is number 0. */
export const numberedChapters = <Numbered extends NumberedBook>(
  books: readonly Numbered[],
): { readonly book: Numbered; readonly chapter: Chapter; readonly path: string }[] =>
  books.flatMap((book) => [
    { book, chapter: book.overview, path: href.book(book.slug) },
    ...book.contents
      .filter(isWritten)
      .map((chapter) => ({ book, chapter, path: href.chapter(book.slug, chapter.slug) })),
  ]);
