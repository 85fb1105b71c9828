/** Tests digest readers who pause until a chapter is too old for digests: each delivery that is not sent has a visible reason. */
import { expect, test } from "vitest";
import { openDatabase } from "../../../src/db/database.ts";
import { readEditionStatus } from "../../../src/editions/actions/edition-status.ts";
import { collectOwnData } from "../../../src/subscribers/own-data.ts";
import { goOn, skip } from "./author.ts";
import { begin, cooling, expectPromiseKept, oolong } from "./begun.ts";
import { settle } from "./calm.ts";
import { mishap } from "./mishaps.ts";
import { answerQuestions, move } from "./moves.ts";
import { brokenPromises } from "./promise.ts";
import type { Reader } from "./readers.ts";
import { day, minute, type Town } from "./town.ts";

/** The chapter is announced on 14 January; the digests of 16 March are the last that can include it. */
const at = (date: string): number => Date.parse(`2026-${date}T12:00:00.000Z`);
const pauseUntil = (town: Town, reader: Reader, date: string) =>
  town.readers.pause(reader, new Date(at(date)).toISOString());
async function passUntil(town: Town, date: string): Promise<void> {
  await town.tick();
  await settle(town, (at(date) - town.time) / day);
}

/** Subscriber -> edition, state and reason of the first chapter's delivery. */
const records = (town: Town): Record<string, string> =>
  Object.fromEntries(
    town.d1
      .query<{ id: string; said: string }>(
        `SELECT subscriber_id AS id, edition_id || ' ' || state || COALESCE(': ' || reason, '') AS said
          FROM deliveries WHERE chapter_id = 'tea/cooling' ORDER BY subscriber_id`,
      )
      .map(({ id, said }) => [id, said]),
  );

const digests = [
  ["weekly", "weekly_2026-03-16"],
  ["monthly", "monthly_2026-03-01"],
] as const;

test.each(digests)("a %s reader who pauses for 100 days has a reason with the last digest", async (frequency, last) => {
  const town = await begin(1);
  const [reader] = town.readers.many(1, { frequency, id: "pausing" });
  town.readers.join({ frequency, id: "there" });
  if (!reader) throw new Error("Nobody is there.");
  await pauseUntil(town, reader, "04-24");
  await passUntil(town, "03-16");
  expect(records(town).pausing, "the day before, a digest could still bring it").toBeUndefined();
  await passUntil(town, "03-24");
  expect(records(town).pausing).toBe(`${last} skipped: paused while digests included it`);
  expect(records(town).there).toMatch(/accepted$/);
  const db = openDatabase(town.d1.binding());
  const counts = (await readEditionStatus(db, last, town.time))?.deliveries ?? [];
  expect(counts.filter(({ state }) => state === "skipped")).toEqual([
    { state: "skipped", reason: "paused while digests included it", recipients: 1 },
  ]);
  const own = await collectOwnData(db, "pausing");
  expect(own?.deliveries).toMatchObject([{ state: "skipped", reason: "paused while digests included it" }]);
  await passUntil(town, "04-20");
  town.publish({ ...oolong, published: new Date(town.time).toISOString() });
  await passUntil(town, "05-20");
  expect(town.copies().get("tea/oolong pausing")).toHaveLength(1);
  expect(town.copies().has("tea/cooling pausing")).toBe(false);
  await expectPromiseKept(town);
});

const ends = [
  ["the day before the last digest", "03-15", undefined, "weekly_2026-03-16 accepted"],
  ["the day after", "03-17", undefined, "weekly_2026-03-16 skipped: paused while digests included it"],
  ["the day after, by hand", "05-01", "03-16", "weekly_2026-03-16 skipped: paused while digests included it"],
] as const;

test.each(ends)("a pause that ends %s", async (_, until, resumed, said) => {
  const town = await begin(1);
  const reader = town.readers.join({ frequency: "weekly", id: "pausing" });
  await pauseUntil(town, reader, until);
  if (resumed) {
    await passUntil(town, resumed);
    await town.readers.pause(reader, null);
  }
  await passUntil(town, "03-24");
  expect(records(town).pausing).toBe(said);
  await expectPromiseKept(town);
});

test("a chapter that is withdrawn until it is too old for digests: a reason, and no email when it returns", async () => {
  const town = await begin(2);
  town.readers.many(3, { frequency: "weekly" });
  town.readers.many(1, { frequency: "weekly", books: ["coffee"] });
  await town.ticks(3);
  const [, volume] = town.volumes;
  if (volume) town.withdraw(volume);
  await passUntil(town, "03-24");
  expect(Object.keys(records(town)), "the digest of 1 March could still bring it").toHaveLength(2);
  await passUntil(town, "04-02");
  const why = "each_tea_cooling skipped: withdrawn while digests were sent";
  const [first, second, ...others] = Object.values(records(town));
  expect([first, second]).toEqual(["each_tea_cooling accepted", "each_tea_cooling accepted"]);
  expect(others, "whoever does not want the book has no record").toEqual([why, why, why]);
  town.bringBack();
  await passUntil(town, "04-20");
  expect(town.resend.sent).toHaveLength(2);
  await expectPromiseKept(town);
});

