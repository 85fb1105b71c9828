/** Reads counts: sums where these are valid. Every reading figure on the desk is computed from them (reading-figures.ts). */
import { sql } from "drizzle-orm";
import type { Database } from "../../db/database.ts";
import { selectByDay, selectByPage, selectMostViewed, selectPageByDay } from "../../db/reading-days.ts";
import type { measures } from "../../db/reading-tables.ts";
import { homePage } from "../../library/counted-pages.ts";
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

/** Counts of a period by page and source. */
export async function countByPage(db: Database, period: Period): Promise<PageCount[]> {
  const rows = await db.all<{ page: string; counts: string }>(selectByPage(daysOf(period)));
  const byPage = Map.groupBy(rows, ({ page }) => page);
  return [...byPage].flatMap(([page, parts]) =>
    addedUp(parts.flatMap(({ counts }) => JSON.parse(counts) as [Measure, string, number][])).map(
      ([measure, source, count]) => ({ page, measure, source, count }),
    ),
  );
}

/** Adds up counts of the same measure and source, and drops those that are zero. */
function addedUp(counts: readonly (readonly [Measure, string, number])[]): (readonly [Measure, string, number])[] {
  const sums = new Map<string, readonly [Measure, string, number]>();
  for (const count of counts) {
    const [measure, source, number] = count;
    const key = `${measure} ${source}`;
    const sum = sums.get(key);
    sums.set(key, sum ? [measure, source, sum[2] + number] : count);
  }
  return [...sums.values()].filter(([, , number]) => number !== 0);
}

/** Views, reads and completions of all pages, by day. */
export const countByDay = async (db: Database, period: Period): Promise<DayCount[]> =>
  dayCountsOf(await db.all(selectByDay(daysOf(period))));

/** Views, reads and completions of one page, by day. */
export const countPageByDay = async (db: Database, page: string, period: Period): Promise<DayCount[]> =>
  dayCountsOf(await db.all(selectPageByDay(daysOf(period), page)));

/** Adds counts to those of finished days, which they may belong to. */
function dayCountsOf([row]: readonly { readonly finished: string; readonly others: string }[]): DayCount[] {
  const counts = new Map<string, DayCount>();
  const add = (day: string, measure: Measure, count: number) => {
    const key = `${day} ${measure}`;
    const sum = count + (counts.get(key)?.count ?? 0);
    if (sum !== 0) counts.set(key, { day, measure, count: sum });
  };
  for (const [day, views, reads, finishes] of JSON.parse(row?.finished ?? "[]") as [string, number, number, number][]) {
    add(day, "view", views);
    add(day, "read", reads);
    add(day, "finish", finishes);
  }
  for (const count of JSON.parse(row?.others ?? "[]") as [string, Measure, number][]) add(...count);
  return [...counts.values()];
}

/** The `count` chapters and overviews with the most views in a period, with their views on each of its days. */
export async function countMostViewed(
  db: Database,
  period: Period,
  count: number,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const days = daysOf(period);
  const rows = await db.all<{ page: string; counts: string }>(selectMostViewed(days, count, homePage));
  return new Map(
    rows.map(({ page, counts }) => {
      const views = new Map<string, number>();
      for (const [on, number] of JSON.parse(counts) as [string, number][]) {
        views.set(on, number + (views.get(on) ?? 0));
      }
      return [page, days.map((each) => views.get(each) ?? 0)];
    }),
  );
}

/** Views of these pages from links in emails, within the period. */
export async function countMailClicks(db: Database, pages: readonly string[], period: Period): Promise<number> {
  const [row] = await db.all<{ count: number | null }>(sql`SELECT SUM(count) AS count FROM reading
    WHERE ${isOneOf(daysOf(period))} AND page IN (SELECT value FROM json_each(${JSON.stringify(pages)}))
      AND measure = 'view' AND source = 'newsletter'`);
  return row?.count ?? 0;
}

export interface MissedWord {
  /** `2026-11`. */
  readonly month: string;
  readonly word: string;
  readonly count: number;
}

/** The `most` words that searches without results had most often, in each of the months. */
export function listMissedWords(db: Database, months: readonly string[], most: number): Promise<MissedWord[]> {
  const parts = months.map(
    (month) => sql`SELECT * FROM (SELECT month, word, count FROM missed_words
      WHERE month = ${month} AND word IS NOT NULL ORDER BY count DESC LIMIT ${most})`,
  );
  return db.all<MissedWord>(sql`${sql.join(parts, sql` UNION ALL `)} ORDER BY month DESC, count DESC, word`);
}

const isOneOf = (days: readonly string[]) => sql.raw(`day IN (${days.map((day) => `'${day}'`).join(", ")})`);
