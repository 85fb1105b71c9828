/** Renders the title of a book above what a page has about it. */
import { titleOf } from "../library/language.ts";
import type { Book } from "../library/manifest.ts";
import { href } from "../routes.ts";

export const BookHeading = ({ book }: { readonly book: Book }) => (
  <h2 id={`book-${book.slug}`}>
    <a href={href.book(book.slug)} {...titleOf(book)}>
      {book.title}
    </a>
  </h2>
);
