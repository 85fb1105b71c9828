/**
 * Checks aggregation of buffered counts into days: each count arrives exactly once, whatever fails, repeats or
 * overlaps.
 */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { catalogueAt } from "../../src/library/catalogue.ts";
import type { Manifest } from "../../src/library/manifest.ts";
import { aggregateBuffered, aggregateHourly, type Tally, writeTallies } from "../../src/stats/aggregate.ts";
import { gatherMs, ReadingCounter } from "../../src/stats/reading-counter.ts";
import { type Around, FakeD1 } from "../fakes/d1.ts";
import { firefox } from "./reading-world.ts";

const noon = Date.parse("2026-03-01T12:00:00Z");
let d1: FakeD1;
let db: Database;
beforeEach(() => {
  d1 = new FakeD1();
  db = openDatabase(d1.binding());
});

const tally = (id: string, at: number, ...counts: Tally["counts"]): Tally => ({ id, at, counts });
const view = (page: string, count: number, source = ""): Tally["counts"][number] => [
  "2026-03-01",
  page,
  "view",
  source,
  count,
];
const sums = (table: "reading" | "reading_days") =>
  d1.query(`SELECT page, measure, source, SUM(count) AS count FROM ${table} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`);
const tallies = () => d1.query<{ id: string }>("SELECT id FROM tallies").map(({ id }) => id);
const minutes = (count: number) => noon + 60_000 * count;

const some = [
  tally("a", noon, view("tea/cooling", 3), view("tea/cooling", 2, "example.org")),
  tally("b", noon, view("tea/cooling", 4), view("tea/", 1)),
];
const both = [
  { page: "tea/", measure: "view", source: "", count: 1 },
  { page: "tea/cooling", measure: "view", source: "", count: 7 },
  { page: "tea/cooling", measure: "view", source: "example.org", count: 2 },
];

test("the view has everything at once: before tallies are added up, and after, and with later ones beside them", async () => {
  await writeTallies(db, some);
  expect([sums("reading"), sums("reading_days")]).toEqual([both, []]);
  await aggregateBuffered(db, minutes(10));
  expect([sums("reading"), sums("reading_days"), tallies()]).toEqual([both, both, []]);
  await writeTallies(db, [tally("c", minutes(9), view("tea/", 5))]);
  expect(sums("reading")[0]).toMatchObject({ page: "tea/", count: 6 });
  await aggregateBuffered(db, minutes(20));
  expect(sums("reading_days")[0]).toMatchObject({ page: "tea/", count: 6 });
});

test("a tally that is written twice counts once", async () => {
  await writeTallies(db, some);
  await writeTallies(db, some);
  expect(sums("reading")).toEqual(both);
});

test("a tally rests for five minutes before it is added up, so that a late repetition of its write meets it", async () => {
  await writeTallies(db, some);
  await aggregateBuffered(db, minutes(4));
  expect(tallies()).toEqual(["a", "b"]);
  await aggregateBuffered(db, minutes(6));
  expect(tallies()).toEqual([]);
});

test("of two runs at once the second finds nothing left", async () => {
  await writeTallies(db, some);
  await Promise.all([aggregateBuffered(db, minutes(10)), aggregateBuffered(db, minutes(10))]);
  expect(sums("reading_days")).toEqual(both);
});

test("a run that is killed has done all or nothing, and the next one does the rest", async () => {
  await writeTallies(db, some);
  const lost: Around = async () => {
    throw new Error("Network connection lost.");
  };
  const silent: Around = async (_, work) => {
    work();
    throw new Error("Network connection lost.");
  };
  await expect(aggregateBuffered(openDatabase(d1.binding(lost)), minutes(10))).rejects.toThrow();
  expect([sums("reading"), sums("reading_days")]).toEqual([both, []]);
  await expect(aggregateBuffered(openDatabase(d1.binding(silent)), minutes(10))).rejects.toThrow();
  expect([sums("reading_days"), tallies()]).toEqual([both, []]);
  await aggregateBuffered(db, minutes(15));
  expect(sums("reading_days")).toEqual(both);
});

test("when the second half of it fails, the first has not happened", async () => {
  await writeTallies(db, some);
  d1.query("CREATE TRIGGER broken BEFORE DELETE ON tallies BEGIN SELECT RAISE(ABORT, 'no'); END");
  await expect(aggregateBuffered(db, minutes(10))).rejects.toThrow();
  expect([sums("reading_days"), tallies()]).toEqual([[], ["a", "b"]]);
});

test("a run adds up so many tallies, and deletes exactly those", async () => {
  await writeTallies(
    db,
    Array.from({ length: 25 }, (_, index) => tally(`t${index}`, noon, view("tea/", 1))),
  );
  for (const left of [15, 5, 0, 0]) {
    await aggregateBuffered(db, minutes(10), 10);
    expect(tallies()).toHaveLength(left);
    expect(sums("reading")).toEqual([{ page: "tea/", measure: "view", source: "", count: 25 }]);
  }
});

