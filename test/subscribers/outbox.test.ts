/** Tests the outbox: each transactional email is delivered once, whatever the provider responds. */

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { recordWebhookEvent } from "../../src/editions/webhook/record-webhook-event.ts";
import type { Mailer, Outcome } from "../../src/mail/mailer.ts";
import { cancelQueued, type MessageKind, queueMessage, sendQueued } from "../../src/subscribers/outbox.ts";
import { en } from "../../src/ui/words/en.ts";
import { openWorld, type World } from "../world.ts";

let world: World;
let db: Database;
beforeAll(async () => {
  world = await openWorld();
  db = openDatabase(await world.database());
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  for (const table of ["letters", "notices"]) await (await world.database()).prepare(`DELETE FROM ${table}`).run();
});

const noon = Date.parse("2026-03-01T12:00:00Z");
const hour = 3_600_000;
const at = (time: number) => ({ now: () => time, realNow: () => time });
const message = { from: "a@b.example", to: ["c@d.example"], subject: "s", html: "$&", text: "t" } as const;
const write = (id: string, now = noon, kind: MessageKind = "welcome", subscriberId: string | null = null) =>
  queueMessage(db, { id, kind, subscriberId, message, now });
const letter = () => world.database().then((database) => database.prepare("SELECT * FROM letters ORDER BY id").first());

/** Returns the outcomes in order, and repeats the last one. */
function mailerOf(...outcomes: Outcome[]): Mailer & { readonly calls: [string, string][] } {
  const calls: [string, string][] = [];
  return {
    calls,
    async sendBatch(key, body) {
      calls.push([key, new TextDecoder().decode(body)]);
      const [outcome = accepted] = outcomes.length > 1 ? [outcomes.shift()] : outcomes;
      return outcome;
    },
  };
}
const accepted: Outcome = { kind: "accepted", results: [{ id: "r1" }] };
const unknown: Outcome = { kind: "unknown", reason: "lost" };

test("a letter is posted once, under its id, and its text is forgotten", async () => {
  await write("w1");
  await write("w1");
  const mailer = mailerOf(accepted);
  expect(await sendQueued({ db, mailer, ...at(noon), limit: 5 })).toBe(1);
  expect(await sendQueued({ db, mailer, ...at(noon + hour), limit: 5 })).toBe(0);
  expect(mailer.calls).toEqual([["w1", JSON.stringify([message])]]);
  expect(await letter()).toMatchObject({ state: "accepted", provider_id: "r1", message: null });
});

test("runs at the same time do not post the same letter", async () => {
  for (const id of ["a", "b", "c", "d"]) await write(id);
  const mailer = mailerOf(accepted);
  await Promise.all([1, 2, 3].map(() => sendQueued({ db, mailer, ...at(noon), limit: 4 })));
  expect(mailer.calls.map(([key]) => key).sort()).toEqual(["a", "b", "c", "d"]);
});

test("an unknown end is tried again with the same bytes, and no longer than the key lives", async () => {
  await write("w1");
  const mailer = mailerOf(unknown);
  for (let now = noon; now < noon + 30 * hour; now += hour) await sendQueued({ db, mailer, ...at(now), limit: 5 });
  expect(new Set(mailer.calls.map((call) => call.join(" "))).size).toBe(1);
  expect(mailer.calls.length).toBeGreaterThan(10);
  expect(mailer.calls.length).toBeLessThanOrEqual(24);
  expect(await letter()).toMatchObject({ state: "uncertain", message: null });
});

test("a run that died while posting leaves a letter that is never sent again after the key's life", async () => {
  await write("w1");
  const dying: Mailer = { sendBatch: () => Promise.reject(new Error("The isolate is gone.")) };
  await expect(sendQueued({ db, mailer: dying, ...at(noon), limit: 1 })).rejects.toThrow();
  const mailer = mailerOf(accepted);
  await sendQueued({ db, mailer, ...at(noon + 60_000), limit: 1 });
  expect(mailer.calls).toEqual([]);
  await sendQueued({ db, mailer, ...at(noon + 24 * hour), limit: 1 });
  expect(mailer.calls).toEqual([]);
  expect(await letter()).toMatchObject({ state: "uncertain" });
});

test.each([
  [{ kind: "later", seconds: 60, reason: "slow" }, 60],
  [{ kind: "quota", period: "day", reason: "full" }, 3600],
  [{ kind: "misconfigured", reason: "no key" }, 900],
] as [Outcome, number][])("%j: nothing was sent, so it waits, for days if need be", async (outcome, seconds) => {
  await write("w1");
  await write("w2");
  const mailer = mailerOf(outcome);
  await sendQueued({ db, mailer, ...at(noon), limit: 5 });
  expect(mailer.calls).toHaveLength(1);
  expect(await letter()).toMatchObject({
    state: "queued",
    first_attempt_at: null,
    next_attempt_at: new Date(noon + seconds * 1000).toISOString(),
  });
  expect(await sendQueued({ db, mailer: mailerOf(accepted), ...at(noon + 48 * hour), limit: 5 })).toBe(2);
});

