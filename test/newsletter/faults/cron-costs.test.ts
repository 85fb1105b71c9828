/**
 * Measures the cost of cron runs independently of the engine: no run exceeds the 50 D1 statements or 50 subrequests of
 * Workers Free, and later runs complete the work.
 */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { messageOf } from "../../../src/db/database.ts";
import { pingCost } from "../../../src/pings/run-pings.ts";
import { aggregateCost } from "../../../src/stats/aggregate.ts";
import { CronTown, newsAt, type RunCost } from "./cron-town.ts";
import { brokenPromises } from "./promise.ts";
import { day, hour } from "./town.ts";

const logged: string[] = [];
beforeEach(() => {
  logged.length = 0;
  vi.spyOn(console, "error").mockImplementation((_, error) => void logged.push(messageOf(error)));
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
});
afterEach(() => void vi.restoreAllMocks());

/** A started newsletter with readers of several books; each run also has transactional emails to send. */
async function openCronTown(readers: number): Promise<CronTown> {
  const town = new CronTown();
  town.volumes = [newsAt(Date.parse("2025-03-01"), "tea", "history")];
  town.waitingLetters = 6;
  await town.cron();
  const books = [null, ["tea"], ["coffee"], ["clay"], ["tea", "coffee"], ["coffee", "clay"], ["tea", "clay"]];
  for (let index = 0; index < readers; index += 1) {
    town.readers.join({ books: books[index % books.length] ?? null, frequency: index % 10 === 9 ? "weekly" : "each" });
  }
  return town;
}

/** Runs until nothing is open, at most `most` times; returns the cost of each run. */
async function runs(town: CronTown, most: number): Promise<RunCost[]> {
  const costs: RunCost[] = [];
  for (let run = 0; run < most; run += 1) costs.push(await town.cron());
  return costs;
}

function expectWithin(costs: readonly RunCost[], most = 50): void {
  const [statements, calls] = [
    Math.max(...costs.map((cost) => cost.statements)),
    Math.max(...costs.map((cost) => cost.calls)),
  ];
  expect(statements).toBeLessThanOrEqual(most);
  expect(calls).toBeLessThanOrEqual(most);
  expect(logged.filter((error) => error.includes("CALLS_PER_RUN"))).toEqual([]);
}

const isDone = (town: CronTown): boolean =>
  town.d1.query("SELECT 1 FROM editions WHERE state = 'sending'").length === 0;

test("one chapter to 400 readers, with letters in every run", async () => {
  const town = await openCronTown(400);
  town.publish(newsAt(town.time, "tea", "cooling"));
  const costs = await runs(town, 12);
  expectWithin(costs);
  expect(isDone(town)).toBe(true);
  expect(town.states()).toEqual({ accepted: 206 });
});

test("runs that have added up what was read keep within the same bounds, and the mailing gets done", async () => {
  const town = await openCronTown(400);
  town.spent = aggregateCost;
  town.publish(newsAt(town.time, "tea", "cooling"));
  expectWithin(await runs(town, 12));
  expect(isDone(town)).toBe(true);
  expect(town.states()).toEqual({ accepted: 206 });
});

test("so do runs that have told the hub and IndexNow as much as a run may, and the edition is opened in the first", async () => {
  const town = await openCronTown(400);
  town.spent = pingCost;
  town.publish(newsAt(town.time, "tea", "cooling"));
  expectWithin(await runs(town, 1));
  expect(town.d1.query("SELECT state FROM editions WHERE audience = 'each'")).toEqual([{ state: "sending" }]);
  expectWithin(await runs(town, 11));
  expect(isDone(town)).toBe(true);
  expect(town.states()).toEqual({ accepted: 206 });
});

test("a run without anything to do costs next to nothing", async () => {
  const town = await openCronTown(10);
  town.waitingLetters = 0;
  await runs(town, 3);
  const costs = await runs(town, 2);
  expect(Math.min(...costs.map(({ statements }) => statements))).toBeLessThanOrEqual(11);
  expectWithin(costs, 16);
});

test("five chapters of three books at once: seven different mails, each with its pictures", async () => {
  const town = await openCronTown(210);
  town.publish(
    ...["cooling", "oolong"].map((id) => newsAt(town.time, "tea", id)),
    ...["roasting", "grinding"].map((id) => newsAt(town.time, "coffee", id)),
    newsAt(town.time, "clay", "glazing"),
  );
  expectWithin(await runs(town, 25));
  expect(isDone(town)).toBe(true);
  // Each reader got every chapter of their books, so sealing skipped nobody.
  const perBook = { tea: 2, coffee: 2, clay: 1 } as const;
  const owed = [...town.readers.all.values()]
    .filter(({ frequency }) => frequency === "each")
    .flatMap(({ alwaysWanted }) => alwaysWanted ?? ["tea", "coffee", "clay"])
    .map((book) => perBook[book as keyof typeof perBook])
    .reduce((all, chapters) => all + chapters, 0);
  expect(town.states()).toEqual({ accepted: owed });
});

