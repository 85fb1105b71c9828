/** Tallies on their way into the database: one row for what an isolate gathered, added up by day once an hour. */
import { type SQL, sql } from "drizzle-orm";
import { type Database, iso, openDatabase, persist, transact, withoutParameters } from "../db/database.ts";
import type { Count } from "./gatherer.ts";

export interface Tally {
  readonly id: string;
  /** When it was first to be written. */
  readonly at: number;
  readonly counts: readonly Count[];
}

/** How long a tally that could not be written is tried again. */
export const retryMs = 3 * 60_000;
/** Longer than that, so that no tally is written a second time after it was added up and deleted. */
const restMs = 5 * 60_000;

/** Writes them in one statement; those that are there already stay as they are. */
export async function writeTallies(db: Database, tallies: readonly Tally[]): Promise<void> {
  const rows = tallies.map(({ id, at, counts }) => [id, iso(at), JSON.stringify(counts)]);
  await persist(() =>
    db.run(sql`
      INSERT INTO tallies (id, at, counts)
      SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(${JSON.stringify(rows)}) WHERE TRUE
      ON CONFLICT (id) DO NOTHING`),
  );
}

/** Tallies that one run adds up: an hour of fifty isolates that are busy all the time. */
const maxTallies = 10_000;

/** What it costs: a cron run may make so many calls, and the newsletter has to know. */
export const aggregateCost = { queries: 2, calls: 1 } as const;

/**
 * Adds tallies to `reading_days` and deletes the same ones, in one transaction: a run that is ended half-way has done
 * nothing, and of two at once the second finds them gone.
 */
export async function aggregateBuffered(db: Database, now: number, most = maxTallies): Promise<void> {
  const due = sql`SELECT id FROM tallies WHERE at < ${iso(now - restMs)} ORDER BY id LIMIT ${most}`;
  await transact(db, [
    sql`
      INSERT INTO reading_days (day, page, measure, source, count)
      SELECT value ->> 0, ${identityOf(sql`value ->> 1`)}, value ->> 2, ${identityOf(sql`value ->> 3`)}, SUM(value ->> 4)
      FROM tallies, json_each(tallies.counts) WHERE tallies.id IN (${due})
      GROUP BY 1, 2, 3, 4
      ON CONFLICT (day, page, measure, source) DO UPDATE SET count = count + excluded.count`,
    sql`DELETE FROM tallies WHERE id IN (${due})`,
  ]);
}

/** A page by the identity of its chapter: a release alone does not always know it. Hosts and other sources stay. */
const identityOf = (page: SQL): SQL => sql`COALESCE(
  (SELECT chapter_id FROM chapter_keys WHERE key = ${page}),
  (SELECT substr(chapter_id, 1, instr(chapter_id, '/')) FROM chapter_keys WHERE key = ${page} || rtrim(${page}, '/')),
  ${page})`;

/**
 * In the first run of an hour, and says what that cost; in others nothing. Once an hour is soon enough, because the
 * view `reading` shows what is not added up yet, and each time writes every row of the day that has changed.
 * Never throws: what could not be added up is by a later run.
 */
export async function aggregateHourly(binding: D1Database, now: number): Promise<typeof aggregateCost | undefined> {
  if (new Date(now).getUTCMinutes() >= 5) return undefined;
  try {
    await aggregateBuffered(openDatabase(binding), now);
  } catch (error) {
    console.error(
      "Reading statistics could not be aggregated; the next hourly run will retry.",
      withoutParameters(error),
    );
  }
  return aggregateCost;
}
