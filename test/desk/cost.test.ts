/**
 * Checks the rows that the desk reads: only those of the period it shows, however old the library and its newsletter
 * are.
 */

import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import { spans } from "../../src/db/reading-days.ts";
import { countDeliveriesWithin, findRecentEditions, listEditions } from "../../src/desk/editions/edition-queries.ts";
import { readOverview } from "../../src/desk/overview/overview.ts";
import { dayOf, lastDays } from "../../src/desk/period.ts";
import { countByDay, countByPage, countPageByDay } from "../../src/desk/reading/reading-queries.ts";
import { countChanges, listUnsubscribeReasons } from "../../src/desk/subscribers/subscriber-queries.ts";
import { countDeliveries, isOneOf } from "../../src/editions/delivery-counts.ts";
import { sumFinishedDays } from "../../src/stats/sum-days.ts";
import { sumWeeks } from "../../src/stats/sum-weeks.ts";
import { openWorld, type World } from "../world.ts";
import { fillDesk } from "./fill-desk.ts";
import { inventDesk } from "./invented-desk.ts";
import { meter } from "./metered-database.ts";
import { overviewQuestion } from "./overview-question.ts";

const now = "2026-03-20T12:00:00.000Z";
const pages = Array.from({ length: 24 }, (_, index) => `tea/chapter-${index}`);

let world: World;
let db: D1Database;
beforeAll(async () => {
  world = await openWorld();
  db = await world.database();
  // Ten thousand views per day for a year: a row for each day, page, measure and source.
  await fillDesk(
    db,
    inventDesk({ seed: 5, now, days: 365, viewsADay: 10_000, pages, people: 800, mailings: 12, answers: 100 }),
  );
  await sumWeeks(openDatabase(db), Date.parse(now), 100);
  await sumFinishedDays(openDatabase(db), Date.parse(now), 400);
});
afterAll(() => world[Symbol.asyncDispose]());

const overview = async (): Promise<number> => {
  const metered = meter(db);
  const question = overviewQuestion(Date.parse(now));
  await readOverview(openDatabase(metered.database), question);
  return metered.rowsRead;
};

const count = async (sql: string): Promise<number> => (await db.prepare(sql).first<number>("count")) ?? 0;

test("the overview reads no day that it does not show", async () => {
  const all = await count("SELECT COUNT(*) AS count FROM reading_days");
  const shown = await count("SELECT COUNT(*) AS count FROM reading_days WHERE day >= '2026-02-01'");
  const recent = await count("SELECT COUNT(*) AS count FROM reading_days WHERE day >= '2026-02-19'");
  expect(all).toBeGreaterThan(90_000);
  const before = await overview();
  await db.prepare("DELETE FROM reading_days WHERE day < '2026-02-01'").run();
  const after = await overview();
  expect(before - after).toBeLessThan(10);
  const rest = (await count("SELECT COUNT(*) AS count FROM subscribers")) * 4 + 5000;
  expect(before).toBeLessThan(2 * (shown + recent) + rest);
});

test("nor a copy of an edition that is over: a hundred thousand of them cost nothing", async () => {
  const before = await overview();
  await db.batch([
    db.prepare(`INSERT INTO editions (id, audience, chapters, state, opened_at, done_at, mails)
      VALUES ('each_old', 'each', '["old/chapter"]', 'done', '2025-05-01T00:00:00.000Z', '2025-05-01T01:00:00.000Z', '[]')`),
    db.prepare(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
      INSERT INTO deliveries (chapter_id, subscriber_id, edition_id, state, provider_id, changed_at)
      SELECT 'old/chapter', 's' || i, 'each_old', 'delivered', 're' || i, '2025-05-01T00:30:00.000Z' FROM n`),
  ]);
  // The edition itself is one of the rows.
  expect((await overview()) - before).toBeLessThan(10);
});

test("a copy of this month is read once to say what became of it, and once to say when it was mailed", async () => {
  const before = await overview();
  const many = 2000;
  await db.batch([
    db.prepare(`INSERT INTO editions (id, audience, chapters, state, opened_at, done_at, mails)
      VALUES ('each_new', 'each', '["new/chapter"]', 'done', '2026-03-19T00:00:00.000Z', '2026-03-19T01:00:00.000Z', '[]')`),
    db.prepare(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${many})
      INSERT INTO deliveries (chapter_id, subscriber_id, edition_id, state, provider_id, changed_at)
      SELECT 'new/chapter', 's' || i, 'each_new', 'delivered', 're' || i, '2026-03-19T00:30:00.000Z' FROM n`),
  ]);
  const cost = ((await overview()) - before) / many;
  await db.batch(
    ["editions", "deliveries"].map((table) =>
      db.prepare(`DELETE FROM ${table} WHERE ${table === "editions" ? "id" : "edition_id"} = 'each_new'`),
    ),
  );
  // Every query sorts what it has read, which reads it once more.
  expect(cost).toBeLessThan(4.1);
});

