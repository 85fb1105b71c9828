/**
 * Tests that a period read by week equals one read by day, whatever changes past days: late counts, chapters that move, an
 * upgrade, and the version before it still running.
 */
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aggregateTallies } from "../../src/cli/backup/aggregate-tallies.ts";
import { dumpOf, loadDump } from "../../src/cli/backup/dump.ts";
import { type Database, openDatabase, transact } from "../../src/db/database.ts";
import { daysOf, type Period } from "../../src/desk/period.ts";
import { countByDay, countByPage } from "../../src/desk/reading/reading-queries.ts";
import { moveCounts } from "../../src/editions/chapters/counted-names.ts";
import { aggregateBuffered, type Tally, writeTallies } from "../../src/stats/aggregate.ts";
import { runHourly } from "../../src/stats/hourly.ts";
import { sumWeeks } from "../../src/stats/sum-weeks.ts";
import { dropsOf } from "../cli/backup/drops.ts";
import { FakeD1, migrate } from "../fakes/d1.ts";

/** A Friday. */
const now = Date.parse("2026-03-20T12:00:00Z");
const all: Period = { from: "2026-01-07", to: "2026-03-20" };
const periods: readonly Period[] = [
  all,
  { from: "2026-01-05", to: "2026-02-01" },
  { from: "2026-01-06", to: "2026-01-19" },
  { from: "2026-02-09", to: "2026-02-15" },
  { from: "2026-02-10", to: "2026-02-15" },
  { from: "2026-02-09", to: "2026-02-14" },
  { from: "2026-02-11", to: "2026-02-11" },
];

const rowsOf = (days: readonly string[]) =>
  days.flatMap((day, index) => [
    [day, "tea/", "view", "", 10 + index],
    [day, "tea/cooling", "view", "tea/", 3 + (index % 5)],
    [day, "tea/cooling", "view", "example.org", 1 + (index % 3)],
    [day, "tea/cooling", "read", "", 1 + (index % 2)],
    [day, "tea/cooling", "seconds", "", 100 + index],
  ]);

let d1: FakeD1;
let db: Database;
function fill(): void {
  d1.query(
    "INSERT INTO reading_days SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?) RETURNING 1",
    JSON.stringify(rowsOf(daysOf({ from: "2026-01-01", to: "2026-03-20" }))),
  );
}
beforeEach(() => {
  d1 = new FakeD1();
  db = openDatabase(d1.binding());
  fill();
});
afterEach(() => {
  vi.restoreAllMocks();
});

