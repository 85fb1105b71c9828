/**
 * Sums the days of weeks that are over, so the desk reads a year without reading each of its days. Days remain the only
 * record: sums are computed from them again whenever a past day has changed.
 */
import { sql } from "drizzle-orm";
import { type Database, transact } from "../db/database.ts";
import { voidDaysOfTallies } from "../db/reading-days.ts";
import { hasSummedKeys, mondayOf, selectWeeksOfTallies, voidWeeksOfTallies } from "../db/reading-weeks.ts";

/** The desk's longest period, 52 weeks, and the week before it that it begins in. */
const weeksBack = 53;
/** Limit for one run. After a chapter has moved, all weeks are summed again within seven hours. */
const weeksAtOnce = 8;

/** Cost of `voidSums` and `sumWeeks`, for the call budget that the run shares with the newsletter. */
export const sumCost = { queries: 10, calls: 3 } as const;

const dayMs = 86_400_000;

/** Mondays of the weeks that ended before yesterday, latest first: counts of younger weeks may still be in tallies. */
function weeksOver(now: number): string[] {
  const yesterday = Math.floor(now / dayMs) - 1;
  // 1970-01-01 was a Thursday.
  const monday = yesterday - ((yesterday + 3) % 7);
  return Array.from({ length: weeksBack }, (_, index) =>
    new Date((monday - 7 * (index + 1)) * dayMs).toISOString().slice(0, 10),
  );
}

/** Can be repeated, and run twice at once: one transaction reads the days, writes the sums, and says that they are valid. */
export async function sumWeeks(db: Database, now: number, most = weeksAtOnce): Promise<void> {
  const due = await db.all<{ week: string }>(sql`SELECT value AS week FROM json_each(${JSON.stringify(weeksOver(now))})
    WHERE NOT (${hasSummedKeys} AND value IN (SELECT week FROM summed_weeks)) ORDER BY value DESC LIMIT ${most}`);
  if (due.length === 0) return;
  const list = JSON.stringify(due.map(({ week }) => week));
  const weeks = sql`(SELECT value FROM json_each(${list}))`;
  const days = sql`(SELECT date(w.value, '+' || n.value || ' days') FROM json_each(${list}) w, json_each('[0,1,2,3,4,5,6]') n)`;
  await transact(db, [
    sql`DELETE FROM summed_weeks WHERE NOT ${hasSummedKeys}`,
    sql`INSERT INTO summed_keys (key, chapter_id) SELECT key, chapter_id FROM chapter_keys WHERE TRUE
      ON CONFLICT (key) DO UPDATE SET chapter_id = excluded.chapter_id`,
    sql`DELETE FROM reading_weeks WHERE week IN ${weeks}`,
    sql`DELETE FROM reading_totals WHERE day IN ${days}`,
    sql`INSERT INTO reading_weeks (week, measure, page, source, count)
      SELECT ${mondayOf(sql`day`)}, measure, page, source, SUM(count) FROM reading_days WHERE day IN ${days}
      GROUP BY 1, 2, 3, 4`,
    sql`INSERT INTO reading_totals (day, measure, count)
      SELECT day, measure, SUM(count) FROM reading_days WHERE day IN ${days} GROUP BY 1, 2`,
    // A waiting count could be added to its day by an older version of the Worker, which knows no sums.
    sql`INSERT INTO summed_weeks (week) SELECT value FROM json_each(${list})
      WHERE value NOT IN (${selectWeeksOfTallies}) ON CONFLICT (week) DO NOTHING`,
  ]);
}

/** Before waiting tallies are aggregated, which are only added to weeks and days without a sum. */
export async function voidSums(db: Database): Promise<void> {
  await transact(db, [voidWeeksOfTallies, voidDaysOfTallies]);
}
