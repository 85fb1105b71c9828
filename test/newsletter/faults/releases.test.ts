/** Tests deploys in the middle of an edition: each reader gets the frozen content, once. */
import { expect, test } from "vitest";
import { begin, cooling, expectPromiseKept, oolong } from "./begun.ts";
import { isPost, mishap } from "./mishaps.ts";
import { day, minute, type Town } from "./town.ts";

const subjects = (town: Town): string[] => town.resend.sent.map(({ message }) => message.subject);

test("a typo is put right in mid-mailing: every copy has the same text, the one that was frozen", async () => {
  const town = await begin(250);
  town.mailsPerRun = 100;
  await town.tick();
  town.deploy += 1;
  await town.ticks(4);
  expect(new Set(town.resend.sent.map(({ message }) => message.html.slice(0, 20))).size).toBe(1);
  town.time += 30 * day;
  town.deploy += 1;
  await town.ticks(2);
  expect(town.states()).toEqual({ accepted: 250 });
  await expectPromiseKept(town);
});

test("a chapter that moves to another address, with a redirect, is not news again", async () => {
  const town = await begin(3);
  await town.tick({ choose: mishap("killed after", isPost) });
  town.rename(cooling);
  await town.ticks(3);
  // If the author did not keep the id, the redirect from the old URL identifies the chapter.
  town.volumes = town.volumes.map((volume) =>
    volume.id === "cooling" ? { ...volume, id: "cooling-anew", born: "tea/cooling" } : volume,
  );
  town.redirects = { "/tea/cooling": "/tea/cooling-renamed", ...town.redirects };
  await town.ticks(3);
  expect([subjects(town).length, town.titles()]).toEqual([3, []]);
  await expectPromiseKept(town);
});

test("a rollback of some minutes, in mid-mailing and after it: nobody is left out, nobody has two", async () => {
  for (const batches of [0, 1, 3]) {
    const town = await begin(250);
    town.mailsPerRun = 100;
    for (let run = 0; run < batches; run += 1) await town.ticks(1);
    const [, volume] = town.volumes;
    if (!volume) throw new Error("There is no chapter.");
    town.withdraw(volume);
    await town.ticks(2);
    expect(town.resend.sent.length, "what is not on the shelf is not mailed").toBe(Math.min(250, batches * 100));
    town.bringBack();
    await town.ticks(6);
    expect(town.states()).toEqual({ accepted: 250 });
    await expectPromiseKept(town);
  }
});

test("a chapter that is taken back for good between opening and sealing, beside one that stays", async () => {
  const town = await begin(3);
  town.publish(oolong);
  await town.tick({ choose: mishap("killed after", ({ text }) => /INSERT INTO editions/.test(text)) });
  town.withdraw(oolong);
  await town.ticks(3);
  expect(subjects(town)).toEqual(["tea/cooling", "tea/cooling", "tea/cooling"]);
  expect(town.titles()).toEqual([]);
  await expectPromiseKept(town);
  // If it is published again one day, readers who have not received it do.
  town.bringBack();
  await town.ticks(2);
  expect(subjects(town).slice(3)).toEqual(["tea/oolong", "tea/oolong", "tea/oolong"]);
  await expectPromiseKept(town);
});

test("a batch that may have been sent is asked for again with its bytes, although its chapter was taken back", async () => {
  const town = await begin(2);
  town.resend.troubles.push({ kind: "cut", taken: true });
  await town.tick();
  const [, volume] = town.volumes;
  if (volume) town.withdraw(volume);
  await town.ticks(3);
  expect([town.resend.sent.length, town.states()]).toEqual([2, { accepted: 2 }]);
  await expectPromiseKept(town);
});

test("a chapter that is taken back from a digest comes with the next one", async () => {
  const town = await begin(2, { frequency: "weekly" });
  town.publish(oolong);
  await town.ticks(1);
  town.withdraw(oolong);
  town.time = Date.parse("2026-01-19T06:05:00.000Z");
  await town.ticks(2);
  town.bringBack();
  town.time += 7 * day;
  await town.ticks(2);
  expect(subjects(town)).toEqual(["tea/cooling", "tea/cooling", "tea/oolong", "tea/oolong"]);
  await expectPromiseKept(town);
});

test("a frozen mail that is gone from KV stops the edition and asks; one that was only put there a moment ago waits", async () => {
  const town = await begin(3);
  town.kv.staleness = () => 50_000;
  await town.tick({ choose: mishap("killed after", ({ text }) => /INSERT INTO batches/.test(text)) });
  town.time += 1000;
  await town.tick();
  expect([town.resend.calls.length, town.titles()]).toEqual([0, []]);
  town.kv.staleness = () => 0;
  for (const key of town.kv.keys()) if (key.startsWith("mail/template/")) town.kv.remove(key);
  for (let run = 0; run < 20; run += 1) await town.ticks(1);
  expect([town.resend.calls.length, town.titles()]).toEqual([0, ["An edition has stopped"]]);
  await expectPromiseKept(town);
});

test.each([500, 300])(
  "an edition whose mail cannot be made holds up no other, and the author hears of it when that goes on (%i a run)",
  async (mailsPerRun) => {
    const town = await begin(2);
    town.mailsPerRun = mailsPerRun;
    town.readers.many(2, { frequency: "weekly" });
    town.broken = (edition) => edition.startsWith("weekly");
    await town.ticks(1);
    town.time = Date.parse("2026-01-19T06:00:00.000Z");
    town.publish({ ...oolong, published: "2026-01-19T06:00:00.000Z" });
    await town.ticks(3);
    expect(town.states(), "two chapters each").toEqual({ accepted: 4 });
    expect(town.titles()).toEqual([]);
    for (let run = 0; run < 15; run += 1) await town.ticks(1);
    expect(town.titles()).toEqual(["An edition is stuck"]);
    town.broken = () => false;
    await town.ticks(2);
    expect(town.states()).toEqual({ accepted: 6 });
    await expectPromiseKept(town);
  },
);

test.each(["each", "weekly", "monthly"] as const)(
  "a chapter that returns is not sent to somebody who had it, had everything erased, and subscribed again (%s)",
  async (frequency) => {
    const town = await begin(250);
    town.mailsPerRun = 100;
    const [reader] = [...town.readers.all.values()];
    if (!reader) throw new Error("Nobody is there.");
    await town.tick();
    town.time += minute;
    await town.readers.erase(reader);
    town.readers.join({ id: "z-again", address: `${reader.id}@example.org`, frequency });
    town.withdraw(cooling);
    await town.ticks(1);
    town.bringBack();
    await town.ticks(5);
    const editions = town.d1.query<{ id: string }>(
      "SELECT id FROM editions WHERE audience = 'each' ORDER BY opened_at",
    );
    expect(editions.map(({ id }) => id)).toEqual(["each_tea_cooling", "each_tea_cooling_again_1"]);
    await expectPromiseKept(town);
    expect(town.resend.inbox(`${reader.id}@example.org`)).toHaveLength(1);
    expect(town.resend.sent).toHaveLength(250);
  },
);