const sorted = (rows: readonly object[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
const summed = (): string[] =>
  d1.query<{ week: string }>("SELECT week FROM summed_weeks ORDER BY week").map(({ week }) => week);
/** Views in sums: what the desk would read from them. */
const viewsInWeeks = (): number | undefined =>
  d1.query<{ sum: number }>("SELECT SUM(count) AS sum FROM reading_weeks WHERE measure = 'view'")[0]?.sum;

/** Compares every period with the same period of the view `reading`, which has no sums. */
async function expectSums(): Promise<void> {
  for (const period of periods) {
    const { from, to } = period;
    const pages = d1.query<object>(
      "SELECT page, measure, source, SUM(count) AS count FROM reading WHERE day >= ? AND day <= ? GROUP BY 1, 2, 3",
      from,
      to,
    );
    expect(sorted(await countByPage(db, period)), from).toEqual(sorted(pages));
    const days = d1.query<object>(
      "SELECT day, measure, SUM(count) AS count FROM reading WHERE day >= ? AND day <= ? AND measure IN ('view', 'read', 'finish') GROUP BY 1, 2",
      from,
      to,
    );
    expect(sorted(await countByDay(db, period)), from).toEqual(sorted(days));
  }
}
const late = (id: string, at: number, count: number): Tally => ({
  id,
  at,
  counts: [["2026-02-12", "tea/cooling", "view", "late.example", count]],
});

test("weeks that ended before yesterday are summed, the latest first, so many at once", async () => {
  await sumWeeks(db, now, 3);
  expect(summed()).toEqual(["2026-02-23", "2026-03-02", "2026-03-09"]);
  await expectSums();
  await sumWeeks(db, now, 100);
  expect([summed().length, summed().at(-1)]).toEqual([53, "2026-03-09"]);
  await expectSums();
  // On Monday the counts of Sunday may still be in tallies.
  await sumWeeks(db, Date.parse("2026-03-23T23:59:59Z"));
  expect(summed().at(-1)).toBe("2026-03-09");
  await sumWeeks(db, Date.parse("2026-03-24T00:00:00Z"));
  expect(summed().at(-1)).toBe("2026-03-16");
  await expectSums();
});

test("a summed week is read from its sums, not from its days", async () => {
  await sumWeeks(db, now, 100);
  const before = await countByPage(db, all);
  d1.query("DELETE FROM reading_days WHERE day >= '2026-01-12' AND day < '2026-03-16'");
  expect(sorted(await countByPage(db, all))).toEqual(sorted(before));
});

test("a late count is in every sum: while it waits, when it is aggregated, and when its week is summed again", async () => {
  await sumWeeks(db, now, 100);
  await writeTallies(db, [late("a", now - 600_000, 5)]);
  await expectSums();
  const states = [];
  for (const at of ["13:00", "13:20", "14:00", "14:20"]) {
    await runHourly(d1.binding(), Date.parse(`2026-03-20T${at}:00Z`));
    states.push([d1.query("SELECT 1 FROM tallies").length, summed().includes("2026-02-09")]);
    await expectSums();
  }
  expect(states).toEqual([
    [1, true],
    [1, false],
    [0, false],
    [0, true],
  ]);
});

test("a week with a waiting count is not summed, because an older version could aggregate it", async () => {
  await writeTallies(db, [late("a", now - 600_000, 5)]);
  await sumWeeks(db, now, 100);
  expect([summed().length, summed().includes("2026-02-09")]).toEqual([52, false]);
  // All that the older version does.
  await aggregateBuffered(db, now);
  await expectSums();
});

test("when a chapter moves, its counts move in every week, also if an older version moves them", async () => {
  d1.query("INSERT INTO release_state VALUES (1, 'x', '{}', '{}')");
  await sumWeeks(db, now, 100);
  await transact(db, [
    sql`INSERT INTO chapter_keys VALUES ('tea/cooling', 'ice/cooling')`,
    ...moveCounts([["tea/cooling", "ice/cooling"]]),
  ]);
  expect((await countByPage(db, all)).filter(({ page }) => page === "tea/cooling")).toEqual([]);
  await expectSums();
  await sumWeeks(db, now, 3);
  expect(summed()).toHaveLength(3);
  await expectSums();
  for (let run = 0; run < 7; run += 1) await sumWeeks(db, now);
  expect(summed()).toHaveLength(53);
  expect(d1.query("SELECT 1 FROM reading_weeks WHERE page = 'tea/cooling'")).toEqual([]);
  await expectSums();
});

test("summing twice, twice at once, or without the answer of D1, gives the same sums", async () => {
  await Promise.all([sumWeeks(db, now, 100), sumWeeks(db, now, 100)]);
  const views = viewsInWeeks();
  d1.query("DELETE FROM summed_weeks");
  await sumWeeks(db, now, 100);
  expect(viewsInWeeks()).toBe(views);
  d1.query("DELETE FROM summed_weeks");
  const silent = d1.binding(async ({ writes }, work) => {
    const result = work();
    if (writes) throw new Error("Network connection lost.");
    return result;
  });
  await expect(sumWeeks(openDatabase(silent), now, 100)).rejects.toThrow();
  await sumWeeks(db, now, 100);
  expect(viewsInWeeks()).toBe(views);
  await expectSums();
});

test("a run costs what it says: at most ten statements when weeks are summed, two when counts are aggregated", async () => {
  const spent = { queries: 0, calls: 0 };
  const binding = d1.binding(async ({ statements }, work) => {
    spent.queries += statements.length;
    spent.calls += 1;
    return work();
  });
  const cost = async (at: string) => {
    Object.assign(spent, { queries: 0, calls: 0 });
    const said = await runHourly(binding, Date.parse(`2026-03-20T${at}:00Z`));
    return { said, spent: { ...spent } };
  };
  expect(await cost("12:05")).toEqual({ said: undefined, spent: { queries: 0, calls: 0 } });
  expect(await cost("12:00")).toEqual({ said: { queries: 2, calls: 1 }, spent: { queries: 2, calls: 1 } });
  expect(await cost("12:30")).toEqual({ said: undefined, spent: { queries: 0, calls: 0 } });
  expect(await cost("12:20")).toEqual({ said: { queries: 10, calls: 3 }, spent: { queries: 10, calls: 3 } });
  expect(summed()).toHaveLength(8);
});

test("nothing is aggregated while the sums cannot be voided, and a later run does both", async () => {
  const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
  await sumWeeks(db, now, 100);
  await writeTallies(db, [late("a", now - 600_000, 5)]);
  const broken = d1.binding(async ({ statements }, work) => {
    if (statements.some((statement) => statement.startsWith("DELETE FROM summed_weeks"))) throw new Error("D1 is down");
    return work();
  });
  const hour = Date.parse("2026-03-20T13:00:00Z");
  await runHourly(broken, hour);
  await runHourly(broken, hour + 20 * 60_000);
  await runHourly(broken, hour + 60 * 60_000);
  expect([error.mock.calls.length, d1.query("SELECT 1 FROM tallies").length]).toEqual([1, 1]);
  await expectSums();
  await runHourly(d1.binding(), hour + 80 * 60_000);
  await runHourly(d1.binding(), hour + 120 * 60_000);
  expect(d1.query("SELECT 1 FROM tallies")).toEqual([]);
  await expectSums();
});

test("a backup adds waiting counts to their days, and has no sum without them", async () => {
  await sumWeeks(db, now, 100);
  await writeTallies(db, [late("a", now - 1000, 5)]);
  const text = d1.inside((sqlite) => `${[...dumpOf(sqlite)].join(";\n")};`);
  using copy = loadDump(text);
  expect(aggregateTallies(copy)).toBe(1);
  d1.inside((sqlite) => {
    for (const statement of [...dropsOf(sqlite), ...dumpOf(copy)]) sqlite.exec(statement);
  });
  expect([summed().length, summed().includes("2026-02-09")]).toEqual([52, false]);
  await expectSums();
});

test("the migration sums what the version before it has counted, and that version may go on counting", async () => {
  d1.inside((sqlite) => {
    for (const statement of dropsOf(sqlite)) sqlite.exec(statement);
  });
  d1.inside((sqlite) => migrate(sqlite, (name) => name < "0016"));
  fill();
  d1.query("INSERT INTO chapter_keys VALUES ('tea/ice', 'tea/cooling')");
  // Left behind by a cron trigger that was off for a month, and of this week.
  const today = new Date().toISOString().slice(0, 10);
  await writeTallies(db, [
    late("a", now - 600_000, 5),
    { id: "b", at: now - 600_000, counts: [[today, "tea/", "view", "", 7]] },
  ]);
  d1.query("INSERT INTO reading_days VALUES (?, 'tea/', 'view', '', 9)", today);
  d1.inside((sqlite) => migrate(sqlite, (name) => name >= "0016"));
  expect([summed().length, summed()[0], summed().at(-1), summed().includes("2026-02-09")]).toEqual([
    11,
    "2025-12-29",
    "2026-03-16",
    false,
  ]);
  await expectSums();
  await aggregateBuffered(db, now);
  await expectSums();
  expect(await countByDay(db, { from: today, to: today })).toEqual([{ day: today, measure: "view", count: 16 }]);
  await sumWeeks(db, now, 100);
  await expectSums();
});
