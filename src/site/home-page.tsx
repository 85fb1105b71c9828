/** Renders the home page: introduction, newest chapters, and all books. */
import { type CatalogueEntry, newestFirst } from "../library/catalogue.ts";
import { titleOf } from "../library/language.ts";
import type { Book } from "../library/manifest.ts";
import type { FrontObject } from "../library/objects.ts";
import { href } from "../routes.ts";
import { Cover } from "../ui/cover.tsx";
import { Document } from "../ui/document.tsx";
import type { PageContext } from "../ui/page-context.ts";
import { SubscribeBand } from "../ui/subscribe-form.tsx";
import { ContentsList, Day, extentOf, Minutes, UnpublishedMark } from "./chapter-lists.tsx";

const shownNewest = 5;

interface HomeProps {
  readonly page: PageContext;
  readonly front: FrontObject;
  readonly now: number;
  readonly newsletterOpen: boolean;
}

export function HomePage({ page, front, now, newsletterOpen }: HomeProps) {
  const { catalogue, words } = page;
  const { manifest, books } = catalogue;
  const newest = newestFirst(catalogue).slice(0, shownNewest);
  return (
    <Document page={page} description={manifest.tagline} path={href.home()}>
      <div class="front">
        <div class="front-words">
          <h1>{manifest.title}</h1>
          <p class="front-tagline">{manifest.tagline}</p>
          <p class="front-what">
            {words.home.what} <a href={href.about()}>{words.home.about}</a>
          </p>
        </div>
        {newest.length > 0 && <Newest page={page} byPath={newest} />}
      </div>
      {books.length === 0 ? (
        <p class="empty">{words.home.empty}</p>
      ) : (
        <div class="shelf">
          {books.map((book) => (
            <ShelfBook page={page} book={book} ornament={front.covers[book.slug]} now={now} />
          ))}
        </div>
      )}
      {newsletterOpen && <SubscribeBand words={words} page={href.home()} />}
    </Document>
  );
}

const Newest = ({ page, byPath }: { readonly page: PageContext; readonly byPath: readonly CatalogueEntry[] }) => (
  <section class="newest" aria-labelledby="newest">
    <h2 id="newest">{page.words.home.newest}</h2>
    <ol>
      {byPath.map((entry) => (
        <li data-cloth={entry.book.cloth}>
          <a href={entry.path} {...titleOf(entry.chapter)}>
            {entry.chapter.title}
          </a>{" "}
          <span class="newest-meta">
            <Day page={page} published={entry.chapter.published} /> · <bdi>{entry.book.shortTitle}</bdi>
          </span>
        </li>
      ))}
    </ol>
  </section>
);

interface ShelfBookProps {
  readonly page: PageContext;
  readonly book: Book;
  /** The cover's ornament, as SVG. */
  readonly ornament: string | undefined;
  readonly now: number;
}

const ShelfBook = ({ page, book, ornament, now }: ShelfBookProps) => (
  <section class="shelf-book" data-cloth={book.cloth} aria-labelledby={`book-${book.slug}`}>
    <div class="shelf-place">
      <Cover shortTitle={book.shortTitle} cloth={book.cloth} language={book.language} ornament={ornament} />
      <div class="shelf-label">
        <h2 id={`book-${book.slug}`}>
          <a href={href.book(book.slug)} {...titleOf(book)}>
            {book.title}
          </a>
        </h2>
        <p class="shelf-state">{extentOf(page, book)}</p>
      </div>
    </div>
    <p class="shelf-blurb" {...titleOf(book)}>
      {book.blurb}
    </p>
    <ol class="start-here">
      <li>
        <a class="entry-title" href={href.book(book.slug)}>
          {page.words.home.startHere}
        </a>{" "}
        <Minutes page={page} minutes={book.overview.minutes} />{" "}
        <UnpublishedMark page={page} chapter={book.overview} now={now} />
        <p class="entry-excerpt" {...titleOf(book.overview)}>
          {book.overview.excerpt}
        </p>
      </li>
    </ol>
    <ContentsList page={page} book={book} now={now} />
  </section>
);
