/** Tests the start of a newsletter, long interruptions, and wrong clocks. */
import { expect, test } from "vitest";
import { begin, cooling, expectPromiseKept, history, oolong, roasting } from "./begun.ts";
import { isPost, mishap } from "./mishaps.ts";
import { beginning, day, hour, minute, Town } from "./town.ts";

test("the first deploy on a library that is there already mails nothing, then and later", async () => {
  const town = new Town();
  town.volumes = [history, { ...cooling, published: new Date(beginning - hour).toISOString() }];
  town.readers.many(3);
  await town.ticks(3);
  town.deploy += 1;
  town.time += 40 * day;
  await town.ticks(3);
  expect([town.resend.calls.length, town.titles()]).toEqual([0, []]);
  town.publish({ ...oolong, published: new Date(town.time).toISOString() });
  await town.ticks(1);
  expect(town.states()).toEqual({ accepted: 3 });
  await expectPromiseKept(town);
});

test("a first run that is killed anywhere, twice at once: what was there stays history", async () => {
  for (let nth = 0; nth < 6; nth += 1) {
    const town = new Town();
    town.volumes = [history, { ...cooling, published: new Date(beginning - hour).toISOString() }];
    town.readers.many(2);
    await town.tick({ crons: 2, choose: mishap("killed after", () => true, nth) });
    await town.ticks(2);
    expect(town.resend.calls).toEqual([]);
    await expectPromiseKept(town);
  }
});

test("chapters that came due while cron was silent for weeks are one mail, in their order", async () => {
  const town = await begin(2);
  const at = (days: number) => new Date(beginning + days * day).toISOString();
  town.publish({ ...oolong, published: at(20) }, { ...roasting, published: at(9) });
  town.time += 25 * day;
  await town.tick();
  await town.ticks(2);
  expect(town.resend.sent.map(({ message }) => message.subject)).toEqual([
    "tea/cooling + coffee/roasting + tea/oolong",
    "tea/cooling + coffee/roasting + tea/oolong",
  ]);
  await expectPromiseKept(town);
});

test("a chapter that is dated long ago is not mailed by itself, and the author is told how to", async () => {
  const town = await begin(2);
  await town.ticks(2);
  town.publish({ ...oolong, published: "2025-06-01T00:00:00.000Z" });
  await town.ticks(2);
  expect([town.resend.sent.length, town.titles()]).toEqual([2, ["Published but not emailed"]]);
  await expectPromiseKept(town);
});

test("a clock that is days ahead for one run: what it sent is not sent again, and nothing waits for its times", async () => {
  const town = await begin(250);
  town.skew = 10 * day;
  town.resend.troubles.push({ kind: "cut", taken: true });
  await town.tick();
  expect(town.resend.sent).toHaveLength(100);
  town.skew = 0;
  await town.ticks(3);
  expect([town.states(), town.resend.sent.length]).toEqual([{ accepted: 150, uncertain: 100 }, 250]);
  expect(town.titles()).toEqual(["Some deliveries are uncertain"]);
  town.time += 10 * day;
  await town.ticks(3);
  expect(town.resend.sent).toHaveLength(250);
  await expectPromiseKept(town);
});

test("a hold that was made by a clock that was days ahead holds nothing up", async () => {
  const town = await begin(3);
  town.skew = 10 * day;
  town.resend.quota.maxPerDay = 0;
  await town.tick();
  town.skew = 0;
  town.resend.quota.maxPerDay = 100;
  await town.ticks(2);
  expect(town.states()).toEqual({ accepted: 3 });
  await expectPromiseKept(town);
});

test("a clock that goes back by hours makes no old key young again", async () => {
  const town = await begin(3);
  await town.tick({ choose: mishap("killed after", isPost) });
  // No call succeeds for nearly a day, then the clock goes back.
  for (let hours = 0; hours < 23; hours += 1) {
    town.time += hour;
    town.resend.troubles.push({ kind: "cut", taken: false });
    await town.tick();
  }
  town.resend.troubles.length = 0;
  town.skew = -9 * hour;
  town.time += 2 * hour;
  await town.tick();
  expect([town.resend.sent.length, town.states()]).toEqual([3, { uncertain: 3 }]);
  town.skew = 0;
  await town.ticks(3);
  expect(town.resend.sent).toHaveLength(3);
  await expectPromiseKept(town);
});

test("runs that are some minutes late, beside one that is not, find nothing wrong", async () => {
  const town = await begin(250);
  town.skew = -20 * minute;
  await town.tick({ choose: mishap("killed before", isPost, 1) });
  town.skew = 0;
  await town.ticks(3);
  town.skew = -20 * minute;
  await town.tick();
  expect([town.states(), town.titles()]).toEqual([{ accepted: 250 }, []]);
  town.skew = 0;
  await expectPromiseKept(town);
});

const lateness = [
  ["20 minutes", 20 * minute],
  ["65 minutes", 65 * minute],
  ["nine hours", 9 * hour],
  ["two days", 2 * day],
] as const;

