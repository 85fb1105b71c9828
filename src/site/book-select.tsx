/** Renders the choice of a book in a form: all books, or one of them. */
import { titleOf } from "../library/language.ts";
import type { Book } from "../library/manifest.ts";

interface BookSelectProps {
  readonly label: string;
  /** Of the first option. */
  readonly all: string;
  /** With one book there is no choice. */
  readonly books: readonly Book[];
  readonly chosen: Book | undefined;
}

export const BookSelect = ({ label, all, books, chosen }: BookSelectProps) =>
  books.length > 1 ? (
    <label>
      <span>{label}</span>
      <select name="book">
        <option value="">{all}</option>
        {books.map((book) => (
          <option value={book.slug} selected={book === chosen} {...titleOf(book)}>
            {book.shortTitle}
          </option>
        ))}
      </select>
    </label>
  ) : null;
