/**
 * Notes which chapters have become public, and which of them are news. A chapter is news when it shows up
 * after the newsletter began, is not an old one under a new address, and is not long out: dated within two
 * weeks, or later than everything on record (it came due while the cron trigger was silent). After a database
 * was set back, what is dated before that may have been mailed with no record left, and is no news either.
 */
import { sql } from "drizzle-orm";
import { type Database, iso, persist } from "../db/database.ts";
import type { Catalogue } from "../library/catalogue.ts";

const freshMs = 14 * 86_400_000;

export interface Recorded {
  /** `book/id` */
  readonly id: string;
  readonly publishedAt: string;
  /** False: will not be mailed by itself. */
  readonly isNews: boolean;
}

/**
 * Those that were not on record; mostly none, and then nothing is written. `before` is called with them first:
 * whatever breaks off, nobody is kept in the dark about what is on record. Safe to run twice, or at the same time.
 */
export async function recordPublications(
  db: Database,
  catalogue: Catalogue,
  now: number,
  before: (found: readonly Recorded[]) => Promise<void> = async () => {},
): Promise<readonly Recorded[]> {
  const found = await findUnrecorded(db, catalogue, now);
  if (found.length === 0) return found;
  await before(found);
  const at = iso(now);
  await persist(() =>
    db.run(sql`
      INSERT INTO publications (chapter_id, published_at, recorded_at, announced_at, edition_id)
      SELECT value ->> 'id', value ->> 'publishedAt', ${at}, CASE WHEN value ->> 'isNews' THEN ${at} END, NULL
      FROM json_each(${JSON.stringify(found)}) WHERE true ON CONFLICT DO NOTHING`),
  );
  return found;
}

async function findUnrecorded(db: Database, catalogue: Catalogue, now: number): Promise<Recorded[]> {
  const chapters = [...catalogue.places.values()].map(({ book, chapter, path }) => ({
    id: `${book.slug}/${chapter.id}`,
    at: chapter.published ?? iso(now),
    // `/book/slug`, an address that it had, is `book/slug`, an id that it may have had.
    was: Object.entries(catalogue.manifest.redirects).flatMap(([old, present]) =>
      present === path ? [old.slice(1)] : [],
    ),
  }));
  const rows = await db.all<Omit<Recorded, "isNews"> & { isNews: number }>(sql`
    SELECT c.value ->> 'id' AS id, c.value ->> 'at' AS publishedAt,
      EXISTS (SELECT 1 FROM newsletter)
        AND (c.value ->> 'at' >= ${iso(now - freshMs)} OR c.value ->> 'at' > (SELECT MAX(published_at) FROM publications))
        AND c.value ->> 'at' > COALESCE((SELECT uncertain_until FROM newsletter), '')
        AND NOT EXISTS (SELECT 1 FROM json_each(c.value -> 'was') w JOIN publications p ON p.chapter_id = w.value) AS isNews
    FROM json_each(${JSON.stringify(chapters)}) c
    WHERE NOT EXISTS (SELECT 1 FROM publications p WHERE p.chapter_id = c.value ->> 'id')`);
  return rows.map((row) => ({ ...row, isNews: row.isNews === 1 }));
}
