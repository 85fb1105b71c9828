/** Tests corrections: once, to subscribers who received the chapter before it was corrected and asked for corrections. */
import { expect, test } from "vitest";
import { fingerprintOf } from "../../../src/editions/chapters/record-release.ts";
import { catalogueAt } from "../../../src/library/catalogue.ts";
import { goOn } from "./author.ts";
import { begin, cooling, expectPromiseKept, history } from "./begun.ts";
import { correct } from "./correct.ts";
import { inTheMiddle } from "./earlier-version.ts";
import { isPost, mishap } from "./mishaps.ts";
import { releaseOf } from "./shelf.ts";
import { day, hour, minute, type Town } from "./town.ts";

const chapter = "tea/cooling";

/** Subscribers who got the chapter's correction of that time. */
const got = (town: Town, at: number): (string | undefined)[] =>
  town.resend.sent
    .filter(({ message }) => message.subject.split(" + ").includes(`${chapter}@${new Date(at).toISOString()}`))
    .map(({ message }) => town.readers.ofMessage(message)?.id)
    .sort();

/** Two readers who asked for corrections and one who did not; all have the chapter, which is then corrected. */
async function corrected(): Promise<{ readonly town: Town; readonly at: number }> {
  const town = await begin(2, { corrections: true });
  town.readers.join({ id: "other" });
  await town.ticks(2);
  town.time += day;
  correct(town, cooling);
  return { town, at: town.time };
}

const editionsOf = (town: Town): string[] =>
  town.d1.query<{ id: string }>("SELECT id FROM editions ORDER BY opened_at, id").map(({ id }) => id);

test("a correction goes once to those who got the chapter and asked for corrections", async () => {
  const { town, at } = await corrected();
  await town.ticks(5);
  expect(got(town, at)).toEqual(["s00001", "s00002"]);
  expect(editionsOf(town)).toEqual(["each_tea_cooling", "corrections_tea_cooling_2026-01-15"]);
  await expectPromiseKept(town);
  expect(got(town, at)).toEqual(["s00001", "s00002"]);
});

test("subscribers of digests get it, too, once a digest has included the chapter; later subscribers do not", async () => {
  const town = await begin(0);
  const weekly = town.readers.join({ frequency: "weekly", corrections: true });
  town.readers.join({ id: "monthly", frequency: "monthly", corrections: true });
  await town.ticks(2);
  town.time = Date.parse("2026-01-19T06:05:00.000Z");
  await town.ticks(2);
  town.readers.join({ id: "z-late", corrections: true });
  town.time += day;
  correct(town, cooling);
  const at = town.time;
  await town.ticks(3);
  expect(got(town, at)).toEqual([weekly.id]);
  // The February digest links to the corrected text.
  await expectPromiseKept(town);
  expect(got(town, at)).toEqual([weekly.id]);
});

test("a chapter that is still being sent is corrected afterwards, for everybody who gets the text from before", async () => {
  const town = await begin(250, { corrections: true });
  town.mailsPerRun = 100;
  await town.tick();
  correct(town, cooling);
  const at = town.time;
  await town.ticks(1);
  expect(got(town, at)).toEqual([]);
  await town.ticks(10);
  expect(got(town, at)).toHaveLength(250);
  await expectPromiseKept(town);
});

test("two corrections of one day are one email, or two if the second comes later", async () => {
  const { town, at } = await corrected();
  const [, once] = town.volumes;
  town.time += minute;
  if (once) correct(town, once);
  const second = town.time;
  await town.ticks(3);
  expect(town.resend.sent.map(({ message }) => message.subject).filter((subject) => subject.includes("@"))).toEqual(
    Array.from({ length: 2 }, () =>
      [at, second].map((time) => `${chapter}@${new Date(time).toISOString()}`).join(" + "),
    ),
  );
  town.time += hour;
  const [, twice] = town.volumes;
  if (twice) correct(town, twice);
  const third = town.time;
  await town.ticks(3);
  expect(got(town, third)).toEqual(["s00001", "s00002"]);
  expect(editionsOf(town)).toEqual([
    "each_tea_cooling",
    "corrections_tea_cooling_2026-01-15_and_1",
    "corrections_tea_cooling_2026-01-15",
  ]);
  await expectPromiseKept(town);
});

test("whoever has unsubscribed, paused or changed their mind by then gets none, and the reason is on record", async () => {
  const { town, at } = await corrected();
  const readers = [town.readers.join({ id: "a" }), town.readers.join({ id: "b" })];
  const [one, two] = [...town.readers.all.values()];
  if (!one || !two) throw new Error("Nobody is there.");
  await town.ticks(1);
  await town.tick({ choose: mishap("killed after", ({ text }) => /INSERT INTO batches/.test(text)) });
  await town.readers.askForCorrections(one, false);
  await town.readers.pause(two, new Date(town.time + 9 * day).toISOString());
  await town.ticks(3);
  expect([readers.length, got(town, at)]).toEqual([2, []]);
  const reasons = town.d1.query(
    "SELECT subscriber_id AS id, reason FROM deliveries WHERE chapter_id LIKE '%@%' ORDER BY id",
  );
  expect(reasons).toEqual([
    { id: "s00001", reason: "corrections not wanted" },
    { id: "s00002", reason: "paused" },
  ]);
  await expectPromiseKept(town);
});

