/** Tests that a backup has the last hour's buffered views only as daily sums, never as single events. */
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { aggregateTallies } from "../../../src/cli/backup/aggregate-tallies.ts";
import { dumpOf, loadDump } from "../../../src/cli/backup/dump.ts";
import { openDatabase } from "../../../src/db/database.ts";
import { aggregateBuffered, type Tally, writeTallies } from "../../../src/stats/aggregate.ts";
import { FakeD1, migrate } from "../../fakes/d1.ts";

const noon = Date.parse("2026-03-01T12:00:00Z");
/** The last one, written a second ago, is one reader's visit: its referrer, and that it was read to the end. */
const tallies: readonly Tally[] = [
  { id: "a", at: noon - 600_000, counts: [["2026-03-01", "tea/cooling", "view", "", 3]] },
  {
    id: "b",
    at: noon - 1000,
    counts: [
      ["2026-03-01", "tea/cooling", "view", "rare.example", 1],
      ["2026-03-01", "tea/cooling", "view", "", 1],
      ["2026-03-01", "tea/cooling", "finish", "", 1],
      ["2026-03-01", "tea/cooling", "seconds", "", 241],
    ],
  },
];
const known = "INSERT INTO reading_days VALUES ('2026-03-01', 'tea/cooling', 'view', '', 40)";

const days = "SELECT * FROM reading_days ORDER BY day, page, measure, source";
const view =
  "SELECT day, page, measure, source, SUM(count) AS count FROM reading GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4";

function copied(): DatabaseSync {
  const database = new DatabaseSync(":memory:");
  migrate(database);
  database.exec(known);
  const insert = database.prepare("INSERT INTO tallies VALUES (?, ?, ?)");
  for (const { id, at, counts } of tallies) insert.run(id, new Date(at).toISOString(), JSON.stringify(counts));
  return database;
}

test("no tally remains, the youngest neither, and no sum changes", () => {
  using database = copied();
  const before = database.prepare(view).all();
  expect(aggregateTallies(database)).toBe(2);
  expect(database.prepare("SELECT * FROM tallies").all()).toEqual([]);
  expect(database.prepare(view).all()).toEqual(before);
  const text = [...dumpOf(database)].join(";\n");
  expect(text).not.toContain("241]");
  using again = loadDump(`${text};`);
  expect(again.prepare(view).all()).toEqual(before);
  expect(aggregateTallies(again)).toBe(0);
});

test("the sums are those that the Worker makes", async () => {
  const d1 = new FakeD1();
  const db = openDatabase(d1.binding());
  d1.query(known);
  await writeTallies(db, tallies);
  await aggregateBuffered(db, noon + 3_600_000);
  using database = copied();
  aggregateTallies(database);
  expect(
    database
      .prepare(days)
      .all()
      .map((row) => ({ ...row })),
  ).toEqual(d1.query(days));
});

test("a database from before there were tallies stays as it is", () => {
  using database = new DatabaseSync(":memory:");
  database.exec("CREATE TABLE subscribers (id TEXT)");
  expect(aggregateTallies(database)).toBe(0);
});
