/** Decides which weeks may be read as sums (`reading_weeks`, `reading_totals`) instead of day by day. */
import { type SQL, sql } from "drizzle-orm";

/** The Monday of the week of a day. */
export const mondayOf = (day: SQL): SQL => sql`date(${day}, '-6 days', 'weekday 1')`;

/** Whether no chapter has been given a key since the weeks were summed; see `summed_keys`. */
export const hasSummedKeys: SQL = sql`NOT EXISTS (SELECT 1 FROM chapter_keys k WHERE NOT EXISTS
  (SELECT 1 FROM summed_keys s WHERE s.key = k.key AND s.chapter_id = k.chapter_id))`;

/** Summed weeks within these days, both included. */
export const selectSummedWeeks = (from: string, to: string): SQL =>
  sql`SELECT week FROM summed_weeks WHERE week >= ${from} AND week <= date(${to}, '-6 days') AND ${hasSummedKeys}`;

/** Weeks of which counts are not aggregated yet. */
export const selectWeeksOfTallies: SQL = sql`SELECT ${mondayOf(sql`value ->> 0`)} FROM tallies, json_each(tallies.counts)`;

/** Voids the sums of weeks that waiting tallies will change. */
export const voidWeeksOfTallies: SQL = sql`DELETE FROM summed_weeks WHERE week IN (${selectWeeksOfTallies})`;
