/** Tests provider behaviour over many runs: rate limits, quotas, rejections and lost responses. */
import { expect, test } from "vitest";
import type { Trouble } from "../../fakes/resend-answers.ts";
import { goOn } from "./author.ts";
import { begin, expectPromiseKept } from "./begun.ts";
import { day, hour, minute, type Town } from "./town.ts";
import type { Choose } from "./turns.ts";

const lost: Trouble = { kind: "cut", taken: true };
const refusal: Trouble = { kind: "answer", status: 422, body: { name: "validation_error", message: "No." } };

test("an answer that is lost after everything was taken is asked for under the same key: nobody has two", async () => {
  const town = await begin(250);
  town.resend.troubles.push(lost);
  await town.tick();
  expect(town.resend.sent).toHaveLength(100);
  await town.ticks(3);
  expect([town.resend.sent.length, town.states()]).toEqual([250, { accepted: 250 }]);
  const bodies = town.resend.calls.filter(({ key }) => key === town.resend.calls[0]?.key).map(({ body }) => body);
  expect([bodies.length, new Set(bodies).size]).toEqual([2, 1]);
  await expectPromiseKept(town);
});

test("the bytes of a retry are those of the first attempt, after a deploy, a new address and a changed mind", async () => {
  const town = await begin(3);
  const [leaves, moves] = [...town.readers.all.values()];
  if (!leaves || !moves) throw new Error("Nobody is there.");
  town.resend.troubles.push(lost);
  await town.tick();
  town.deploy += 1;
  town.readers.leave(leaves);
  town.readers.move(moves, "elsewhere@example.com");
  await town.ticks(2);
  expect(new Set(town.resend.calls.map(({ body }) => body)).size).toBe(1);
  await expectPromiseKept(town);
});

test("an answer that comes long after anybody waited: the key is busy until then, and sends once", async () => {
  const town = await begin(5);
  town.resend.troubles.push({ kind: "slow", takenAfterMs: 20 * minute });
  for (let turn = 0; turn < 12; turn += 1) await town.ticks(1);
  expect([town.resend.sent.length, town.states()]).toEqual([5, { accepted: 5 }]);
  await expectPromiseKept(town);
});

test("a storm of 429: nothing is asked before the time that was named, across runs", async () => {
  const town = await begin(5);
  town.resend.troubles.push({ kind: "rate", retryAfter: "1200" }, { kind: "rate", retryAfter: "600" });
  await town.tick();
  await town.ticks(8);
  const minutes = town.resend.calls.map(({ at }) => Math.round((at - (town.resend.calls[0]?.at ?? 0)) / minute));
  expect(minutes).toEqual([0, 20, 30]);
  expect(town.titles()).toEqual([]);
  await expectPromiseKept(town);
});

test("two calls a second are enough for everybody", async () => {
  const town = await begin(450);
  town.mailsPerRun = 1000;
  town.resend.maxCallsPerSecond = 2;
  await town.tick();
  expect([town.resend.calls.length, town.states()]).toEqual([5, { accepted: 450 }]);
});

test("a day's quota in the middle: the author is told once, and the rest goes out day by day", async () => {
  const town = await begin(350);
  // Lets the first run try to send everything.
  town.mailsPerRun = 1000;
  town.resend.quota.maxPerDay = 100;
  await town.tick();
  const perDay = [town.resend.sent.length];
  for (let days = 1; days <= 4; days += 1) {
    town.time += day;
    // Further runs on the same day send nothing.
    await town.ticks(3);
    perDay.push(town.resend.sent.length);
  }
  expect(perDay).toEqual([100, 200, 300, 350, 350]);
  expect(town.titles()).toEqual(["The sending quota is used up"]);
  await expectPromiseKept(town);
});

test("a letter a day leaves 99 of a quota of 100: the batch that never fits is halved until it does", async () => {
  const town = await begin(150);
  town.resend.quota.maxPerDay = 100;
  for (let days = 0; days < 6; days += 1) {
    town.resend.quota.use(1);
    await town.ticks(3);
    town.time += day;
  }
  expect(town.states()).toEqual({ accepted: 150 });
  expect(town.titles()).toEqual(["The sending quota is used up"]);
  await expectPromiseKept(town);
});

test("a month's quota is asked for once a day, because the author may raise it", async () => {
  const town = await begin(150);
  town.resend.quota.maxPerMonth = 100;
  await town.tick();
  const before = town.resend.calls.length;
  for (let hours = 0; hours < 48; hours += 1) {
    town.time += hour;
    await town.tick();
  }
  expect(town.resend.calls.length - before).toBe(2);
  town.resend.quota.maxPerMonth = 1000;
  town.time += day;
  await town.tick();
  expect([town.states(), town.titles()]).toEqual([{ accepted: 150 }, ["The sending quota is used up"]]);
  await expectPromiseKept(town);
});

