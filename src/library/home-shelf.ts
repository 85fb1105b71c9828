/** Selects the books that the home page shows: all of a small library, the first ones of a large one. */

/** Three boards of four. */
const maxWholeShelf = 12;
/** Two boards: the home page of a library of any size is as large as that of a small one. */
const shortShelf = 8;

/** `books`: the public ones, in their order. */
export const booksOnShelf = <Book>(books: readonly Book[]): readonly Book[] =>
  books.length <= maxWholeShelf ? books : books.slice(0, shortShelf);

interface DatedBook {
  /** ISO 8601 in UTC; absent in a draft. */
  readonly overview: { readonly published?: string | undefined };
}

/**
 * The books of a library that can be on the shelf at any time, so that the covers of all others need not be read. Books
 * only become public: if the shelf is full without a book when it is published, it is full ever after.
 */
export const booksForShelf = <Book extends DatedBook>(books: readonly Book[]): Book[] =>
  books.filter(({ overview: { published } }, index) => {
    if (index < maxWholeShelf) return true;
    if (published === undefined) return false;
    const before = books.slice(0, index).filter(({ overview }) => isBy(overview.published, published));
    return before.length < maxWholeShelf;
  });

const isBy = (published: string | undefined, due: string): boolean => published !== undefined && published <= due;
