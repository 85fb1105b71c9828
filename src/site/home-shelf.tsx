/** Renders the books of the home page: covers on a shelf, or the title page of an only book. */
import type { Child } from "hono/jsx";
import { contentsOf } from "../library/catalogue.ts";
import { titleOf } from "../library/language.ts";
import type { Book } from "../library/manifest.ts";
import { reservedIds } from "../library/page-ids.ts";
import { href } from "../routes.ts";
import { Cover } from "../ui/cover.tsx";
import type { PageContext } from "../ui/page-context.ts";
import { ContentsList, Extent, UnpublishedMark } from "./chapter-lists.tsx";
import { TitleLines } from "./title-lines.tsx";

/** Chapters of an only book; the page of the book has all. */
const shownChapters = 24;

interface ShelfProps {
  readonly page: PageContext;
  readonly book: Book;
  /** The cover's ornament, as SVG. */
  readonly ornament: string | undefined;
  readonly now: number;
}

export const ShelfBook = ({ page, book, ornament, now }: ShelfProps) => (
  <li class="shelf-book" data-cloth={book.cloth}>
    <div class="shelf-place">
      <Cover shortTitle={book.shortTitle} cloth={book.cloth} language={book.language} ornament={ornament} />
    </div>
    <Label page={page} book={book} now={now} />
  </li>
);

export function OnlyBook({ page, book, ornament, now }: ShelfProps) {
  const { home } = page.words;
  const count = contentsOf(page.catalogue, book).length;
  return (
    <section class="shelf-book only" data-cloth={book.cloth} aria-labelledby={`book-${book.slug}`}>
      <div class="shelf-place">
        <Cover shortTitle={book.shortTitle} cloth={book.cloth} language={book.language} ornament={ornament} />
      </div>
      <Label page={page} book={book} now={now}>
        <p>
          <a class="button" href={href.book(book.slug)}>
            {home.startHere}
          </a>
        </p>
      </Label>
      <ContentsList page={page} book={book} now={now} limit={shownChapters} />
      {count > shownChapters && (
        <p class="shelf-more">
          <a href={`${href.book(book.slug)}#${reservedIds.contents}`}>{home.allChapters(count)}</a>
        </p>
      )}
    </section>
  );
}

const Label = ({ page, book, now, children }: Omit<ShelfProps, "ornament"> & { readonly children?: Child }) => (
  <div class="shelf-label">
    <h2 id={`book-${book.slug}`}>
      <a href={href.book(book.slug)} {...titleOf(book)}>
        <TitleLines title={book.title} />
      </a>
    </h2>
    <p class="shelf-blurb" {...titleOf(book)}>
      {book.blurb}
    </p>
    <p class="shelf-state">
      <Extent page={page} book={book} /> <UnpublishedMark page={page} chapter={book.overview} now={now} />
    </p>
    {children}
  </div>
);