test("a chapter that nobody has got yet is not given up: it goes out when it returns", async () => {
  const town = await begin(2);
  const weekly = town.readers.join({ frequency: "weekly" });
  town.broken = () => true;
  await town.ticks(2);
  town.broken = () => false;
  const [, volume] = town.volumes;
  if (volume) town.withdraw(volume);
  await passUntil(town, "03-24");
  expect(records(town)).toEqual({});
  town.bringBack();
  await passUntil(town, "04-20");
  expect(town.resend.sent).toHaveLength(2);
  expect(records(town)[weekly.id]).toBe("each_tea_cooling skipped: not a recipient while it was sent");
  await expectPromiseKept(town);
});

const absences = [
  ["unpublished", "before its batch is claimed"],
  ["moved without a word", "before its batch is claimed"],
  ["unpublished", "before everybody is in a batch"],
  ["moved without a word", "before everybody is in a batch"],
] as const;

test.each(absences)(
  "a chapter is %s %s, and returns when it is too old for digests: that is the reason",
  async (how, when) => {
    const town = await begin(0);
    town.readers.join({ frequency: "monthly", id: "a" });
    const late = town.readers.join({ frequency: "monthly", id: "b" });
    // The digest of 1 March is opened with it, and without the chapter.
    town.publish({ ...oolong, published: "2026-01-31T00:00:00.000Z" });
    await passUntil(town, "01-31");
    town.time = Date.parse("2026-02-01T06:05:00.000Z");
    const isClaimed = when === "before its batch is claimed";
    town.mailsPerRun = isClaimed ? 500 : 1;
    const claim = mishap("killed before", ({ text }) => isClaimed && text.includes("SET claims = claims + 1"));
    await town.tick({ choose: claim });
    expect([claim.happened(), town.resend.sent.length]).toEqual([isClaimed, isClaimed ? 0 : 1]);
    if (how === "unpublished") town.withdraw(cooling);
    else move(town, cooling, "cold", "silently");
    await town.ticks(3);
    town.time = at("03-02");
    await town.ticks(3);
    expect(records(town).b, "a digest can still bring it").toBeUndefined();
    town.time = at("03-18");
    town.bringBack();
    await answerQuestions(town);
    await town.ticks(1);
    expect(records(town)).toMatchObject({ b: "monthly_2026-02-01 skipped: withdrawn while digests were sent" });
    expect(town.copies().get("tea/oolong b")).toHaveLength(1);
    await expectPromiseKept(town);
    // The check does not accept the reason of subscribers whose digest did include it.
    town.d1.query(
      "UPDATE deliveries SET reason = 'not a recipient while it was sent' WHERE chapter_id = 'tea/cooling' AND subscriber_id = ?",
      late.id,
    );
    expect(brokenPromises(town)).toEqual(["tea/cooling b has an untrue reason: not a recipient while it was sent."]);
  },
);

test("whoever changes to each chapter or to another digest during a pause has a reason, too", async () => {
  const town = await begin(1);
  const toEach = town.readers.join({ frequency: "weekly", id: "to-each" });
  const toMonthly = town.readers.join({ frequency: "weekly", id: "to-monthly" });
  const back = town.readers.join({ frequency: "monthly", id: "back-in-time" });
  for (const reader of [toEach, toMonthly]) await pauseUntil(town, reader, "03-20");
  await pauseUntil(town, back, "03-10");
  await passUntil(town, "01-20");
  await town.readers.choose(toEach, "each", null);
  await town.readers.choose(toMonthly, "monthly", null);
  await town.readers.choose(back, "weekly", null);
  await passUntil(town, "03-24");
  expect(records(town)).toMatchObject({
    "to-each": "weekly_2026-03-16 skipped: paused while digests included it",
    "to-monthly": "monthly_2026-03-01 skipped: paused while digests included it",
    "back-in-time": "weekly_2026-03-16 accepted",
  });
  await expectPromiseKept(town);
});

