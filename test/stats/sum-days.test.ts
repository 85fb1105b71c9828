/**
 * Tests that periods read from the sums of finished days equal those read count by count, on each day, whatever changes past
 * days: late counts, chapters that move, an upgrade, and the version before it still running.
 */
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { aggregateTallies } from "../../src/cli/backup/aggregate-tallies.ts";
import { dumpOf, loadDump } from "../../src/cli/backup/dump.ts";
import { type Database, openDatabase, transact } from "../../src/db/database.ts";
import { addDays, daysOf, lastDays } from "../../src/desk/period.ts";
import { countByDay, countByPage, countMostViewed, countPageByDay } from "../../src/desk/reading/reading-queries.ts";
import { moveCounts } from "../../src/editions/chapters/counted-names.ts";
import { aggregateBuffered, type Tally, writeTallies } from "../../src/stats/aggregate.ts";
import { runHourly } from "../../src/stats/hourly.ts";
import { sumFinishedDays } from "../../src/stats/sum-days.ts";
import { sumWeeks } from "../../src/stats/sum-weeks.ts";
import { dropsOf } from "../cli/backup/drops.ts";
import { FakeD1, migrate } from "../fakes/d1.ts";
import { expectDays, rowsOf, sorted } from "./expect-days.ts";

/** A Friday. */
const today = "2026-03-20";
const at = (day: string, time = "12:00"): number => Date.parse(`${day}T${time}:00Z`);

let d1: FakeD1;
let db: Database;
const count = (days: readonly string[]) =>
  d1.query(
    "INSERT INTO reading_days SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?) RETURNING 1",
    JSON.stringify(days.flatMap(rowsOf)),
  );
beforeEach(() => {
  d1 = new FakeD1();
  db = openDatabase(d1.binding());
  count(daysOf({ from: "2025-02-01", to: today }));
});
afterEach(() => {
  vi.restoreAllMocks();
});

const state = () => d1.query<{ since: string; until: string }>("SELECT since, until FROM summed_days")[0];
const expectSums = (day = today) => expectDays(d1, day);
/** All sums, and all days as the desk reads them. */
const sums = () =>
  ["reading_pages", "reading_spans", "summed_days"].map((table) =>
    sorted(d1.query<object>(`SELECT * FROM ${table}`)).join("\n"),
  );

const late = (id: string, day: string): Tally => ({
  id,
  at: at(today, "11:50"),
  counts: [
    [day, "tea/cooling", "view", "late.example", 5],
    [day, "tea/late", "view", "", 70],
  ],
});

test("days are summed until yesterday, the latest first, so many in a run", async () => {
  await sumFinishedDays(db, at(today));
  expect(state()).toEqual({ since: "2026-01-23", until: "2026-03-19" });
  await expectSums();
  await sumFinishedDays(db, at(today));
  expect(state()).toEqual({ since: "2025-11-28", until: "2026-03-19" });
  await expectSums();
  for (let run = 0; run < 5; run += 1) await sumFinishedDays(db, at(today));
  expect(state()).toEqual({ since: "2025-03-14", until: "2026-03-19" });
  await expectSums();
});

test("each day continues the sums, and each is right before its run and after it", async () => {
  await sumFinishedDays(db, at(today), 400);
  for (let day = today; day < "2026-04-01"; ) {
    day = addDays(day, 1);
    count([day]);
    await expectSums(day);
    await sumFinishedDays(db, at(day));
    expect(state()?.until).toBe(addDays(day, -1));
    await expectSums(day);
  }
  // What was continued is what would have been summed at once.
  const continued = sums()[1];
  d1.query("DELETE FROM summed_days");
  await sumFinishedDays(db, at("2026-04-01"), 400);
  expect(sums()[1]).toBe(continued);
});

test("without a run for days, the desk adds them to the sums; after more than a week, it reads no sum of a period", async () => {
  await sumFinishedDays(db, at(today), 400);
  for (let day = today; day < "2026-03-31"; ) {
    day = addDays(day, 1);
    count([day]);
    await expectSums(day);
  }
  await sumFinishedDays(db, at("2026-03-31"));
  expect(state()).toEqual({ since: "2026-02-03", until: "2026-03-30" });
  await expectSums("2026-03-31");
});

