/** Renders the index of all books, from A to Z, one line each. */
import { titleOf } from "../library/language.ts";
import { hasMap } from "../library/prerequisites.ts";
import { href } from "../routes.ts";
import { Document } from "../ui/document.tsx";
import type { PageContext } from "../ui/page-context.ts";
import { Extent, UnpublishedMark } from "./chapter-lists.tsx";

export function BooksPage({ page, now }: { readonly page: PageContext; readonly now: number }) {
  const { catalogue, words } = page;
  const { manifest } = catalogue;
  const { compare } = new Intl.Collator(manifest.language, { numeric: true });
  const books = catalogue.books.toSorted((a, b) => compare(a.title, b.title));
  const mapped = hasMap(catalogue);
  return (
    <Document
      page={page}
      title={words.books.title}
      description={words.books.description(manifest.title)}
      path={href.books()}
    >
      <div class="book-index">
        <h1>{words.books.title}</h1>
        {books.length === 0 && <p>{words.home.empty}</p>}
        <ul>
          {books.map((book) => (
            <li data-cloth={book.cloth}>
              <a class="entry-title" href={href.book(book.slug)} {...titleOf(book)}>
                {book.title}
              </a>{" "}
              <span class="entry-state">
                <Extent page={page} book={book} />
              </span>{" "}
              <UnpublishedMark page={page} chapter={book.overview} now={now} />
            </li>
          ))}
        </ul>
        {(mapped || (manifest.notation ?? manifest.index ?? manifest.recall) !== undefined) && (
          <p class="book-index-more">
            {mapped && <a href={href.map()}>{words.map.title}</a>}{" "}
            {manifest.index !== undefined && <a href={href.index()}>{words.glossary.index}</a>}{" "}
            {manifest.notation !== undefined && <a href={href.notation()}>{words.chapter.notation}</a>}{" "}
            {manifest.recall !== undefined && <a href={href.recall()}>{words.recall.title}</a>}
          </p>
        )}
      </div>
    </Document>
  );
}
