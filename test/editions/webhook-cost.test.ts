/** Tests the D1 cost of a webhook event: the same few rows, however many subscribers and events there are. */

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { deliveryTags } from "../../src/editions/delivery-tags.ts";
import { forgetWebhookEvents, recordWebhookEvent } from "../../src/editions/webhook/record-webhook-event.ts";
import { parseEvent } from "../../src/editions/webhook/webhook-event.ts";
import { en } from "../../src/ui/words/en.ts";
import { bounced, type Copy, edition, eventOf, type MailReports, openMailReports } from "../newsletter/mail-reports.ts";
import { openMetered } from "../newsletter/metered-database.ts";
import { signingKeys } from "../newsletter/newsletter-world.ts";
import { present } from "../world.ts";

let mail: MailReports;
beforeAll(async () => {
  mail = await openMailReports();
});
afterAll(() => mail[Symbol.asyncDispose]());

const chapters = ["cooling", "milk", "steeping", "water", "leaves"].map((name) => `tea/${name}`);
const copy = (chapter: string, state = "accepted"): Copy => ({ subscriber: "s1", chapter, state, provider: "mail-1" });
beforeEach(() => mail.begin(...chapters.map((chapter) => copy(chapter))));

let events = 0;
async function costOf(payload: string, ...copies: Copy[]) {
  await mail.run(
    "DELETE FROM endings",
    "DELETE FROM deliveries WHERE subscriber_id = 's1'",
    "UPDATE subscribers SET state = 'confirmed'",
  );
  for (const { chapter, state } of copies) await mail.run(insertCopies(`'${chapter}', 's1'`, state));
  const { db, cost } = openMetered(await mail.world.database());
  events += 1;
  const event = parseEvent(`msg_${events}`, payload);
  if (event.kind !== "mail") throw new Error(`It was read as ${event.kind}.`);
  await recordWebhookEvent({ db, keys: signingKeys, words: en, now: Date.parse(present) }, event);
  return cost;
}

const insertCopies = (key: string, state: string, from = ""): string =>
  `INSERT INTO deliveries (chapter_id, subscriber_id, edition_id, state, provider_id, changed_at)
   SELECT ${key}, '${edition}', '${state}', 'mail-1', '${present}' ${from}`;
const numbers = (count: number): string =>
  `FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) SELECT i FROM n)`;
const readers = (count: number): string => insertCopies("'tea/cooling', 'r' || i", "accepted", numbers(count));

const taggedFive = Object.fromEntries(
  (await deliveryTags(edition, "s1", chapters)).map(({ name, value }) => [name, value]),
);

const costs = async () => ({
  sent: await costOf(eventOf("email.sent"), copy("tea/cooling")),
  delivered: await costOf(eventOf("email.delivered"), copy("tea/cooling")),
  fiveChapters: await costOf(eventOf("email.delivered"), ...chapters.map((chapter) => copy(chapter))),
  uncertain: await costOf(eventOf("email.delivered"), copy("tea/cooling", "uncertain")),
  bounced: await costOf(bounced("Permanent"), copy("tea/cooling")),
  tagged: await costOf(eventOf("email.delivered", { tags: taggedFive }), ...chapters.map((chapter) => copy(chapter))),
  nobodys: await costOf(eventOf("email.delivered", { tags: { edition: "x", subscriber: "y" } })),
});

test("an event writes a row of its own and one for each that it changes, and reads no more where there are thousands", async () => {
  const few = await costs();
  await mail.run(readers(5_000));
  expect(await costs()).toEqual(few);
  const written = Object.fromEntries(Object.entries(few).map(([name, cost]) => [name, cost.written]));
  // A bounce also ends the subscription, adds a row to the partial index of suppressed subscribers, moves the subscriber
  // in the index that counts them by state, and leaves a record for KV with its two indexes.
  expect(written).toEqual({ sent: 1, delivered: 2, fiveChapters: 6, uncertain: 2, bounced: 8, tagged: 6, nobodys: 1 });
  for (const { read } of [few.sent, few.delivered, few.uncertain, few.bounced]) expect(read).toBeLessThan(40);
  expect(few.fiveChapters.read).toBeLessThan(80);
  expect(few.tagged.read).toBeLessThan(80);
});

test("a copy that is not uncertain costs one row, in spite of the index of those that are", async () => {
  const { meta } = await (await mail.world.database()).prepare(readers(100)).run();
  expect(meta.rows_written).toBe(100);
});

test("forgetting reads what it forgets", async () => {
  await mail.run(`INSERT INTO webhook_events (created_at, id, type)
    SELECT iif(i <= 20, '2026-01-01', '${present}'), i, 't' ${numbers(3_000)}`);
  const { db, cost } = openMetered(await mail.world.database());
  await forgetWebhookEvents(db, Date.parse(present));
  expect(cost.written).toBe(20);
  expect(cost.read).toBeLessThan(100);
});