test.each(lateness)("a run that is %s late does not repeat a batch whose key has expired", async (_, late) => {
  const town = await begin(100);
  town.resend.troubles.push({ kind: "cut", taken: true });
  await town.tick();
  expect(town.resend.sent).toHaveLength(100);
  // No attempt succeeds for 21 hours and 50 minutes.
  for (let tens = 0; tens < 131; tens += 1) {
    town.time += 10 * minute;
    town.resend.troubles.splice(0, town.resend.troubles.length, { kind: "cut", taken: false });
    await town.tick();
  }
  town.resend.troubles.length = 0;
  // The key has expired at Resend: the run starts 24 hours and 5 minutes after the first attempt.
  town.time += 2 * hour + 15 * minute;
  town.late = late;
  await town.tick();
  expect([town.resend.sent.length, town.states()]).toEqual([100, { uncertain: 100 }]);
  town.late = 0;
  await expectPromiseKept(town);
});

test.each(lateness)("runs that are all %s late send each chapter once, and find nothing wrong", async (_, late) => {
  const town = await begin(250);
  town.late = late;
  town.mailsPerRun = 100;
  town.resend.troubles.push({ kind: "cut", taken: true });
  await town.ticks(5);
  expect([town.states(), town.resend.sent.length, town.titles()]).toEqual([{ accepted: 250 }, 250, []]);
  town.late = 0;
  await expectPromiseKept(town);
});

test("a first attempt is recorded by the real time, when the run is scheduled for a later one", async () => {
  const town = await begin(100);
  town.late = -2 * hour;
  town.resend.troubles.push({ kind: "cut", taken: true });
  await town.tick();
  town.late = 0;
  // No run for a day: by its scheduled time, the attempt would be 22 hours old.
  town.time += 24 * hour + 5 * minute;
  await town.tick();
  expect([town.resend.sent.length, town.states()]).toEqual([100, { uncertain: 100 }]);
  await expectPromiseKept(town);
});

test("who confirmed while the clock was ahead gets what is given back when it is right again", async () => {
  const town = await begin(0);
  town.publish({ ...oolong, published: new Date(town.time + 3 * day).toISOString() });
  town.skew = 10 * day;
  town.readers.many(3);
  town.mailsPerRun = 2;
  await town.tick();
  town.skew = 0;
  await town.ticks(2);
  town.time += 4 * day;
  await town.ticks(4);
  expect(town.states()).toEqual({ accepted: 6 });
  await expectPromiseKept(town);
});

test.each(["each", "weekly", "monthly"] as const)(
  "who confirmed while the clock was days ahead gets what is published after its correction (%s), and nothing from before",
  async (frequency) => {
    const town = await begin(1);
    await town.ticks(2);
    town.skew = 10 * day;
    town.readers.many(2, { frequency });
    await town.tick();
    town.skew = 0;
    await town.ticks(2);
    town.publish({ ...oolong, published: new Date(town.time + hour).toISOString() });
    town.time += 2 * hour;
    await town.ticks(3);
    // The next Monday and the first of the next month.
    for (const days of [5, 18, 70]) {
      town.time += days * day;
      await town.ticks(3);
    }
    expect([...town.copies().keys()].sort()).toEqual([
      "tea/cooling s00001",
      "tea/oolong s00001",
      "tea/oolong s00002",
      "tea/oolong s00003",
    ]);
    await expectPromiseKept(town);
  },
);

test("who confirmed while the clock of requests alone was ahead gets the next chapter, and it is corrected once", async () => {
  const town = await begin(1);
  await town.ticks(2);
  town.skew = 3 * day;
  town.readers.many(2);
  town.skew = 0;
  town.publish({ ...oolong, published: new Date(town.time + hour).toISOString() });
  town.time += 2 * hour;
  await town.ticks(3);
  expect(town.states()).toEqual({ accepted: 4 });
  await expectPromiseKept(town);
});

test("who had everything erased and subscribed again while the clock was ahead does not get it twice after its correction", async () => {
  const town = await begin(0);
  town.skew = 10 * day;
  const [first] = town.readers.many(1, { address: "ada@example.org" });
  await town.ticks(2);
  if (first) await town.readers.erase(first);
  town.time += hour;
  town.readers.join({ address: "ada@example.org" });
  town.skew = 0;
  // The chapter is released while unpublished, and its edition is opened again.
  town.withdraw(cooling);
  town.time += hour;
  await town.ticks(2);
  town.bringBack();
  town.readers.join({ address: "bob@example.org" });
  town.publish({ ...oolong, published: new Date(town.time + hour).toISOString() });
  town.time += 2 * hour;
  await town.ticks(4);
  expect(town.resend.sent.map(({ message }) => `${message.to[0]} ${message.subject}`).sort()).toEqual([
    "ada@example.org tea/cooling",
    "ada@example.org tea/oolong",
    "bob@example.org tea/oolong",
  ]);
  await expectPromiseKept(town);
});

test("a run whose own clock is behind is for all who have confirmed by the scheduled time", async () => {
  const town = await begin(1);
  town.readers.many(2);
  town.skew = -40 * minute;
  town.late = -2 * hour;
  town.time += minute;
  await town.tick();
  town.skew = 0;
  town.late = 0;
  await town.ticks(30);
  expect(town.states()).toEqual({ accepted: 3 });
  await expectPromiseKept(town);
});