test("an edition that waits for the author after a rollback can still bring a chapter that is too old for digests", async () => {
  const town = await begin(1);
  town.readers.many(2, { frequency: "weekly" });
  const pausing = town.readers.join({ frequency: "weekly", id: "pausing" });
  await pauseUntil(town, pausing, "02-10");
  const saved = town.d1.snapshot();
  await town.ticks(2);
  town.restore(saved);
  town.time += 2 * minute;
  await passUntil(town, "03-24");
  expect(records(town), "the author was asked").toEqual({});
  for (const { id } of town.d1.query<{ id: string }>("SELECT id FROM editions WHERE state = 'stopped'")) goOn(town, id);
  await passUntil(town, "03-30");
  expect(town.copies().get("tea/cooling pausing")).toHaveLength(1);
  await expectPromiseKept(town);
});

test("what may have been sent before a rollback is not said to have been paused", async () => {
  const town = await begin(1);
  const pausing = town.readers.join({ frequency: "weekly", id: "pausing" });
  await pauseUntil(town, pausing, "04-24");
  const saved = town.d1.snapshot();
  await town.ticks(2);
  town.restore(saved);
  town.time += 2 * minute;
  await town.ticks(2);
  for (const { id } of town.d1.query<{ id: string }>("SELECT id FROM editions WHERE state = 'stopped'")) skip(town, id);
  await passUntil(town, "04-02");
  expect(records(town).pausing).toMatch(/ skipped: no record left after a rollback$/);
  await expectPromiseKept(town);
});

test("what the author skips after a rollback has its reason, however late the next digest is due that is too late for it", async () => {
  const town = await begin(1);
  const pausing = town.readers.join({ frequency: "monthly", id: "pausing" });
  await passUntil(town, "01-30");
  town.publish({ ...oolong, published: new Date(town.time).toISOString() });
  await pauseUntil(town, pausing, "02-19");
  const saved = town.d1.snapshot();
  await town.ticks(2);
  town.restore(saved);
  town.time += 2 * minute;
  await town.ticks(2);
  for (const { id } of town.d1.query<{ id: string }>("SELECT id FROM editions WHERE state = 'stopped'")) skip(town, id);
  const reason = () =>
    town.d1
      .query<{ reason: string }>(
        "SELECT reason FROM deliveries WHERE chapter_id = 'tea/oolong' AND subscriber_id = 'pausing'",
      )
      .map((row) => row.reason);
  // The 62 days end on 2 April. The digest of 1 April could have included the chapter, but had no recipients and was
  // not opened.
  await passUntil(town, "04-30");
  expect(reason()).toEqual([]);
  await passUntil(town, "05-02");
  expect(reason()).toEqual(["no record left after a rollback"]);
  expect(town.copies().has("tea/oolong pausing")).toBe(false);
  await expectPromiseKept(town);
});

test("runs that overlap and break off at any step leave one reason each, and no copy", async () => {
  for (let nth = 0; nth < 12; nth += 1) {
    const town = await begin(1);
    const pausing = town.readers.join({ frequency: "weekly", id: "pausing" });
    await pauseUntil(town, pausing, "04-24");
    await passUntil(town, "03-16");
    town.time = at("04-01");
    await town.tick({ crons: 2, choose: mishap(nth % 2 ? "killed after" : "killed before", () => true, nth) });
    await town.ticks(1);
    expect([nth, records(town).pausing]).toEqual([nth, "weekly_2026-03-16 skipped: paused while digests included it"]);
    await expectPromiseKept(town);
  }
});

test("thousands of reasons are written over several runs, within what a run may cost", async () => {
  const town = await begin(1);
  town.readers.many(5200, { frequency: "weekly" });
  await town.ticks(2);
  const [, volume] = town.volumes;
  if (volume) town.withdraw(volume);
  town.time = at("04-02");
  await town.tick();
  expect(town.states()).toEqual({ accepted: 1, skipped: 5000 });
  expect(town.d1.query("SELECT 1 FROM publications WHERE closed_at IS NOT NULL")).toEqual([]);
  await town.ticks(1);
  expect(town.states()).toEqual({ accepted: 1, skipped: 5200 });
  expect(town.d1.query("SELECT chapter_id AS id FROM publications WHERE closed_at IS NOT NULL")).toEqual([
    { id: `${cooling.book}/${cooling.id}` },
  ]);
  expect(Math.max(...town.costs.map(({ queries }) => queries))).toBeLessThanOrEqual(town.callsPerRun);
});

test("a chapter announced by a clock that was ahead leaves nobody without a reason who chose “each chapter” after it and paused", async () => {
  const town = await begin(0);
  const reader = town.readers.join({ frequency: "weekly" });
  town.skew = 10 * day;
  await town.ticks(2);
  town.skew = 0;
  await town.ticks(2);
  await town.readers.choose(reader, "each", null);
  await town.readers.pause(reader, new Date(town.time + 100 * day).toISOString());
  await expectPromiseKept(town);
  expect(town.d1.query("SELECT chapter_id AS id, reason FROM deliveries")).toEqual([
    { id: "tea/cooling", reason: "paused while digests included it" },
  ]);
});
