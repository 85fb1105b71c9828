/**
 * Builds the questions of each book and of the library, in reading order, for the page where they come back. The Worker
 * leaves out the texts that are not public yet.
 */
import { numberedChapters } from "../../library/numbered-chapters.ts";
import type { RecallObject } from "../../library/objects.ts";
import { bookByBook } from "./book-by-book.ts";
import { jsonObject, type Output } from "./output.ts";

export const recall: Output = {
  name: "recall",
  build({ books, textAt }) {
    const asking = books
      .map((book) => ({
        slug: book.slug,
        texts: numberedChapters([book])
          .map(({ path }) => ({ path, questions: textAt(path).questions.map(({ page }) => page) }))
          .filter(({ questions }) => questions.length > 0),
      }))
      .filter(({ texts }) => texts.length > 0);
    return bookByBook({ entry: "recall", books: asking, objectOf: recallObject });
  },
};

const recallObject = (books: RecallObject["books"]) => jsonObject({ kind: "recall", ...(books && { books }) });
