/** Renders the books of the home page: covers on a shelf, or the title page of an only book. */
import type { Child } from "hono/jsx";
import { contentsOf } from "../library/catalogue.ts";
import { titleOf } from "../library/language.ts";
import type { Book } from "../library/manifest.ts";
import { reservedIds } from "../library/page-ids.ts";
import { hasMap } from "../library/prerequisites.ts";
import { href } from "../routes.ts";
import { Cover } from "../ui/cover.tsx";
import type { PageContext } from "../ui/page-context.ts";
import { ContentsList, Extent, UnpublishedMark } from "./chapter-lists.tsx";
import { TitleLines } from "./title-lines.tsx";

/** Chapters of an only book; the page of the book has all. */
const shownChapters = 24;

/** A tick is at least two pixels wide; of a larger book there are none. */
const shownTicks = 40;
/** How long a chapter is new. */
const newMs = 14 * 86_400_000;

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
    <Label page={page} book={book} now={now}>
      <Ticks page={page} book={book} now={now} />
    </Label>
  </li>
);

/** A tick for each chapter, which ui/browser/continue.ts fills in for those that were read. The lists of the books say so in words. */
function Ticks({ page, book, now }: Omit<ShelfProps, "ornament">) {
  const entries = contentsOf(page.catalogue, book).flatMap(({ entry }) => entry ?? []);
  if (entries.length > shownTicks) return null;
  return (
    <p class="shelf-ticks" aria-hidden="true">
      {entries.map(({ id, chapter: { published = "" } }) => (
        <i data-id={id} {...(Date.parse(published) > now - newMs && { class: "new" })}></i>
      ))}
    </p>
  );
}

export function OnlyBook({ page, book, ornament, now }: ShelfProps) {
  const { home } = page.words;
  const count = contentsOf(page.catalogue, book).length;
  const mapped = hasMap(page.catalogue);
  return (
    <section class="shelf-book only" data-cloth={book.cloth} aria-labelledby={`book-${book.slug}`}>
      <div class="shelf-place">
        <Cover shortTitle={book.shortTitle} cloth={book.cloth} language={book.language} ornament={ornament} />
      </div>
      <Label page={page} book={book} now={now}>
        <p class="book-actions">
          <continue-reading data-label={page.words.chapter.continue("{}")} />{" "}
          <a class="button" href={href.book(book.slug)}>
            {home.startHere}
          </a>
        </p>
      </Label>
      <ContentsList page={page} book={book} now={now} limit={shownChapters} />
      {(count > shownChapters || mapped) && (
        <p class="shelf-more">
          {count > shownChapters && (
            <a href={`${href.book(book.slug)}#${reservedIds.contents}`}>{home.allChapters(count)}</a>
          )}{" "}
          {mapped && <a href={href.map()}>{page.words.map.title}</a>}
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