test("once an hour, and a database that is down stops nothing", async () => {
  const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
  await writeTallies(db, some);
  expect(await aggregateHourly(d1.binding(), minutes(55))).toBeUndefined();
  expect(tallies()).toHaveLength(2);
  const down = d1.binding(async () => {
    throw new Error("D1 is down");
  });
  expect(await aggregateHourly(down, minutes(60))).toEqual({ queries: 2, calls: 1 });
  expect(error).toHaveBeenCalledOnce();
  expect(await aggregateHourly(d1.binding(), minutes(60))).toEqual({ queries: 2, calls: 1 });
  expect([sums("reading_days"), tallies()]).toEqual([both, []]);
});

test("hand-over to the days costs two statements, whatever there is", async () => {
  await writeTallies(db, some);
  const calls: number[] = [];
  const binding = d1.binding(async ({ statements }, work) => {
    calls.push(statements.length);
    return work();
  });
  await aggregateHourly(binding, minutes(60));
  expect(calls).toEqual([2]);
});

/** An isolate with its own clock: Node's timers replace the platform's. */
function openIsolate(around?: Around) {
  const counter = new ReadingCounter();
  const manifest = { books: [], redirects: {} } as unknown as Manifest;
  const pending: Promise<unknown>[] = [];
  let readers = 0;
  const answering = {
    catalogue: catalogueAt(noon, manifest),
    bindings: { DB: d1.binding(around), ORIGIN: "https://library.example" },
    context: { waitUntil: (work: Promise<unknown>) => void pending.push(work) },
  };
  return {
    pending,
    open: (headers: Record<string, string> = {}) => {
      readers += 1;
      const ip = `10.${readers >> 8}.${readers & 255}.1`;
      const request = new Request("https://library.example/", {
        headers: { "User-Agent": firefox, "cf-connecting-ip": ip, ...headers },
      });
      counter.countView(request as never, 200, answering);
    },
    answering,
    counter,
  };
}

const homeViews = () => d1.query<{ sum: number }>("SELECT COALESCE(SUM(count), 0) AS sum FROM reading")[0]?.sum;

beforeEach(() => {
  vi.useFakeTimers({ now: noon });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("a thousand views in twenty seconds are one row, carried by one request; the platform ends such work after thirty", async () => {
  const isolate = openIsolate();
  for (let index = 0; index < 1000; index += 1) {
    isolate.open();
    await vi.advanceTimersByTimeAsync(19);
  }
  expect([isolate.pending.length, tallies().length]).toEqual([1, 0]);
  await vi.advanceTimersByTimeAsync(gatherMs);
  expect([isolate.pending.length, tallies().length, homeViews()]).toEqual([1, 1, 1000]);
  expect(gatherMs).toBeLessThan(30_000);
});

test("when the request that was to write has died, a later one takes over, and nothing is lost", async () => {
  const isolate = openIsolate();
  isolate.open();
  // The platform ended it, so its timer never fires.
  vi.clearAllTimers();
  await vi.advanceTimersByTimeAsync(2 * gatherMs);
  isolate.open();
  await vi.advanceTimersByTimeAsync(gatherMs);
  expect([isolate.pending.length, homeViews()]).toEqual([2, 2]);
});

test("while D1 is down what was gathered is kept for three minutes, and complained about once", async () => {
  const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
  let isDown = true;
  const isolate = openIsolate(async (_, work) => {
    if (isDown) throw new Error("D1 is down");
    return work();
  });
  for (let index = 0; index < 5; index += 1) {
    isolate.open();
    await vi.advanceTimersByTimeAsync(gatherMs);
  }
  expect([homeViews(), error.mock.calls.length]).toEqual([0, 1]);
  isDown = false;
  isolate.open();
  await vi.advanceTimersByTimeAsync(gatherMs);
  expect(homeViews()).toBe(6);
});

test("a write whose answer was lost is repeated under its own name, and counts once", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  let losesAnswers = true;
  const isolate = openIsolate(async (_, work) => {
    const result = work();
    if (losesAnswers) throw new Error("Nobody knows");
    return result;
  });
  isolate.open();
  await vi.advanceTimersByTimeAsync(gatherMs);
  losesAnswers = false;
  isolate.open();
  await vi.advanceTimersByTimeAsync(gatherMs);
  expect([homeViews(), tallies().length]).toEqual([2, 2]);
});

test("what goes wrong while counting is logged once, and no page hears of it", () => {
  const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { counter, answering } = openIsolate();
  const broken = { ...answering, catalogue: undefined as never };
  const request = new Request("https://library.example/tea/", { headers: { "User-Agent": firefox } });
  for (let index = 0; index < 3; index += 1) counter.countView(request as never, 200, broken);
  expect(error).toHaveBeenCalledOnce();
});
