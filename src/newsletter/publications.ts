/**
 * Notes which chapters have become public, and which of them are news. A chapter is news when it shows up
 * after the newsletter began, is not an old one under a new address, and is not long out: dated within two
 * weeks, or later than everything on record (it came due while the cron trigger was silent).
 */
import { sql } from "drizzle-orm";
import type { Catalogue } from "../library/catalogue.ts";
import { type Database, iso, persist } from "./post-room.ts";

const freshMs = 14 * 86_400_000;

export interface Recorded {
  /** `book/id` */
  readonly id: string;
  /** ISO 8601, or null: will not be mailed by itself. */
  readonly announcedAt: string | null;
}

/** Those that were not on record, in one query. Safe to run twice, or at the same time. */
export function recordPublications(db: Database, catalogue: Catalogue, now: number): Promise<Recorded[]> {
  const at = iso(now);
  const chapters = [...catalogue.places.values()].map(({ book, chapter, path }) => ({
    id: `${book.slug}/${chapter.id}`,
    at: chapter.published ?? at,
    // `/book/slug`, an address that it had, is `book/slug`, an id that it may have had.
    was: Object.entries(catalogue.manifest.redirects).flatMap(([old, present]) =>
      present === path ? [old.slice(1)] : [],
    ),
  }));
  return persist(() =>
    db.all<Recorded>(sql`
      INSERT INTO publications (chapter_id, published_at, recorded_at, announced_at, edition_id)
      SELECT c.value ->> 'id', c.value ->> 'at', ${at},
        CASE WHEN EXISTS (SELECT 1 FROM newsletter)
          AND (c.value ->> 'at' >= ${iso(now - freshMs)}
            OR c.value ->> 'at' > (SELECT MAX(published_at) FROM publications))
          AND NOT EXISTS (SELECT 1 FROM json_each(c.value -> 'was') w JOIN publications p ON p.chapter_id = w.value)
        THEN ${at} END, NULL
      FROM json_each(${JSON.stringify(chapters)}) c WHERE true ON CONFLICT DO NOTHING
      RETURNING chapter_id AS id, announced_at AS announcedAt`),
  );
}
