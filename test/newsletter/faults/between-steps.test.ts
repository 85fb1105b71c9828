/** Tests changes between two steps of a run: unsubscribes, unpublished chapters, the author's decisions, and a failing store. */
import { expect, test, vi } from "vitest";
import { iso } from "../../../src/db/database.ts";
import { editionStatements } from "../../../src/editions/actions/edition-actions.ts";
import { watermarkKey } from "../../../src/editions/sending/claim-watermark.ts";
import { goOn, say } from "./author.ts";
import { begin, cooling, expectPromiseKept, oolong } from "./begun.ts";
import { isPost, mishap } from "./mishaps.ts";
import type { Reader } from "./readers.ts";
import { claims, inScenes, notesInJournal, seals } from "./scenes.ts";
import { day, hour, minute, Town } from "./town.ts";

const edition = "each_tea_cooling";
const stop = (town: Town) => say(town, editionStatements.stop(edition, town.now()));
const stateOf = (town: Town, id = edition): string | undefined =>
  town.d1.query<{ state: string }>("SELECT state FROM editions WHERE id = ?", id)[0]?.state;

test("the author stops a mailing that a run is about to claim: nothing of it is posted until they say so", async () => {
  const town = await begin(3);
  await town.tick({ choose: inScenes([0, claims, () => stop(town)]) });
  await town.ticks(2);
  expect([town.resend.calls.length, stateOf(town)]).toEqual([0, "stopped"]);
  goOn(town, edition);
  await town.ticks(1);
  expect(town.states()).toEqual({ accepted: 3 });
  await expectPromiseKept(town);
});

test("the author stops a mailing that a run is about to seal, and lets it go on: nobody is left out", async () => {
  const town = await begin(3);
  await town.tick({ choose: inScenes([0, seals, () => stop(town)]) });
  expect([town.resend.calls.length, town.states()]).toEqual([0, {}]);
  goOn(town, edition);
  await town.ticks(2);
  expect(town.states()).toEqual({ accepted: 3 });
  await expectPromiseKept(town);
});

test.each<[string, (town: Town, reader: Reader) => unknown, string]>([
  ["leaves", (town, reader) => town.readers.leave(reader), "unsubscribed"],
  ["complains", (town, reader) => town.readers.suppress(reader, "complaint"), "suppressed"],
  [
    "pauses",
    (town, reader) => {
      town.readers.noteAway(reader, town.time + day);
      town.d1.query("UPDATE subscribers SET paused_until = ? WHERE id = ?", iso(town.now() + day), reader.id);
    },
    "paused",
  ],
])(
  "somebody %s after their batch was drawn up and before it is claimed, and is not mailed",
  async (_, change, reason) => {
    const town = await begin(3);
    const [reader] = [...town.readers.all.values()];
    if (!reader) throw new Error("Nobody is there.");
    await town.tick({ choose: inScenes([0, claims, () => change(town, reader)]) });
    await town.ticks(2);
    expect([town.readers.countFor(reader.id), town.states()]).toEqual([0, { accepted: 2, skipped: 1 }]);
    expect(town.d1.query("SELECT reason FROM deliveries WHERE state = 'skipped'")).toEqual([{ reason }]);
    await expectPromiseKept(town);
  },
);

test("the only reader of a batch leaves: the provider is asked nothing, and the mailing ends", async () => {
  const town = await begin(1);
  await town.tick({ choose: mishap("killed after", seals) });
  for (const reader of town.readers.all.values()) town.readers.leave(reader);
  await town.ticks(2);
  expect([town.resend.calls.length, town.states(), stateOf(town)]).toEqual([0, { skipped: 1 }, "done"]);
  await expectPromiseKept(town);
});

test("a chapter that is taken back after it was sealed is not posted, and goes out when it returns", async () => {
  const town = await begin(3);
  await town.tick({ choose: mishap("killed after", seals) });
  const [, volume] = town.volumes;
  if (volume) town.withdraw(volume);
  await town.ticks(3);
  expect(town.resend.calls).toEqual([]);
  town.bringBack();
  await town.ticks(3);
  expect(town.states()).toEqual({ accepted: 3 });
  await expectPromiseKept(town);
});

test("a chapter that is taken back while a digest is open holds up none of the others in it", async () => {
  const town = await begin(2, { frequency: "weekly" });
  town.publish(oolong);
  await town.ticks(1);
  town.time = Date.parse("2026-01-19T06:05:00.000Z");
  await town.tick({ choose: mishap("killed after", ({ text }) => text.includes("INSERT INTO editions")) });
  town.withdraw(oolong);
  await town.ticks(2);
  expect(town.resend.sent.map(({ message }) => message.subject)).toEqual(["tea/cooling", "tea/cooling"]);
  await expectPromiseKept(town);
});

test("a digest brings nothing from before its reader came", async () => {
  const town = await begin(1, { frequency: "weekly" });
  await town.ticks(1);
  town.time += hour;
  const late = town.readers.join({ frequency: "weekly" });
  town.time = Date.parse("2026-01-19T06:05:00.000Z");
  await town.ticks(3);
  expect([town.resend.sent.length, town.readers.countFor(late.id)]).toEqual([1, 0]);
  await expectPromiseKept(town);
});

test("what cannot be noted in the journal is not posted", async () => {
  const town = await begin(3);
  await town.tick({ choose: mishap("lost", notesInJournal) });
  expect([town.resend.calls.length, town.states()]).toEqual([0, { sending: 3 }]);
  await town.ticks(1);
  expect(town.states()).toEqual({ accepted: 3 });
  await expectPromiseKept(town);
});