test("finished days are read from sums, not from their counts", async () => {
  await sumFinishedDays(db, at(today), 400);
  const read = async () => [
    sorted(await countByPage(db, lastDays(today, 364))),
    sorted(await countByDay(db, lastDays(today, 364))),
    sorted(await countPageByDay(db, "tea/cooling", lastDays(today, 364))),
    JSON.stringify([...(await countMostViewed(db, lastDays(today, 30), 3))]),
  ];
  const before = await read();
  d1.query("DELETE FROM reading_days WHERE day < ?", today);
  expect(await read()).toEqual(before);
});

test("a late count is in every sum: while it waits, when it is aggregated, and when its day is summed again", async () => {
  await sumFinishedDays(db, at(today), 400);
  await writeTallies(db, [late("a", "2026-03-10"), { ...late("b", today), at: at(today, "11:40") }]);
  await expectSums();
  const states = [];
  for (const time of ["13:00", "13:20", "13:40", "14:00", "14:20", "14:40"]) {
    await runHourly(d1.binding(), at(today, time));
    states.push([
      d1
        .query<{ id: string }>("SELECT id FROM tallies")
        .map(({ id }) => id)
        .join(),
      state()?.until,
    ]);
    await expectSums();
  }
  expect(states).toEqual([
    ["a", "2026-03-19"],
    ["a", undefined],
    ["a", undefined],
    ["", undefined],
    ["", undefined],
    ["", "2026-03-19"],
  ]);
});

test("nothing is summed while a count of these days waits, because an older version could aggregate it", async () => {
  await writeTallies(db, [late("a", "2026-03-10")]);
  await sumFinishedDays(db, at(today));
  expect(state()).toBeUndefined();
  await aggregateBuffered(db, at(today));
  await sumFinishedDays(db, at(today));
  expect(state()?.until).toBe("2026-03-19");
  await expectSums();
  // One that arrives between the question and the sums.
  const next = addDays(today, 1);
  const slow = d1.binding(async ({ writes }, work) => {
    if (writes) await writeTallies(db, [late("b", today)]);
    return work();
  });
  await sumFinishedDays(openDatabase(slow), at(next));
  expect(state()?.until).toBe("2026-03-19");
  await expectSums(next);
});

test("when a chapter moves, its counts move in every sum, also if an older version moves them and sums the weeks", async () => {
  d1.query("INSERT INTO release_state VALUES (1, 'x', '{}', '{}')");
  await sumWeeks(db, at(today), 100);
  await sumFinishedDays(db, at(today), 400);
  await transact(db, [
    sql`INSERT INTO chapter_keys VALUES ('tea/cooling', 'ice/cooling')`,
    ...moveCounts([["tea/cooling", "ice/cooling"]]),
  ]);
  await expectSums();
  await sumWeeks(db, at(today), 100);
  expect((await countByPage(db, lastDays(today, 364))).filter(({ page }) => page === "tea/cooling")).toEqual([]);
  await expectSums();
  await sumFinishedDays(db, at(today));
  expect(d1.query("SELECT 1 FROM reading_spans WHERE page = 'tea/cooling'")).toEqual([]);
  expect(state()).toEqual({ since: "2026-01-23", until: "2026-03-19" });
  await expectSums();
  // The same again, between the question for the keys and the sums.
  const next = addDays(today, 1);
  count([next]);
  const slow = d1.binding(async ({ writes }, work) => {
    if (writes) d1.query("INSERT INTO chapter_keys VALUES ('tea/a', 'tea/b') ON CONFLICT DO NOTHING RETURNING 1");
    return work();
  });
  await sumFinishedDays(openDatabase(slow), at(next));
  await expectSums(next);
});

