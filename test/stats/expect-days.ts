/** Counts for tests of sums by day, and what the desk must read of them. */
import { expect } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import { daysOf, lastDays } from "../../src/desk/period.ts";
import { countByDay, countByPage, countMostViewed, countPageByDay } from "../../src/desk/reading/reading-queries.ts";
import type { FakeD1 } from "../fakes/d1.ts";

/** Pages and sources change over time: `tea/new` begins, and `tea/old` ends, within every span. */
export const rowsOf = (day: string) => {
  const index = Math.floor(Date.parse(day) / 86_400_000);
  return [
    [day, "/", "view", "", 50],
    [day, "tea/", "view", "", 10 + (index % 11)],
    [day, "tea/cooling", "view", "tea/", 3 + (index % 5)],
    [day, "tea/cooling", "view", `host${index % 40}.example`, 1 + (index % 3)],
    [day, "tea/cooling", "read", "", 1 + (index % 2)],
    [day, "tea/cooling", "seconds", "", 100 + (index % 7)],
    ...(index % 9 === 0 ? [[day, "tea/rare", "view", "", 1]] : []),
    ...(day < "2026-02-25" ? [[day, "tea/old", "finish", "", 2]] : [[day, "tea/new", "view", "tea/", 4]]),
  ];
};

export const sorted = (rows: readonly object[]): string[] => rows.map((row) => JSON.stringify(row)).sort();

/** Compares all spans that end on `day`, and others, with the view `reading`, which has no sums. */
export async function expectDays(d1: FakeD1, day: string): Promise<void> {
  const db = openDatabase(d1.binding());
  const measured = "measure IN ('view', 'read', 'finish')";
  for (const length of [1, 2, 30, 84, 90, 364]) {
    const period = lastDays(day, length);
    const of = (columns: string, where = "TRUE") =>
      d1.query<object>(
        `SELECT ${columns}, SUM(count) AS count FROM reading WHERE day >= ? AND day <= ? AND ${where} GROUP BY ${columns}`,
        period.from,
        period.to,
      );
    const label = `${length} days until ${day}`;
    expect(sorted(await countByPage(db, period)), label).toEqual(sorted(of("page, measure, source")));
    expect(sorted(await countByDay(db, period)), label).toEqual(sorted(of("day, measure", measured)));
    expect(sorted(await countPageByDay(db, "tea/cooling", period)), label).toEqual(
      sorted(of("day, measure", `${measured} AND page = 'tea/cooling'`)),
    );
    const most = d1.query<{ page: string; day: string; count: number }>(
      `SELECT page, day, SUM(count) AS count FROM reading WHERE day >= ?1 AND day <= ?2 AND measure = 'view' AND page IN (
        SELECT page FROM reading WHERE day >= ?1 AND day <= ?2 AND measure = 'view' AND page <> '/'
        GROUP BY page ORDER BY SUM(count) DESC, page LIMIT 2) GROUP BY 1, 2`,
      period.from,
      period.to,
    );
    const found = [...(await countMostViewed(db, period, 2))].flatMap(([page, views]) =>
      daysOf(period).flatMap((each, index) => (views[index] ? [{ page, day: each, count: views[index] }] : [])),
    );
    expect(sorted(found), label).toEqual(sorted(most));
  }
}
