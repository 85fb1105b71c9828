/**
 * Editions and what became of their copies. `deliveries` has one key, (chapter, subscriber), so every question goes
 * through an edition's chapters to the beginning of that key, and never through the whole table.
 */
import { sql } from "drizzle-orm";
import { type Database, iso } from "../../db/database.ts";
import type { audiences, deliveryStates, editionStates } from "../../db/newsletter-tables.ts";

export interface Edition {
  readonly id: string;
  readonly audience: (typeof audiences)[number];
  /** `book/id`. */
  readonly chapters: readonly string[];
  readonly state: (typeof editionStates)[number];
  readonly openedAt: string;
  readonly doneAt: string | null;
  readonly stoppedAt: string | null;
  readonly stopReason: string | null;
}

type EditionRow = Omit<Edition, "chapters"> & { readonly chapters: string };

const columns = sql.raw(`id, audience, chapters, state, opened_at AS openedAt, done_at AS doneAt,
  stopped_at AS stoppedAt, stop_reason AS stopReason`);

const fromRows = (rows: readonly EditionRow[]): Edition[] =>
  rows.map((row) => ({ ...row, chapters: JSON.parse(row.chapters) as string[] }));

/** The newest first; with `before`, those that were opened before that one. */
export const listEditions = async (db: Database, limit: number, before?: Pick<Edition, "openedAt" | "id">) =>
  fromRows(
    await db.all<EditionRow>(sql`SELECT ${columns} FROM editions
      WHERE ${before ? sql`(opened_at, id) < (${before.openedAt}, ${before.id})` : sql`true`}
      ORDER BY opened_at DESC, id DESC LIMIT ${limit}`),
  );

/**
 * Those that wait for the author, those that are being sent, and those that were opened or done since (in
 * milliseconds): a hundred mails a day make an edition last for weeks.
 */
export const findRecentEditions = async (db: Database, since: number): Promise<Edition[]> =>
  fromRows(
    await db.all<EditionRow>(sql`SELECT ${columns} FROM editions
      WHERE state <> 'done' OR opened_at >= ${iso(since)} OR done_at >= ${iso(since)} ORDER BY opened_at DESC, id DESC`),
  );

export interface CopyCount {
  readonly edition: string;
  readonly state: (typeof deliveryStates)[number];
  readonly reason: string | null;
  /** Readers. Who has several chapters in the same state counts once. */
  readonly readers: number;
  /** When the first and the last of them came into this state. */
  readonly firstAt: string;
  readonly lastAt: string;
}

const copies = sql.raw(
  `json_each(e.chapters) c CROSS JOIN deliveries d ON d.chapter_id = c.value AND d.edition_id = e.id`,
);

const among = (editions: readonly string[]) => sql`e.id IN (SELECT value FROM json_each(${JSON.stringify(editions)}))`;

/** Readers of these editions by the state of their copies, and why they have none. Reads one row for each copy. */
export async function countCopies(db: Database, editions: readonly string[]): Promise<CopyCount[]> {
  if (editions.length === 0) return [];
  return db.all<CopyCount>(sql`SELECT e.id AS edition, d.state, d.reason, MIN(d.changed_at) AS firstAt, MAX(d.changed_at) AS lastAt,
      CASE WHEN json_array_length(e.chapters) = 1 THEN COUNT(*) ELSE COUNT(DISTINCT d.subscriber_id) END AS readers
    FROM editions e CROSS JOIN ${copies} WHERE ${among(editions)} GROUP BY e.id, d.state, d.reason`);
}

/**
 * `countCopies` of as many of these editions, in their order, as have `mostReaders` together, and of the first in any
 * case: what a page may read does not grow with the list. Gives by edition what was counted.
 */
export async function countCopiesWithin(
  db: Database,
  editions: readonly string[],
  mostReaders: number,
): Promise<ReadonlyMap<string, readonly CopyCount[]>> {
  const counted = new Map<string, readonly CopyCount[]>();
  let read = 0;
  for (const edition of editions) {
    if (read >= mostReaders) break;
    const counts = await countCopies(db, [edition]);
    counted.set(edition, counts);
    read += counts.reduce((sum, { readers }) => sum + readers, 0);
  }
  return counted;
}

/** Days after the opening of an edition in which a farewell is put down to it. */
export const unsubscribeWindowDays = 7;

/** How many of those who were sent an edition left within a week of its opening, by edition. */
export const countLeavers = (
  db: Database,
  editions: readonly string[],
): Promise<{ readonly edition: string; readonly count: number }[]> =>
  db.all(sql`SELECT e.id AS edition, COUNT(DISTINCT l.subscriber_id) AS count
    FROM editions e CROSS JOIN consents l ON l.act = 'left' AND l.at >= e.opened_at
      AND l.at < strftime('%Y-%m-%dT%H:%M:%fZ', e.opened_at, ${`+${unsubscribeWindowDays} days`})
    WHERE ${among(editions)} AND EXISTS (SELECT 1 FROM ${copies}
      WHERE d.subscriber_id = l.subscriber_id AND d.state NOT IN ('skipped', 'failed'))
    GROUP BY e.id`);

/** Readers to whom an edition brought two mails: each is to bring one, whatever it carries. */
export async function findDoubles(
  db: Database,
  editions: readonly Pick<Edition, "id" | "chapters">[],
): Promise<{ readonly edition: string; readonly readers: number }[]> {
  // Of one chapter there is one row for each reader: the key of `deliveries` sees to that.
  const several = editions.filter(({ chapters }) => chapters.length > 1).map(({ id }) => id);
  if (several.length === 0) return [];
  return db.all(sql`SELECT edition, COUNT(*) AS readers FROM (
      SELECT e.id AS edition, d.subscriber_id FROM editions e CROSS JOIN ${copies}
      WHERE ${among(several)} AND d.provider_id IS NOT NULL
      GROUP BY e.id, d.subscriber_id HAVING COUNT(DISTINCT d.provider_id) > 1) GROUP BY edition`);
}

/**
 * Mails of these editions that Resend took since each of these times (in milliseconds), in their order. When it took
 * one is not kept: the time of its last change stands for it, which is seconds later for most, and days for a complaint.
 * All times together, because each copy is read for it.
 */
export async function countMailsTaken(
  db: Database,
  editions: readonly string[],
  times: readonly number[],
): Promise<number[]> {
  if (editions.length === 0 || times.length === 0) return times.map(() => 0);
  const since = (time: number) => sql`CASE WHEN d.changed_at >= ${iso(time)} THEN d.subscriber_id END`;
  const counts = times.map(
    (time, index) => sql`CASE WHEN json_array_length(e.chapters) = 1 THEN COUNT(${since(time)})
      ELSE COUNT(DISTINCT ${since(time)}) END AS ${sql.raw(`n${index}`)}`,
  );
  const rows = await db.all<Record<string, number>>(sql`SELECT ${sql.join(counts, sql`, `)}
    FROM editions e CROSS JOIN ${copies}
    WHERE ${among(editions)} AND d.state NOT IN ('sending', 'skipped', 'failed', 'uncertain')
      AND d.changed_at >= ${iso(Math.min(...times))}
    GROUP BY e.id`);
  return times.map((_, index) => rows.reduce((sum, row) => sum + (row[`n${index}`] ?? 0), 0));
}
