/**
 * What readers did, as the view `reading` has it: two questions of a period, and one of a single page. Everything
 * that the desk says of reading is computed from their answers (reading-figures.ts).
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
  /** Of views: where they came from. */
  readonly source: string;
  readonly count: number;
}

export interface DayCount {
  readonly day: string;
  readonly measure: Measure;
  readonly count: number;
}

/** Of every page and source in the period. Reads the rows of its days, which are the beginning of the key. */
export const countByPage = (db: Database, { from, to }: Period): Promise<PageCount[]> =>
  db.all<PageCount>(sql`SELECT page, measure, source, SUM(count) AS count FROM reading
    WHERE day >= ${from} AND day <= ${to} GROUP BY page, measure, source`);

/** Views, reads and finishes of all pages together, day by day. */
export const countByDay = (db: Database, { from, to }: Period): Promise<DayCount[]> =>
  db.all<DayCount>(sql`SELECT day, measure, SUM(count) AS count FROM reading
    WHERE day >= ${from} AND day <= ${to} AND measure IN ('view', 'read', 'finish') GROUP BY day, measure`);

/**
 * The same of one page. Its days are listed in the statement, so that SQLite looks each one up by the key and reads
 * no row of another page; the days are our own, so they may stand in the text.
 */
export const countPageByDay = (db: Database, page: string, period: Period): Promise<DayCount[]> =>
  db.all<DayCount>(sql`SELECT day, measure, SUM(count) AS count FROM reading
    WHERE ${isOneOf(daysOf(period))} AND page = ${page} AND measure IN ('view', 'read', 'finish')
    GROUP BY day, measure`);

/** Views that came to these pages by links in mails, in the days of the period. */
export async function countMailClicks(db: Database, pages: readonly string[], period: Period): Promise<number> {
  const [row] = await db.all<{ count: number | null }>(sql`SELECT SUM(count) AS count FROM reading
    WHERE ${isOneOf(daysOf(period))} AND page IN (SELECT value FROM json_each(${JSON.stringify(pages)}))
      AND measure = 'view' AND source = 'newsletter'`);
  return row?.count ?? 0;
}

const isOneOf = (days: readonly string[]) => sql.raw(`day IN (${days.map((day) => `'${day}'`).join(", ")})`);
