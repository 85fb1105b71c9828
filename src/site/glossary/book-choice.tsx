/** Renders the choice of a book, where a page for the whole library would be too long. */
import { titleOf } from "../../library/language.ts";
import type { Book } from "../../library/manifest.ts";

interface BookChoiceProps {
  readonly books: readonly Book[];
  /** The sentence above. */
  readonly label: string;
  readonly pathOf: (book: string) => string;
}

export const BookChoice = ({ books, label, pathOf }: BookChoiceProps) => (
  <>
    <p>{label}</p>
    <ul>
      {books.map((book) => (
        <li>
          <a href={pathOf(book.slug)} {...titleOf(book)}>
            {book.title}
          </a>
        </li>
      ))}
    </ul>
  </>
);
