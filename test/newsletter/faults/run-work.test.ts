/** Tests the CPU of a run (10 ms on Workers Free): by default a run composes one email or sends three batches. */
import { expect, test } from "vitest";
import { CronTown, newsAt } from "./cron-town.ts";

async function openFullTown(readers: number, books: (index: number) => readonly string[] | null = () => null) {
  const town = new CronTown();
  town.volumes = [newsAt(Date.parse("2025-03-01"), "tea", "history")];
  await town.cron();
  for (let index = 0; index < readers; index += 1) town.readers.join({ books: books(index) });
  return town;
}

/** Batches sent and emails composed by each run, until everything is sent. */
async function workOf(town: CronTown): Promise<{ readonly batches: number; readonly composed: number }[]> {
  const frozen = () => town.kv.keys().filter((key) => key.startsWith("mail/template/")).length;
  const posted = () => town.resend.calls.filter(({ body }) => body.includes('"edition"')).length;
  const runs = [];
  const isOpen = () => town.d1.query("SELECT 1 FROM editions WHERE state = 'sending'").length > 0;
  do {
    const [batches, mails] = [posted(), frozen()];
    await town.cron();
    runs.push({ batches: posted() - batches, composed: frozen() - mails });
  } while (isOpen() && runs.length < 100);
  return runs;
}

test("a chapter to 950 subscribers: one batch in the run that composes it, then three in each", async () => {
  const town = await openFullTown(950);
  town.publish(newsAt(town.time, "tea", "cooling"));
  const three = { batches: 3, composed: 0 };
  expect(await workOf(town)).toEqual([{ batches: 1, composed: 1 }, three, three, three]);
  expect(town.states()).toEqual({ accepted: 950 });
});

test("seven different emails are composed in seven runs, and everyone has theirs", async () => {
  const books = [null, ["tea"], ["coffee"], ["clay"], ["tea", "coffee"], ["coffee", "clay"], ["tea", "clay"]];
  const town = await openFullTown(210, (index) => books[index % books.length] ?? null);
  town.publish(...["tea", "coffee", "clay"].map((book) => newsAt(town.time, book, `of-${book}`)));
  const runs = await workOf(town);
  expect(runs.filter(({ composed }) => composed === 1)).toHaveLength(7);
  expect(runs.filter(({ composed, batches }) => composed > 1 || batches > 3 - 2 * composed)).toEqual([]);
  expect(runs.length).toBeLessThanOrEqual(12);
  // 30 readers of three books, 90 of two, 90 of one.
  expect(town.states()).toEqual({ accepted: 90 + 180 + 90 });
});

test("with more mails a run, as Workers Paid allows, composing weighs little", async () => {
  const town = await openFullTown(2000);
  town.settings = { MAILS_PER_RUN: "20000", CALLS_PER_RUN: "1000" };
  town.publish(newsAt(town.time, "tea", "cooling"));
  expect(await workOf(town)).toEqual([{ batches: 20, composed: 1 }]);
});

test("even with the smallest limit every run goes on", async () => {
  const town = await openFullTown(250);
  town.settings = { MAILS_PER_RUN: "100" };
  town.publish(newsAt(town.time, "tea", "cooling"));
  const runs = await workOf(town);
  expect(runs.every(({ batches }) => batches === 1)).toBe(true);
  expect(town.states()).toEqual({ accepted: 250 });
});