test("ten mailings open at the same time, digests among them", async () => {
  const town = await openCronTown(120);
  town.resend.quota.maxPerDay = 0;
  for (let count = 0; count < 8; count += 1) {
    town.publish(newsAt(town.time, ["tea", "coffee", "clay"][count % 3] ?? "tea", `news-${count}`));
    await town.cron();
    town.d1.query("UPDATE newsletter SET hold_until = NULL");
  }
  town.time = Date.parse("2026-02-02T06:00:00.000Z");
  expectWithin(await runs(town, 2));
  expect(town.d1.query("SELECT 1 FROM editions WHERE state = 'sending'").length).toBeGreaterThan(8);
  town.resend.quota.maxPerDay = Number.POSITIVE_INFINITY;
  town.time += day;
  expectWithin(await runs(town, 40));
  expect(isDone(town)).toBe(true);
});

test("batches that are turned away whole, and halved down to the one bad copy", async () => {
  const town = await openCronTown(300);
  town.publish(newsAt(town.time, "tea", "cooling"));
  town.resend.refuseWhole = (messages) => messages.some(({ to }) => to[0] === "s00008@example.org");
  expectWithin(await runs(town, 20));
  expect([isDone(town), town.states()]).toEqual([true, { accepted: 154, failed: 1 }]);
});

test("everything is refused: the edition stops within the same limits", async () => {
  const town = await openCronTown(100);
  town.publish(newsAt(town.time, "tea", "cooling"));
  town.resend.refuseWhole = (messages) => messages[0]?.subject !== "s";
  expectWithin(await runs(town, 30));
  expect(town.d1.query("SELECT state, stop_reason AS why FROM editions WHERE audience = 'each'")).toMatchObject([
    { state: "stopped", why: "refused" },
  ]);
});

test.each<[string, (town: CronTown) => void]>([
  [
    "a conflict",
    (town) => {
      town.waitingLetters = 0;
      const body = { name: "invalid_idempotent_request", message: "Other." };
      for (let call = 0; call < 3; call += 1) town.resend.troubles.push({ kind: "answer", status: 409, body });
    },
  ],
  [
    "a wrong key",
    (town) => {
      town.resend.apiKey = "re_other";
    },
  ],
  [
    "a day's quota",
    (town) => {
      town.resend.quota.maxPerDay = 40;
    },
  ],
  [
    "lost answers",
    (town) => {
      town.resend.troubles.push(...Array.from({ length: 60 }, () => ({ kind: "cut", taken: true }) as const));
    },
  ],
  [
    "rates",
    (town) => {
      town.resend.troubles.push(...Array.from({ length: 60 }, () => ({ kind: "rate", retryAfter: "1" }) as const));
    },
  ],
  [
    "every third write lost once",
    (town) => {
      town.losesWrite = (nth) => nth % 3 === 1;
    },
  ],
  [
    "every write from the tenth on lost",
    (town) => {
      town.losesWrite = (nth) => nth >= 10;
    },
  ],
])("%s, day after day", async (_, befall) => {
  const town = await openCronTown(250);
  town.publish(newsAt(town.time, "tea", "cooling"), newsAt(town.time, "coffee", "roasting"));
  befall(town);
  const costs: RunCost[] = [];
  for (let days = 0; days < 4; days += 1) {
    costs.push(...(await runs(town, 8)));
    town.time += 25 * hour;
  }
  expectWithin(costs);
});

test("a database that is set back is met within the limits, and a library of a hundred chapters begins within them", async () => {
  const town = await openCronTown(100);
  const saved = town.d1.snapshot();
  town.publish(newsAt(town.time, "tea", "cooling"));
  await runs(town, 4);
  town.restore(saved);
  town.time += hour;
  expectWithin(await runs(town, 4));
  // This town notifies the author by email, which promise.ts does not check.
  expect(brokenPromises(town).filter((promise) => !promise.endsWith("the author was not told."))).toEqual([]);
  const notices = town.resend.inbox("author@example.org").map(({ subject }) => subject);
  expect(notices).toEqual([expect.stringContaining("rolled back")]);

  const large = new CronTown();
  large.volumes = Array.from({ length: 100 }, (_, index) =>
    newsAt(large.time - day, `book-${index % 9}`, `chapter-${index}`),
  );
  expectWithin(await runs(large, 3));
});

test("more is done where the plan allows more", async () => {
  const town = await openCronTown(0);
  for (let index = 0; index < 3000; index += 1) town.readers.join();
  town.settings = { CALLS_PER_RUN: "1000", MAILS_PER_RUN: "3000" };
  town.publish(newsAt(town.time, "tea", "cooling"));
  const [first, ...others] = await runs(town, 3);
  expect(town.states()).toEqual({ accepted: 3000 });
  expect(first?.statements).toBeGreaterThan(50);
  expectWithin(others, 60);
});