test("a run is killed right after it has posted, and the database is set back: it is found out", async () => {
  const town = await begin(3);
  const saved = town.d1.snapshot();
  await town.tick({ choose: mishap("killed after", isPost) });
  expect(town.resend.sent).toHaveLength(3);
  town.time += 2 * minute;
  town.restore(saved);
  town.time += 25 * hour;
  await town.ticks(3);
  expect([town.resend.sent.length, town.titles()]).toEqual([3, ["The newsletter database was rolled back"]]);
  await expectPromiseKept(town);
});

test("a journal that KV has lost is written anew by the next run, although nothing is to be sent", async () => {
  const town = await begin(3);
  await town.ticks(2);
  const before = town.kv.value(watermarkKey);
  town.kv.remove(watermarkKey);
  await town.ticks(1);
  expect([before, town.kv.value(watermarkKey)]).toEqual(["1", "1"]);
});

test("a database that is begun anew beside the store of an old one mails what becomes news from then on", async () => {
  const town = new Town();
  await town.kv.binding().put(watermarkKey, "7");
  town.time += minute;
  town.volumes = [cooling];
  await town.tick();
  town.readers.many(3);
  town.time = Date.parse(cooling.published);
  await town.ticks(3);
  expect([town.states(), town.titles()]).toEqual([{ accepted: 3 }, []]);
  await expectPromiseKept(town);
});

test.each(
  (["html", "truncated", "empty", "internal error"] as const).flatMap((how) => [
    { how, taken: true },
    { how, taken: false },
  ]),
)(
  "an answer that cannot be read ($how, taken: $taken) says nothing: the same bytes are offered again, whoever has moved since",
  async ({ how, taken }) => {
    const town = await begin(3);
    town.resend.troubles.push({ kind: "garbled", how, taken });
    await town.tick();
    const [reader] = [...town.readers.all.values()];
    if (reader) town.readers.move(reader, "elsewhere@example.com");
    await town.ticks(3);
    expect([town.resend.sent.length, town.states()]).toEqual([3, { accepted: 3 }]);
    await expectPromiseKept(town);
  },
);

test("a mailing that cannot be opened holds up no other", async () => {
  const town = await begin(1, { frequency: "weekly" });
  town.readers.many(2);
  town.broken = (edition) => edition.startsWith("each");
  town.time = Date.parse("2026-01-19T05:55:00.000Z");
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  await town.ticks(4);
  vi.restoreAllMocks();
  expect(town.states()).toEqual({ accepted: 1 });
  town.broken = () => false;
  await town.ticks(3);
  expect(town.states()).toEqual({ accepted: 3 });
  await expectPromiseKept(town);
});

test("hours of attempts that come to nothing do not make a key younger", async () => {
  const town = await begin(3);
  town.resend.troubles.push({ kind: "cut", taken: true });
  await town.tick();
  for (let hours = 0; hours < 26; hours += 1) {
    town.time += hour;
    town.resend.troubles.splice(0, 1, { kind: "cut", taken: false });
    await town.tick();
  }
  town.resend.troubles.length = 0;
  await town.ticks(3);
  expect([town.resend.sent.length, town.states()]).toEqual([3, { uncertain: 3 }]);
  await expectPromiseKept(town);
});

test("a batch that may have been sent is given back unposted, and is still one that may have been sent", async () => {
  const town = await begin(250);
  town.resend.troubles.push({ kind: "cut", taken: true });
  await town.tick();
  expect(town.resend.sent).toHaveLength(100);
  // Resend rate-limits the next batch before the run retries the first one.
  town.resend.troubles.push({ kind: "rate", retryAfter: "60" });
  await town.ticks(1);
  expect(town.resend.calls).toHaveLength(2);
  const [reader] = town.resend.sent.flatMap(({ message }) => town.readers.ofMessage(message) ?? []);
  if (reader) town.readers.move(reader, "elsewhere@example.com");
  await town.ticks(3);
  expect([town.resend.sent.length, town.states()]).toEqual([250, { accepted: 250 }]);
  await expectPromiseKept(town);
});

test("while the provider wants to be left alone no other batch is posted, nor another mailing", async () => {
  const town = await begin(350);
  town.resend.troubles.push({ kind: "rate", retryAfter: "1200" });
  await town.tick();
  town.publish({ ...oolong, published: new Date(town.time).toISOString() });
  await town.ticks(3);
  expect(town.resend.calls).toHaveLength(1);
  await town.ticks(6);
  expect(town.states()).toEqual({ accepted: 700 });
  await expectPromiseKept(town);
});

test("answers that take minutes: nothing is posted when the lease is about to end", async () => {
  const town = await begin(400);
  let posts = 0;
  await town.tick({
    choose: ([step]) => {
      if (step && isPost(step)) {
        posts += 1;
        town.time += 2 * minute;
      }
      return { index: 0, fate: "done" };
    },
  });
  expect(posts).toBe(2);
  await town.ticks(3);
  expect([town.resend.calls.length, town.states()]).toEqual([4, { accepted: 400 }]);
  await expectPromiseKept(town);
});

test("runs that are killed at any step on the way to stopping a mailing leave none of which nobody was told", async () => {
  let isThere = true;
  for (let nth = 0; isThere; nth += 1) {
    const town = await begin(5);
    town.resend.refuseWhole = () => true;
    const choose = mishap("killed after", () => true, nth);
    for (let run = 0; run < 10; run += 1) {
      town.time += 5 * minute;
      await town.tick({ choose });
    }
    isThere = choose.happened();
    await expectPromiseKept(town);
  }
});
