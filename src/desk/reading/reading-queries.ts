/**
 * Reads counts from the view `reading`. Every reading figure on the desk is computed from them (reading-figures.ts).
 */
import { sql } from "drizzle-orm";
import type { Database } from "../../db/database.ts";
import type { measures } from "../../db/reading-tables.ts";
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

/** Counts of a period by page and source. Reads only the rows of its days, because the key begins with the day. */
export const countByPage = (db: Database, { from, to }: Period): Promise<PageCount[]> =>
  db.all<PageCount>(sql`SELECT page, measure, source, SUM(count) AS count FROM reading
    WHERE day >= ${from} AND day <= ${to} GROUP BY page, measure, source`);

/** Views, reads and completions of all pages, by day. */
export const countByDay = (db: Database, { from, to }: Period): Promise<DayCount[]> =>
  db.all<DayCount>(sql`SELECT day, measure, SUM(count) AS count FROM reading
    WHERE day >= ${from} AND day <= ${to} AND measure IN ('view', 'read', 'finish') GROUP BY day, measure`);

/**
 * Views, reads and completions of one page, by day. The statement lists the days, so SQLite looks up each one by the
 * key and reads no row of another page. Inlining them is safe, because `daysOf` generates them.
 */
export const countPageByDay = (db: Database, page: string, period: Period): Promise<DayCount[]> =>
  db.all<DayCount>(sql`SELECT day, measure, SUM(count) AS count FROM reading
    WHERE ${isOneOf(daysOf(period))} AND page = ${page} AND measure IN ('view', 'read', 'finish')
    GROUP BY day, measure`);

/** Views of these pages from links in emails, within the period. */
export async function countMailClicks(db: Database, pages: readonly string[], period: Period): Promise<number> {
  const [row] = await db.all<{ count: number | null }>(sql`SELECT SUM(count) AS count FROM reading
    WHERE ${isOneOf(daysOf(period))} AND page IN (SELECT value FROM json_each(${JSON.stringify(pages)}))
      AND measure = 'view' AND source = 'newsletter'`);
  return row?.count ?? 0;
}

const isOneOf = (days: readonly string[]) => sql.raw(`day IN (${days.map((day) => `'${day}'`).join(", ")})`);
