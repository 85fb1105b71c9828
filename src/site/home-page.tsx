/** Renders the home page: introduction, the shelf of books, and the newest chapters. */
import { type CatalogueEntry, newestFirst, publicationTime } from "../library/catalogue.ts";
import { booksOnShelf } from "../library/home-shelf.ts";
import { titleOf } from "../library/language.ts";
import type { Book } from "../library/manifest.ts";
import type { FrontObject } from "../library/objects.ts";
import { hasMap } from "../library/prerequisites.ts";
import { href } from "../routes.ts";
import { Document } from "../ui/document.tsx";
import type { PageContext } from "../ui/page-context.ts";
import { SubscribeBand } from "../ui/subscribe-form.tsx";
import { Day, Minutes, UnpublishedMark } from "./chapter-lists.tsx";
import { OnlyBook, ShelfBook } from "./home-shelf.tsx";
import { identityOf } from "./link-identity.ts";
import { LibraryMetadata } from "./metadata/page-metadata.tsx";

const shownNewest = 5;
/** Books on the shelf of the narrowest page (src/ui/styles/shelf.css); the others are in the index. */
const shownOnPhone = 4;

interface HomeProps {
  readonly page: PageContext;
  readonly front: FrontObject;
  readonly now: number;
}

export function HomePage({ page, front, now }: HomeProps) {
  const { catalogue, words } = page;
  const { manifest, books } = catalogue;
  const [first] = books;
  return (
    <Document
      page={page}
      description={manifest.tagline}
      path={href.home()}
      markdown={href.llms()}
      head={<LibraryMetadata page={page} />}
      hasContinue
    >
      <div class="front">
        <div class="front-words">
          <h1>{manifest.tagline}</h1>
          <p class="front-what">
            {words.home.what} <a href={href.about()}>{words.home.about}</a>
          </p>
        </div>
        {first && books.length > 1 && (
          <>
            <continue-reading class="front-start" data-heading={words.home.continue} />
            <StartHere page={page} book={first} />
          </>
        )}
      </div>
      {!first && <p class="empty">{words.home.empty}</p>}
      {first && books.length === 1 && (
        <OnlyBook page={page} book={first} ornament={front.covers[first.slug]} now={now} />
      )}
      {books.length > 1 && (
        <>
          <ul class={books.length === 2 ? "shelf pair" : "shelf"}>
            {booksOnShelf(books).map((book) => (
              <ShelfBook page={page} book={book} ornament={front.covers[book.slug]} now={now} />
            ))}
          </ul>
          <ShelfMore page={page} />
          <Newest page={page} entries={newestFirst(catalogue).slice(0, shownNewest)} now={now} />
        </>
      )}
      {page.newsletterOpen && <SubscribeBand words={words} page={href.home()} />}
    </Document>
  );
}

/** Below the shelf: what else leads into the books. */
function ShelfMore({ page: { catalogue, words } }: { readonly page: PageContext }) {
  const { books, manifest } = catalogue;
  const hasMore = books.length > shownOnPhone;
  const mapped = hasMap(catalogue);
  if (!hasMore && !mapped && manifest.index === undefined) return null;
  return (
    <p class="shelf-more">
      {hasMore && <a href={href.books()}>{words.home.allBooks(books.length)}</a>}{" "}
      {mapped && <a href={href.map()}>{words.map.title}</a>}{" "}
      {manifest.index !== undefined && <a href={href.index()}>{words.glossary.index}</a>}
    </p>
  );
}

/** The first book, for readers who are here for the first time. */
function StartHere({ page, book }: { readonly page: PageContext; readonly book: Book }) {
  const path = href.book(book.slug);
  const entry = page.catalogue.byPath.get(path);
  return (
    <section class="front-start" data-cloth={book.cloth} aria-labelledby="start-here">
      <h2 id="start-here">{page.words.home.startHere}</h2>
      <p>
        <a class="entry-title" href={path} {...(entry && identityOf(entry))} {...titleOf(book)}>
          {book.title}
        </a>{" "}
        <Minutes page={page} minutes={book.overview.minutes} />
      </p>
      <p class="entry-excerpt" {...titleOf(book.overview)}>
        {book.overview.excerpt}
      </p>
    </section>
  );
}

interface NewestProps {
  readonly page: PageContext;
  readonly entries: readonly CatalogueEntry[];
  readonly now: number;
}

const Newest = ({ page, entries, now }: NewestProps) => (
  <section class="newest" aria-labelledby="newest">
    <h2 id="newest">{page.words.home.newest}</h2>
    <ol>
      {entries.map(({ id, path, book, chapter, isOverview }) => (
        <li data-cloth={book.cloth}>
          <a href={path} {...identityOf({ id, path })} {...titleOf(chapter)}>
            {isOverview ? book.title : chapter.title}
          </a>{" "}
          <span class="newest-meta">
            {publicationTime(chapter) <= now ? (
              <Day page={page} published={chapter.published} />
            ) : (
              <UnpublishedMark page={page} chapter={chapter} now={now} />
            )}{" "}
            <span class="newest-dot">· </span>
            <bdi>{book.shortTitle}</bdi>
          </span>
        </li>
      ))}
    </ol>
  </section>
);
