/**
 * Reads counts from the view `reading`, or from sums of whole weeks. Every reading figure on the desk is computed from them (reading-figures.ts).
 */
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/database.ts";
import type { measures } from "../../db/reading-tables.ts";
import { mondayOf, selectSummedWeeks } from "../../db/reading-weeks.ts";
import { daysOf, type Period } from "../period.ts";

type Measure = (typeof measures)[number];

export interface PageCount {
  /** As in library/counted-pages.ts. */
  readonly page: string;
  readonly measure: Measure;
  /** Source of a view; empty for other measures. */
  readonly source: string;
  readonly count: number;
}

export interface DayCount {
  readonly day: string;
  readonly measure: Measure;
  readonly count: number;
}

/**
 * Counts of a period by page and source. Weeks are read as sums where these are valid, so a year costs a seventh of its
 * days; one statement reads both, so no count is missed or read twice.
 */
export const countByPage = (db: Database, period: Period): Promise<PageCount[]> =>
  db.all<PageCount>(sql`WITH ${unsummedDays(period)}
    SELECT page, measure, source, SUM(count) AS count FROM (
      SELECT page, measure, source, count FROM reading_weeks WHERE week IN (SELECT week FROM summed)
      UNION ALL SELECT page, measure, source, count FROM reading_days WHERE day IN (SELECT day FROM unsummed)
      UNION ALL SELECT page, measure, source, count FROM (${tallied(period)}))
    GROUP BY page, measure, source`);

/** Views, reads and completions of all pages, by day. */
export const countByDay = (db: Database, period: Period): Promise<DayCount[]> =>
  db.all<DayCount>(sql`WITH ${unsummedDays(period)}
    SELECT day, measure, SUM(count) AS count FROM (
      SELECT t.day, t.measure, t.count FROM summed s CROSS JOIN reading_totals t
        ON t.day >= s.week AND t.day <= date(s.week, '+6 days')
      UNION ALL SELECT day, measure, count FROM reading_days WHERE day IN (SELECT day FROM unsummed)
      UNION ALL SELECT day, measure, count FROM (${tallied(period)}))
    WHERE measure IN ('view', 'read', 'finish') GROUP BY day, measure`);

/** `summed`: weeks to be read as sums. `unsummed`: the other days. */
const unsummedDays = (period: Period): SQL => sql`summed AS MATERIALIZED (${selectSummedWeeks(period.from, period.to)}),
  unsummed AS MATERIALIZED (SELECT value AS day FROM json_each(${JSON.stringify(daysOf(period))})
    WHERE ${mondayOf(sql`value`)} NOT IN (SELECT week FROM summed))`;

/** Counts that are not aggregated yet. */
const tallied = ({ from, to }: Period): SQL => sql`
  SELECT value ->> 0 AS day, value ->> 1 AS page, value ->> 2 AS measure, value ->> 3 AS source, value ->> 4 AS count
  FROM tallies, json_each(tallies.counts) WHERE value ->> 0 >= ${from} AND value ->> 0 <= ${to}`;

/**
 * Views, reads and completions of one page, by day. The statement lists the days, so SQLite looks up each one by the
 * key and reads no row of another page. Inlining them is safe, because `daysOf` generates them.
 */
export const countPageByDay = (db: Database, page: string, period: Period): Promise<DayCount[]> =>
  db.all<DayCount>(sql`SELECT day, measure, SUM(count) AS count FROM reading
    WHERE ${isOneOf(daysOf(period))} AND page = ${page} AND measure IN ('view', 'read', 'finish')
    GROUP BY day, measure`);

/** Views of these pages on each day of the period. Looks up each day and page by the key, as above. */
export async function countViewsByDay(
  db: Database,
  pages: readonly string[],
  period: Period,
): Promise<ReadonlyMap<string, readonly number[]>> {
  if (pages.length === 0) return new Map();
  const days = daysOf(period);
  const rows = await db.all<{ page: string; day: string; count: number }>(sql`SELECT page, day, SUM(count) AS count
    FROM reading WHERE ${isOneOf(days)} AND page IN (SELECT value FROM json_each(${JSON.stringify(pages)}))
      AND measure = 'view' GROUP BY page, day`);
  const counts = new Map(rows.map(({ page, day, count }) => [`${day} ${page}`, count]));
  return new Map(pages.map((page) => [page, days.map((day) => counts.get(`${day} ${page}`) ?? 0)]));
}

/** Views of these pages from links in emails, within the period. */
export async function countMailClicks(db: Database, pages: readonly string[], period: Period): Promise<number> {
  const [row] = await db.all<{ count: number | null }>(sql`SELECT SUM(count) AS count FROM reading
    WHERE ${isOneOf(daysOf(period))} AND page IN (SELECT value FROM json_each(${JSON.stringify(pages)}))
      AND measure = 'view' AND source = 'newsletter'`);
  return row?.count ?? 0;
}

const isOneOf = (days: readonly string[]) => sql.raw(`day IN (${days.map((day) => `'${day}'`).join(", ")})`);