test("a lost response is asked for again with the same bytes", async () => {
  const { town, at } = await corrected();
  await town.ticks(1);
  await town.tick({ choose: mishap("killed after", isPost) });
  town.time += 10 * minute;
  await town.ticks(3);
  expect(got(town, at)).toEqual(["s00001", "s00002"]);
  await expectPromiseKept(town);
});

test("a correction that is withdrawn while it is being sent goes on when it is back", async () => {
  const { town, at } = await corrected();
  await town.ticks(1);
  await town.tick({ choose: mishap("killed after", ({ text }) => /INSERT INTO batches/.test(text)) });
  const volumes = town.volumes;
  town.volumes = [history, cooling];
  await town.ticks(3);
  expect(got(town, at)).toEqual([]);
  town.volumes = volumes;
  await town.ticks(3);
  expect(got(town, at)).toEqual(["s00001", "s00002"]);
  await expectPromiseKept(town);
});

test("another date or a later deploy does not make it a new correction; an old one is not emailed, and the author is told", async () => {
  const { town, at } = await corrected();
  await town.ticks(3);
  const error = `What was wrong before ${new Date(at).toISOString()}.`;
  const redated = new Date(town.time + hour).toISOString();
  town.volumes = [history, { ...cooling, corrected: [redated], error }];
  await town.ticks(3);
  expect(got(town, Date.parse(redated))).toEqual([]);
  expect(town.titles()).toEqual([]);
  town.volumes = [history, { ...cooling, corrected: [redated, "2025-11-01T00:00:00.000Z"] }];
  await town.ticks(3);
  expect([...town.told.values()]).toEqual([
    {
      title: "A correction is not emailed",
      body: "tea/cooling (1 November 2025): dated long ago, or before the database was rolled back. To email it to subscribers who asked for corrections, give it today's date.",
    },
  ]);
  await expectPromiseKept(town);
});

test("while nobody asks for corrections, none is opened; whoever asks later gets later ones", async () => {
  const town = await begin(2);
  await town.ticks(2);
  correct(town, cooling);
  const at = town.time;
  await town.ticks(3);
  expect(editionsOf(town)).toEqual(["each_tea_cooling"]);
  const [reader] = [...town.readers.all.values()];
  if (reader) await town.readers.askForCorrections(reader, true);
  await town.ticks(3);
  expect(got(town, at)).toEqual([]);
  const [, volume] = town.volumes;
  town.time += hour;
  if (volume) correct(town, volume);
  const second = town.time;
  await town.ticks(3);
  expect(got(town, second)).toEqual(["s00001"]);
  await expectPromiseKept(town);
});

test("after a rollback of the database, what may have been sent waits for the author, and nobody gets it twice unasked", async () => {
  const { town, at } = await corrected();
  await town.tick();
  const saved = town.d1.snapshot();
  await town.ticks(3);
  expect(got(town, at)).toHaveLength(2);
  town.time += 2 * minute;
  town.restore(saved);
  town.time += 2 * minute;
  await town.ticks(3);
  expect(got(town, at)).toHaveLength(2);
  expect(town.d1.query("SELECT id, state, stop_reason AS reason FROM editions WHERE id LIKE 'corrections%'")).toEqual([
    { id: "corrections_restored_2", state: "stopped", reason: "restored" },
  ]);
  await expectPromiseKept(town);
  goOn(town, "corrections_restored_2");
  await town.ticks(3);
  expect(got(town, at), "the author said so").toHaveLength(4);
  await expectPromiseKept(town);
});

test("a correction that the rolled-back database has never seen waits for the author, too", async () => {
  const town = await begin(2, { corrections: true });
  await town.ticks(2);
  const saved = town.d1.snapshot();
  town.time += day;
  correct(town, cooling);
  const at = town.time;
  await town.ticks(3);
  town.time += 2 * minute;
  town.restore(saved);
  town.time += 2 * minute;
  await town.ticks(4);
  expect(got(town, at)).toHaveLength(2);
  expect(town.d1.query("SELECT state, chapters FROM editions WHERE id = 'corrections_restored_2'")).toEqual([
    { state: "stopped", chapters: JSON.stringify([`${chapter}@${new Date(at).toISOString()}`]) },
  ]);
  await expectPromiseKept(town);
});

test("an upgrade in the middle of an edition emails nothing again, and corrections work from then on", async () => {
  const { town } = await inTheMiddle();
  await town.ticks(6);
  const [row] = town.d1.query<{ id: string }>("SELECT subscriber_id AS id FROM deliveries WHERE state = 'accepted'");
  town.d1.query(
    "UPDATE subscribers SET corrections_since = ? WHERE id = ?",
    new Date(town.time).toISOString(),
    row?.id,
  );
  const before = town.resend.sent.length;
  town.time += day;
  correct(town, cooling);
  await town.ticks(4);
  expect(town.resend.sent.slice(before).map(({ message }) => message.tags?.[1]?.value)).toEqual([row?.id]);
});

test("a release without corrections is the same to a database of the previous version, so nothing is recorded again", async () => {
  const fingerprint = (corrected: readonly string[]) =>
    fingerprintOf(catalogueAt(Date.parse("2026-02-01"), releaseOf([history, { ...cooling, corrected }])));
  // As computed before there were corrections.
  const before = "c2425dcc2c77cbb1ebfb3862b2c77c4c03aa1c7008a8d41692d9dc9e3a1016bc";
  expect(await fingerprint([])).toBe(before);
  expect(await fingerprint(["2026-01-20T00:00:00.000Z"])).not.toBe(before);
});
