/** Chapters in lists: what a shelf, a book and the newest have in common. */
import { type Catalogue, contentsOf, type Place, publicationTime } from "../library/catalogue.ts";
import { titleOf } from "../library/language.ts";
import type { Book, Chapter } from "../library/manifest.ts";
import { isoDay, printedDay } from "../ui/dates.ts";

export const Minutes = ({ minutes }: { readonly minutes: number }) => (
  <span class="minutes" dir="auto">
    {minutes} <abbr title={minutes === 1 ? "minute to read" : "minutes to read"}>min</abbr>
  </span>
);

export const Day = ({ published }: { readonly published: string | undefined }) =>
  published === undefined ? (
    <span class="day">Draft</span>
  ) : (
    <time class="day" dir="auto" datetime={isoDay(published)}>
      {printedDay(published)}
    </time>
  );

/** Beside the day of publication; nothing where there is nothing to know. */
export const Updated = ({ at }: { readonly at: string | undefined }) =>
  at === undefined ? null : (
    <span class="day" dir="auto">
      Updated <time datetime={isoDay(at)}>{printedDay(at)}</time>
    </span>
  );

/** On the author's machine: that others cannot see this yet. */
export function UnpublishedMark({ chapter, now }: { readonly chapter: Chapter; readonly now: number }) {
  if (publicationTime(chapter) <= now) return null;
  return (
    <span class="unpublished">
      {chapter.published === undefined ? "Draft" : `Scheduled for ${printedDay(chapter.published)}`}
    </span>
  );
}

/** The table of contents of a book: written chapters as links, the others by title. */
export function ContentsList({
  catalogue,
  book,
  now,
  withNeeds = false,
}: {
  readonly catalogue: Catalogue;
  readonly book: Book;
  readonly now: number;
  /** Adds to each chapter what to read before it. */
  readonly withNeeds?: boolean;
}) {
  return (
    <ol class="contents-list">
      {contentsOf(catalogue, book).map(({ entry, place }) => {
        if (!place) {
          return (
            <li class="to-come">
              <span class="entry-title" {...titleOf(book)}>
                {entry.title}
              </span>{" "}
              <span class="entry-state" dir="auto">
                planned
              </span>
            </li>
          );
        }
        return (
          <li>
            <a class="entry-title" href={place.path} {...titleOf(place.chapter)}>
              {place.chapter.title}
            </a>{" "}
            <Minutes minutes={place.chapter.minutes} /> <UnpublishedMark chapter={place.chapter} now={now} />
            <p class="entry-excerpt" {...titleOf(place.chapter)}>
              {place.chapter.excerpt}
            </p>
            {withNeeds && <Needs catalogue={catalogue} place={place} />}
          </li>
        );
      })}
    </ol>
  );
}

/** "Read first: …": prerequisites by title, as links where they can be opened. */
export function Needs({ catalogue, place }: { readonly catalogue: Catalogue; readonly place: Place }) {
  const known = place.chapter.needs.filter((path) => !catalogue.hidden.has(path));
  const needs = known.map((path) => ({ path, title: titleAt(catalogue, path) }));
  if (needs.length === 0) return null;
  return (
    <p class="needs">
      <span class="label" dir="auto">
        Read first
      </span>{" "}
      {needs.map(({ path, title }, index) => (
        <>
          {index > 0 && ", "}
          {catalogue.places.has(path) ? (
            <a href={path} dir="auto">
              {title}
            </a>
          ) : (
            <span class="to-come" dir="auto">
              {title} (planned)
            </span>
          )}
        </>
      ))}
    </p>
  );
}

/** `7 chapters, 2 published so far`. */
export function extentOf(catalogue: Catalogue, book: Book): string {
  const entries = contentsOf(catalogue, book);
  const all = entries.length;
  const written = entries.filter(({ place }) => place !== undefined).length;
  const chapters = `${all} ${all === 1 ? "chapter" : "chapters"}`;
  return written < all ? `${chapters}, ${written} published so far` : chapters;
}

/** A title without what follows its colon: enough in a list. */
export const shortTitle = (title: string): string => title.split(": ")[0] ?? title;

function titleAt(catalogue: Catalogue, path: string): string {
  const place = catalogue.places.get(path);
  if (place) return place.isOverview ? place.book.shortTitle : shortTitle(place.chapter.title);
  const [, book, slug] = path.split("/");
  const entry = catalogue.manifest.books
    .find((candidate) => candidate.slug === book)
    ?.contents.find((c) => c.slug === slug);
  return shortTitle(entry?.title ?? path);
}
