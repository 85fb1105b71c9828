/**
 * Records which chapters have become public and decides which of them are announced. A chapter is announced if it appears
 * after the newsletter began, is not a moved chapter, and is recent: dated within two weeks, or later than everything on
 * record (it came due while the cron trigger was silent). After a database rollback, a chapter dated before the rollback
 * may have been emailed without a record, so it is not announced.
 */
import { type SQL, sql } from "drizzle-orm";
import { iso } from "../../db/database.ts";
import type { Catalogue, CatalogueEntry } from "../../library/catalogue.ts";
import { slugsOfBook } from "../../library/identity.ts";
import { isCurrent, type ReleaseRecord, type StoredPublication } from "./release-record.ts";

/** What is dated earlier is not announced. */
export const freshMs = 14 * 86_400_000;

export interface Recorded {
  readonly id: string;
  readonly publishedAt: string;
  /** False: not emailed automatically. */
  readonly isNews: boolean;
  /** `book/slug` */
  readonly place: string;
  readonly books: readonly string[];
}

/** Chapters of the catalogue that have no record yet. */
export function findUnrecorded(catalogue: Catalogue, record: ReleaseRecord, now: number): Recorded[] {
  const known = new Set(record.publications.map(({ id }) => id));
  const latest = record.publications
    .map(({ publishedAt }) => publishedAt)
    .sort()
    .at(-1);
  const { newsletter, askedAt } = record;
  return [...catalogue.byId.values()]
    .filter(({ id }) => !known.has(id))
    .map((chapter) => {
      const publishedAt = chapter.chapter.published ?? iso(now);
      const place = placeOf(chapter);
      // The age of a chapter that was held by a question counts from the question.
      const since = Date.parse(askedAt.get(place) ?? iso(now)) - freshMs;
      const isFresh = publishedAt >= iso(since) || (latest !== undefined && publishedAt > latest);
      const isNews =
        newsletter !== undefined &&
        isFresh &&
        (newsletter.uncertainUntil === null || publishedAt > newsletter.uncertainUntil);
      return { id: chapter.id, publishedAt, isNews, place, books: slugsOfBook(catalogue.manifest, chapter.book) };
    });
}

const placeOf = ({ book, chapter, isOverview }: CatalogueEntry): string =>
  `${book.slug}/${isOverview ? book.slug : chapter.slug}`;

/** No statements if there is nothing to write; the same holds below. */
export const insertPublications = (found: readonly Recorded[], now: number): SQL[] =>
  found.length === 0
    ? []
    : [
        sql`INSERT INTO publications (chapter_id, published_at, recorded_at, announced_at, edition_id, place, books, legacy_feed_id)
          SELECT value ->> 'id', value ->> 'publishedAt', ${iso(now)}, CASE WHEN value ->> 'isNews' THEN ${iso(now)} END, NULL,
            value ->> 'place', value -> 'books', ''
          FROM json_each(${JSON.stringify(found)}) WHERE ${isCurrent} ON CONFLICT DO NOTHING`,
      ];

/** Records where chapters are, and which books they are or were in: subscribers of any of these books want the chapter. */
export function updatePlaces({ byId, manifest }: Catalogue, publications: readonly StoredPublication[]): SQL[] {
  const changed = publications.flatMap((known) => {
    const found = byId.get(known.id);
    if (!found) return [];
    const place = placeOf(found);
    const before = known.books ?? [known.id.slice(0, known.id.indexOf("/"))];
    const books = [...new Set([...before, ...slugsOfBook(manifest, found.book)])];
    const isSame = known.place === place && known.goneAt === null && known.books?.length === books.length;
    return isSame ? [] : [{ id: known.id, place, books }];
  });
  if (changed.length === 0) return [];
  return [
    sql`UPDATE publications SET gone_at = NULL, place = c.value ->> 'place', books = c.value -> 'books'
      FROM json_each(${JSON.stringify(changed)}) c
      WHERE publications.chapter_id = c.value ->> 'id' AND ${isCurrent}`,
  ];
}

/** Marks chapters that the release no longer has. */
export const markGone = (missing: readonly string[], now: number): SQL[] =>
  missing.length === 0
    ? []
    : [
        sql`UPDATE publications SET gone_at = ${iso(now)}
          WHERE gone_at IS NULL AND ${isCurrent} AND chapter_id IN (SELECT value FROM json_each(${JSON.stringify(missing)}))`,
      ];

/** Ids of the chapters that are queued to be sent, in the order in which an edition has them. */
export const queuedChapters: SQL = sql`SELECT chapter_id AS id FROM publications
  WHERE announced_at IS NOT NULL AND edition_id IS NULL ORDER BY published_at, announced_at, chapter_id`;
