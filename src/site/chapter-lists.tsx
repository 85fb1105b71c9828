/** Renders lists of chapters, and the parts that the home page, books and chapters share. */
import { type Catalogue, type CatalogueEntry, contentsOf, entriesOf, publicationTime } from "../library/catalogue.ts";
import { titleOf } from "../library/language.ts";
import type { Book, Chapter } from "../library/manifest.ts";
import { href } from "../routes.ts";
import { isoDay } from "../ui/dates.ts";
import type { PageContext } from "../ui/page-context.ts";
import { AuthorNames, areMany, FirstAuthors } from "./author-names.tsx";
import { identityOf } from "./link-identity.ts";

interface OfPage {
  readonly page: PageContext;
}

export const Minutes = ({ page: { words }, minutes }: OfPage & { readonly minutes: number }) => (
  <span class="minutes" dir="auto">
    {words.chapter.minutes(minutes, (unit, title) => (
      <abbr title={title}>{unit}</abbr>
    ))}
  </span>
);

export const Day = ({ page: { words }, published }: OfPage & { readonly published: string | undefined }) =>
  published === undefined ? (
    <span class="day">{words.chapter.draft}</span>
  ) : (
    <time class="day" dir="auto" datetime={isoDay(published)}>
      {words.dates.day(published)}
    </time>
  );

interface UnpublishedMarkProps extends OfPage {
  readonly chapter: Chapter;
  readonly now: number;
}

/** Marks a chapter that is not public yet. */
export function UnpublishedMark({ page: { words }, chapter, now }: UnpublishedMarkProps) {
  if (publicationTime(chapter) <= now) return null;
  return (
    <span class="unpublished">
      {chapter.published === undefined
        ? words.chapter.draft
        : words.chapter.scheduledFor(words.dates.day(chapter.published))}
    </span>
  );
}

/** A book's table of contents: written chapters as links, planned ones as text. */
export function ContentsList({
  page,
  book,
  now,
  withNeeds = false,
  limit = Number.POSITIVE_INFINITY,
}: OfPage & {
  readonly book: Book;
  readonly now: number;
  /** Adds the prerequisites of each chapter, and its authors if they are not those of the book. */
  readonly withNeeds?: boolean;
  /** Of a longer list, only the beginning. */
  readonly limit?: number;
}) {
  return (
    <ol class="contents-list">
      {contentsOf(page.catalogue, book)
        .slice(0, limit)
        .map(({ listed, entry }) => {
          if (!entry) {
            return (
              <li class="to-come">
                <span class="entry-title" {...titleOf(book)}>
                  {listed.title}
                </span>{" "}
                <span class="entry-state" dir="auto">
                  {page.words.chapter.planned}
                </span>
              </li>
            );
          }
          return (
            <li>
              <ChapterRow page={page} entry={entry} now={now} />
              {withNeeds && <OtherAuthors page={page} entry={entry} />}
              {withNeeds && <After page={page} entry={entry} />}
            </li>
          );
        })}
    </ol>
  );
}

interface ChapterRowProps extends OfPage {
  readonly entry: CatalogueEntry;
  readonly now: number;
}

/** A chapter in a list: its title as a link, its length, and its excerpt. */
export const ChapterRow = ({ page, entry, entry: { path, chapter }, now }: ChapterRowProps) => (
  <>
    <a class="entry-title" href={path} {...identityOf(entry)} {...titleOf(chapter)}>
      {chapter.title}
    </a>{" "}
    <Minutes page={page} minutes={chapter.minutes} /> <UnpublishedMark page={page} chapter={chapter} now={now} />
    <p class="entry-excerpt" {...titleOf(chapter)}>
      {chapter.excerpt}
    </p>
  </>
);

/** The authors of a chapter, if they are not those of its book's overview. */
function OtherAuthors({ page, entry: { book, chapter } }: OfPage & { readonly entry: CatalogueEntry }) {
  const isSame = chapter.authors.join() === book.overview.authors.join();
  if (isSame || page.catalogue.manifest.profiles === undefined) return null;
  return (
    <p class="entry-authors" dir="auto">
      {areMany(chapter) ? <FirstAuthors page={page} of={chapter} /> : <AuthorNames page={page} of={chapter} />}
    </p>
  );
}

/** "after 1, 4": the prerequisites of a chapter in the table of contents of its book; those of other books by their titles. */
function After({ page: { catalogue, words }, entry }: OfPage & { readonly entry: CatalogueEntry }) {
  const own = href.book(entry.book.slug);
  const needs = entry.chapter.needs.filter((path) => path !== own && !catalogue.hidden.has(path));
  if (needs.length === 0) return null;
  const rows = contentsOf(catalogue, entry.book).map(({ listed }) => href.chapter(entry.book.slug, listed.slug));
  const numbers = rows.flatMap((path, index) => (needs.includes(path) ? [`${index + 1}`] : []));
  const others = needs.filter((path) => !rows.includes(path));
  return (
    <p class="after" dir="auto">
      {words.chapter.after([...numbers, ...others.map((path) => <bdi>{titleAt(catalogue, path)}</bdi>)])}
    </p>
  );
}

interface ExtentProps extends OfPage {
  readonly book: Book;
  /** Counts planned chapters as well: `7 chapters, 2 published so far`. */
  readonly withPlanned?: boolean;
}

/** `7 chapters · 35 min`: what can be read today, the overview included in the time. */
export function Extent({ page: { catalogue, words }, page, book, withPlanned = false }: ExtentProps) {
  const entries = entriesOf(catalogue, book);
  const written = entries.filter(({ isOverview }) => !isOverview).length;
  const all = withPlanned ? contentsOf(catalogue, book).length : written;
  return (
    <>
      <span dir="auto">
        {written < all ? words.chapter.chaptersPublished(all, written) : words.chapter.chapters(all)}
      </span>{" "}
      · <Minutes page={page} minutes={minutesOf(entries)} />
    </>
  );
}

/** Of all these texts together. */
export const minutesOf = (entries: readonly CatalogueEntry[]): number =>
  entries.reduce((sum, { chapter }) => sum + chapter.minutes, 0);

/** The part of a title before its colon, for lists. */
export const shortTitle = (title: string): string => title.split(": ")[0] ?? title;

/** The beginning of a title, also of a chapter that is only planned. */
export function titleAt(catalogue: Catalogue, path: string): string {
  const entry = catalogue.byPath.get(path);
  if (entry) return entry.isOverview ? entry.book.shortTitle : shortTitle(entry.chapter.title);
  const [, book, slug] = path.split("/");
  const listed = catalogue.manifest.books
    .find((candidate) => candidate.slug === book)
    ?.contents.find((c) => c.slug === slug);
  return shortTitle(listed?.title ?? path);
}
