/** Writes buffered counts to D1 as tallies (one row per isolate and flush), and aggregates them by day once an hour. */
import { type SQL, sql } from "drizzle-orm";
import { type Database, iso, openDatabase, persist, transact, withoutParameters } from "../db/database.ts";
import { mondayOf } from "../db/reading-weeks.ts";
import type { Count } from "./gatherer.ts";

export interface Tally {
  readonly id: string;
  /** Time of the first attempt to write it, in milliseconds. */
  readonly at: number;
  readonly counts: readonly Count[];
}

/** How long a failed write is retried. */
export const retryMs = 3 * 60_000;
/**
 * Age at which a tally is aggregated: more than `retryMs`, so no tally is written again after it was aggregated and
 * deleted.
 */
const restMs = 5 * 60_000;

/** Writes all tallies in one statement; existing ones are not changed. */
export async function writeTallies(db: Database, tallies: readonly Tally[]): Promise<void> {
  const rows = tallies.map(({ id, at, counts }) => [id, iso(at), JSON.stringify(counts)]);
  await persist(() =>
    db.run(sql`
      INSERT INTO tallies (id, at, counts)
      SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(${JSON.stringify(rows)}) WHERE TRUE
      ON CONFLICT (id) DO NOTHING`),
  );
}

/** Limit for one run: an hour of fifty isolates that are always busy. */
const maxTallies = 10_000;

/** Cost of one aggregation, for the call budget that it shares with the newsletter's cron run. */
export const aggregateCost = { queries: 2, calls: 1 } as const;

/**
 * Adds tallies to `reading_days` and deletes them in one transaction: an interrupted run changes nothing, and a
 * concurrent one finds nothing left.
 */
export async function aggregateBuffered(db: Database, now: number, most = maxTallies): Promise<void> {
  // Late counts of a summed week or day wait until its sum is void: see sum-weeks.ts and sum-days.ts.
  const due = sql`SELECT id FROM tallies WHERE at < ${iso(now - restMs)} AND NOT EXISTS (SELECT 1 FROM
    json_each(tallies.counts) WHERE ${mondayOf(sql`value ->> 0`)} IN (SELECT week FROM summed_weeks)
      OR value ->> 0 <= (SELECT until FROM summed_days))
    ORDER BY id LIMIT ${most}`;
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

/**
 * Replaces a page key by the identity recorded for its chapter, which a release alone may not contain. Hosts and other
 * sources are unchanged.
 */
const identityOf = (page: SQL): SQL => sql`COALESCE(
  (SELECT chapter_id FROM chapter_keys WHERE key = ${page}),
  (SELECT substr(chapter_id, 1, instr(chapter_id, '/')) FROM chapter_keys WHERE key = ${page} || rtrim(${page}, '/')),
  ${page})`;

/**
 * Aggregates in the first run of an hour and returns the cost; otherwise does nothing. Hourly is enough, because the
 * view `reading` includes tallies, and each aggregation rewrites every row of the day that has changed. Never throws: a
 * later run retries.
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