test("summing twice, twice at once, or without the answer of D1, gives the same sums", async () => {
  await Promise.all([sumFinishedDays(db, at(today), 400), sumFinishedDays(db, at(today), 400)]);
  const next = addDays(today, 1);
  const expected = sums();
  await sumFinishedDays(db, at(today), 400);
  expect(sums()).toEqual(expected);
  await Promise.all([sumFinishedDays(db, at(next)), sumFinishedDays(db, at(next))]);
  const continued = sums();
  d1.query("DELETE FROM summed_days");
  const silent = d1.binding(async ({ writes }, work) => {
    const result = work();
    if (writes) throw new Error("Network connection lost.");
    return result;
  });
  await expect(sumFinishedDays(openDatabase(silent), at(next), 400)).rejects.toThrow();
  await sumFinishedDays(db, at(next), 400);
  expect(sums()[1]).toBe(continued[1]);
  await expectSums(next);
});

test("a clock that was set back uses no sum of days to come", async () => {
  await sumFinishedDays(db, at(today), 400);
  await expectSums("2026-03-12");
  await sumFinishedDays(db, at("2026-03-12"));
  expect(state()).toEqual({ since: "2026-01-15", until: "2026-03-11" });
  await expectSums("2026-03-12");
});

test("a run costs what it says, and in most hours one query", async () => {
  const spent = { queries: 0, calls: 0 };
  const binding = d1.binding(async ({ statements }, work) => {
    spent.queries += statements.length;
    spent.calls += 1;
    return work();
  });
  const cost = async (day: string) => {
    Object.assign(spent, { queries: 0, calls: 0 });
    const said = await runHourly(binding, at(day, "01:40"));
    return { said, spent: { ...spent } };
  };
  const most = { queries: 9, calls: 2 };
  expect(await cost(today)).toEqual({ said: most, spent: most });
  await sumFinishedDays(db, at(today), 400);
  expect(await cost(today)).toEqual({ said: most, spent: { queries: 1, calls: 1 } });
  expect(await cost(addDays(today, 1))).toEqual({ said: most, spent: most });
});

test("a failure is logged, and the next run sums", async () => {
  const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const broken = d1.binding(async ({ writes }, work) => {
    if (writes) throw new Error("D1 is down");
    return work();
  });
  await runHourly(broken, at(today, "01:40"));
  expect(error.mock.calls.map(([message]) => message)).toEqual([
    "The days of reading statistics could not be summed; the next hourly run will retry.",
  ]);
  expect(state()).toBeUndefined();
  await runHourly(d1.binding(), at(today, "02:40"));
  expect(state()?.until).toBe("2026-03-19");
});

test("a backup adds waiting counts to their days, and has no sum without them", async () => {
  await sumFinishedDays(db, at(today), 400);
  for (const [day, until] of [
    [today, "2026-03-19"],
    ["2026-03-10", undefined],
  ] as const) {
    await writeTallies(db, [late(day, day)]);
    const text = d1.inside((sqlite) => `${[...dumpOf(sqlite)].join(";\n")};`);
    using copy = loadDump(text);
    expect(aggregateTallies(copy)).toBe(1);
    d1.inside((sqlite) => {
      for (const statement of [...dropsOf(sqlite), ...dumpOf(copy)]) sqlite.exec(statement);
    });
    expect(state()?.until).toBe(until);
    await expectSums();
  }
});

test("after the migration the desk shows the counts of the version before it, which may go on counting", async () => {
  d1.inside((sqlite) => {
    for (const statement of dropsOf(sqlite)) sqlite.exec(statement);
  });
  d1.inside((sqlite) => migrate(sqlite, (name) => name < "0017"));
  count(daysOf({ from: "2025-02-01", to: today }));
  await writeTallies(db, [late("a", today)]);
  d1.inside((sqlite) => migrate(sqlite, (name) => name >= "0017"));
  await expectSums();
  await sumFinishedDays(db, at(today));
  await expectSums();
  // All that the version before does with the counts of a day: it knows neither these sums nor that they may be void.
  const next = addDays(today, 1);
  d1.query("INSERT INTO reading_days VALUES (?, 'tea/', 'view', 'old.example', 3)", today);
  d1.query("DELETE FROM tallies");
  await expectSums();
  await sumFinishedDays(db, at(next));
  await expectSums(next);
});