test("one edition's copies are read by their chapter, and no other's", async () => {
  const [edition] = await listEditions(openDatabase(db), 1);
  const own = await count(`SELECT COUNT(*) AS count FROM deliveries WHERE edition_id = '${edition?.id}'`);
  const metered = meter(db);
  await countDeliveries(openDatabase(metered.database), isOneOf([edition?.id ?? ""]));
  expect(own).toBeGreaterThan(100);
  // Grouping reads its temporary table again.
  expect(metered.rowsRead).toBeLessThan(3 * own + 50);
  expect(await findRecentEditions(openDatabase(db), Date.parse(now))).toEqual([]);
});

test("of a list so large that the first editions are all that a page may read, the others are not read", async () => {
  const editions = (await listEditions(openDatabase(db), 8)).map(({ id }) => id);
  const of = async (edition: string) =>
    (await countDeliveries(openDatabase(db), isOneOf([edition]))).reduce((sum, { recipients }) => sum + recipients, 0);
  const [first = "", second = "", third = ""] = editions;
  const room = (await of(first)) + (await of(second));
  const metered = meter(db);
  const counted = await countDeliveriesWithin(openDatabase(metered.database), isOneOf(editions), room);
  expect([...counted.keys()]).toEqual([first, second]);
  const own = await count(`SELECT COUNT(*) AS count FROM deliveries WHERE edition_id IN ('${first}', '${second}')`);
  expect(metered.rowsRead).toBeLessThan(3 * own + 50);
  // If one more recipient fits, the whole edition is counted: none is counted in part.
  expect([...(await countDeliveriesWithin(openDatabase(db), isOneOf(editions), room + 1)).keys()]).toEqual([
    first,
    second,
    third,
  ]);
  expect(counted.get(first)).toEqual(await countDeliveries(openDatabase(db), isOneOf([first])));
});

test("who went, and why, is found without reading the list", async () => {
  const period = { from: "2025-04-01", to: "2026-03-20" };
  const cost = async () => {
    const metered = meter(db);
    await countChanges(openDatabase(metered.database), period);
    await listUnsubscribeReasons(openDatabase(metered.database), 20);
    return metered.rowsRead;
  };
  const before = await cost();
  await db
    .prepare(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
      INSERT INTO subscribers (id, email, address_key, state, leave_key, requested_at, confirmed_at)
      SELECT 'many' || i, i || '@example.com', i || '@example.com', 'confirmed', 'x', '2020-01-01', '2020-01-01' FROM n`)
    .run();
  expect((await cost()) - before).toBeLessThan(10);
  await db.prepare("DELETE FROM subscribers WHERE id LIKE 'many%'").run();
});

test("a chapter's days are looked up one by one, and no other chapter's rows are read", async () => {
  const metered = meter(db);
  const counts = await countPageByDay(
    openDatabase(metered.database),
    "tea/chapter-3",
    lastDays(dayOf(Date.parse(now)), 364),
  );
  expect(counts.length).toBeGreaterThan(1000);
  // A row for each day, two readings of the list of days, and the tallies of today.
  expect(metered.rowsRead).toBeLessThan(3 * 364 + 300);
});

test("a period costs a few rows for each of its days and pages, and the counts of today", async () => {
  const today = await count("SELECT COUNT(*) AS count FROM reading_days WHERE day = '2026-03-20'");
  for (const days of spans) {
    const metered = meter(db);
    const period = lastDays(dayOf(Date.parse(now)), days);
    await countByPage(openDatabase(metered.database), period);
    await countByDay(openDatabase(metered.database), period);
    // Before finished days were summed, 52 weeks cost 44,000 rows.
    expect(metered.rowsRead).toBeLessThan(5 * days + 5 * pages.length + 5 * today + 500);
  }
});