test.each([
  [
    "a key that was withdrawn",
    (town: Town, isBroken: boolean) => {
      town.resend.apiKey = isBroken ? "re_new" : "re_test";
    },
  ],
  [
    "a domain that is not verified",
    (town: Town, isBroken: boolean) => {
      town.resend.isDomainVerified = !isBroken;
    },
  ],
])("%s halts everything, is told once, and goes on after it is put right", async (_, set) => {
  const town = await begin(150);
  set(town, true);
  await town.tick();
  const [reader] = [...town.readers.all.values()];
  if (reader) town.readers.leave(reader);
  for (let hours = 0; hours < 30; hours += 1) {
    town.time += hour + minute;
    await town.tick();
  }
  expect([town.resend.sent.length, town.titles()]).toEqual([0, ["Resend is rejecting the newsletter"]]);
  expect(town.resend.calls.length, "asked every hour, with one batch").toBeLessThan(35);
  set(town, false);
  town.time += 2 * hour;
  await town.ticks(2);
  // Longer than a key's lifetime, but nothing is uncertain, because nothing had been sent.
  expect(town.states()).toEqual({ accepted: 149, skipped: 1 });
  set(town, true);
  town.publish({ book: "tea", id: "late", published: new Date(town.time).toISOString() });
  await town.ticks(1);
  expect(town.titles(), "the next time it is told again").toHaveLength(2);
  set(town, false);
  await expectPromiseKept(town);
});

test("a bad address is isolated, whether it is named or the whole batch is turned away", async () => {
  const town = await begin(100);
  town.resend.refused.add("s00050@example.org");
  await town.tick();
  expect(town.states()).toEqual({ accepted: 99, failed: 1 });
  await expectPromiseKept(town);

  const other = await begin(100);
  other.resend.refuseWhole = (messages) => messages.some(({ to }) => to[0] === "s00050@example.org");
  await other.tick();
  await other.ticks(12);
  expect(other.states()).toEqual({ accepted: 99, failed: 1 });
  await expectPromiseKept(other);
});

test("a batch that is turned away after an attempt without an answer is not sent in halves: nobody knows", async () => {
  const town = await begin(40);
  town.resend.troubles.push(lost, refusal);
  await town.tick();
  await town.ticks(2);
  expect([town.resend.sent.length, town.states(), town.titles()]).toEqual([
    40,
    { uncertain: 40 },
    ["Some deliveries are uncertain"],
  ]);
  await expectPromiseKept(town);
});

test("a mail that everybody's copy is refused for stops the edition after five of them", async () => {
  const town = await begin(64);
  town.resend.refuseWhole = () => true;
  for (let turn = 0; turn < 40; turn += 1) await town.ticks(1);
  expect(town.titles()).toEqual(["An edition has stopped"]);
  expect(town.states()).toEqual({ failed: 5, sending: 59 });
  town.resend.refuseWhole = () => false;
  await expectPromiseKept(town);
});

test("a key that outlives its day is uncertain, is told, and is settled by what a webhook reports later", async () => {
  const town = await begin(2);
  town.resend.troubles.push(lost);
  await town.tick();
  town.time += 25 * hour;
  await town.ticks(2);
  expect([town.resend.sent.length, town.states()]).toEqual([2, { uncertain: 2 }]);
  for (const sent of town.resend.sent) await town.readers.report(sent, "delivered");
  expect([town.states(), town.titles()]).toEqual([{ delivered: 2 }, ["Some deliveries are uncertain"]]);
  await expectPromiseKept(town);
});

test("more batches outlive their keys than one run can settle: the others are not posted meanwhile", async () => {
  const town = await begin(900);
  town.mailsPerRun = 100;
  town.resend.troubles.push(...Array.from({ length: 9 }, () => lost));
  // One run after the other; KV allows one write a second for the claim watermark.
  const choose: Choose = (waiting) => {
    const index = waiting.indexOf(waiting.reduce((first, step) => (step.run < first.run ? step : first)));
    if (waiting[index]?.what === "kv put") town.time += 1100;
    return { index, fate: "done" };
  };
  await town.tick({ crons: 9, choose });
  town.time += 25 * hour;
  await town.ticks(5);
  expect([town.resend.sent.length, town.states()]).toEqual([900, { uncertain: 900 }]);
  expect(town.titles()).toEqual(["Some deliveries are uncertain"]);
  await expectPromiseKept(town);
});

test("webhooks that are faster than the answer are not overtaken by it", async () => {
  const town = await begin(3);
  town.resend.troubles.push(lost);
  await town.tick();
  const [first, second, third] = town.resend.sent;
  if (!first || !second || !third) throw new Error("Nothing was sent.");
  await town.readers.report(first, "bounced");
  await town.readers.report(second, "complained");
  await town.readers.report(third, "delivered");
  await town.ticks(2);
  expect(town.states()).toEqual({ bounced: 1, complained: 1, delivered: 1 });
  await expectPromiseKept(town);
});

test("a provider that knows a key with other contents stops the edition, which goes on by the author's word", async () => {
  const town = await begin(150);
  town.resend.troubles.push({
    kind: "answer",
    status: 409,
    body: { name: "invalid_idempotent_request", message: "Other." },
  });
  await town.ticks(4);
  expect([town.states(), town.titles()]).toEqual([
    { sending: 50, uncertain: 100 },
    ["An edition has stopped", "Some deliveries are uncertain"],
  ]);
  goOn(town, "each_tea_cooling");
  await town.ticks(1);
  expect(town.states()).toEqual({ accepted: 50, uncertain: 100 });
  await expectPromiseKept(town);
});