test.each([
  { kind: "refused", reason: "422 invalid" },
  { kind: "accepted", results: [{ error: "invalid" }] },
] as Outcome[])("%j: it has failed, and is not tried again", async (outcome) => {
  await write("w1");
  const mailer = mailerOf(outcome);
  await sendQueued({ db, mailer, ...at(noon), limit: 5 });
  await sendQueued({ db, mailer, ...at(noon + 5 * hour), limit: 5 });
  expect(mailer.calls).toHaveLength(1);
  expect(await letter()).toMatchObject({ state: "failed", message: null });
});

test("a clock that was days ahead for one run neither holds a letter up nor sends it a second time", async () => {
  await write("a-tried");
  await write("b-waits");
  const ahead = noon + 10 * 24 * hour;
  await sendQueued({
    db,
    mailer: mailerOf(unknown, { kind: "later", seconds: 60, reason: "429" }),
    ...at(ahead),
    limit: 2,
  });
  const mailer = mailerOf(accepted);
  await sendQueued({ db, mailer, ...at(noon + hour), limit: 5 });
  expect(mailer.calls.map(([key]) => key)).toEqual(["b-waits"]);
  expect(await letter()).toMatchObject({ id: "a-tried", state: "uncertain" });
  await sendQueued({ db, mailer, ...at(ahead + hour), limit: 5 });
  expect(mailer.calls).toHaveLength(1);
});

test("an email that ends as uncertain is told at the desk, until a webhook settles it", async () => {
  const database = await world.database();
  const open = async () =>
    (await database.prepare("SELECT id, title FROM notices WHERE resolved_at IS NULL").all()).results;
  await write("w1");
  const mailer = mailerOf(unknown);
  await sendQueued({ db, mailer, ...at(noon), limit: 1 });
  expect(await open()).toEqual([]);
  await sendQueued({ db, mailer, ...at(noon + 24 * hour), limit: 1 });
  const told = { id: "uncertain emails", title: "Transactional emails may not have arrived" };
  expect([(await letter())?.state, await open()]).toEqual(["uncertain", [told]]);
  const event = { id: "e1", type: "email.delivered", createdAt: new Date(noon).toISOString() };
  await recordWebhookEvent(
    { db, keys: [], words: en, now: noon + 25 * hour },
    {
      ...event,
      kind: "mail",
      about: { kind: "letter", letter: "w1" },
      report: "deliver",
      mail: "r1",
      address: undefined,
      reason: undefined,
      suppression: undefined,
    },
  );
  expect([(await letter())?.state, await open()]).toEqual(["accepted", []]);
});

test.each([
  ["welcome", "unsubscribed", "uncertain"],
  ["goodbye", "unsubscribed", "accepted"],
  ["preferences-link", "suppressed", "uncertain"],
  ["welcome", "confirmed", "accepted"],
] as const)("after four hours without an answer, a %s to somebody %s is %s", async (kind, state, end) => {
  const database = await world.database();
  await database.prepare("DELETE FROM subscribers").run();
  await database
    .prepare(
      `INSERT INTO subscribers (id, email, address_key, state, leave_key, requested_at, confirmed_at)
        VALUES ('ada', 'ada@example.org', 'ada@example.org', ?, 'k', '', '')`,
    )
    .bind(state)
    .run();
  await write("l1", noon, kind, "ada");
  const mailer = mailerOf(unknown, unknown, accepted);
  await sendQueued({ db, mailer, ...at(noon), limit: 1 });
  await sendQueued({ db, mailer, ...at(noon + 3.9 * hour), limit: 1 });
  expect(mailer.calls).toHaveLength(2);
  await sendQueued({ db, mailer, ...at(noon + 5 * hour), limit: 1 });
  expect([(await letter())?.state, mailer.calls.length]).toEqual([end, end === "accepted" ? 3 : 2]);
});

test.each(["confirmation", "address-change"] as const)(
  "a %s that waited for so long that its link is about to expire is not sent any more",
  async (kind) => {
    await write("c1", noon, kind);
    const mailer = mailerOf({ kind: "misconfigured", reason: "no key" }, accepted);
    await sendQueued({ db, mailer, ...at(noon), limit: 1 });
    await sendQueued({ db, mailer, ...at(noon + 37 * hour), limit: 1 });
    expect(mailer.calls).toHaveLength(1);
    expect(await letter()).toMatchObject({ state: "failed", message: null });
  },
);

test("what waits for somebody who leaves is taken back, unless it may have been sent", async () => {
  await write("a-waits", noon, "welcome", "ada");
  await write("b-tried", noon - hour, "welcome", "ada");
  await write("c-of-bob", noon, "welcome", "bob");
  await sendQueued({ db, mailer: mailerOf(unknown), ...at(noon - hour), limit: 1 });
  await db.run(cancelQueued("ada"));
  const mailer = mailerOf(accepted);
  await sendQueued({ db, mailer, ...at(noon + hour), limit: 5 });
  expect(mailer.calls.map(([key]) => key).sort()).toEqual(["b-tried", "c-of-bob"]);
});
