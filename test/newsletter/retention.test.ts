/** Tests retention: which data is deleted when, what is kept, and the cost of a run. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openDatabase } from "../../src/db/database.ts";
import { deleteExpired, deletesPerRun } from "../../src/newsletter/retention.ts";
import { present } from "../world.ts";
import { openMetered } from "./metered-database.ts";
import { after, lastMail, linkIn, type NewsletterWorld, openNewsletterWorld } from "./newsletter-world.ts";

let newsletter: NewsletterWorld;
beforeAll(async () => {
  newsletter = await openNewsletterWorld();
});
afterAll(() => newsletter[Symbol.asyncDispose]());
beforeEach(async () => {
  newsletter.resend.mails.length = 0;
  for (const table of ["subscribers", "consents", "letters", "limits"]) await newsletter.rows(`DELETE FROM ${table}`);
});

const daysLater = (days: number): number => Date.parse(after(24 * days));
const tidyAt = async (days: number) => deleteExpired(openDatabase(await newsletter.world.database()), daysLater(days));
const addresses = async () =>
  (await newsletter.rows<{ email: string }>("SELECT email FROM subscribers ORDER BY email")).map(({ email }) => email);
const countOf = async (table: string) =>
  (await newsletter.rows<{ count: number }>(`SELECT COUNT(*) AS count FROM ${table}`))[0]?.count;

test("who never confirmed is forgotten after thirty days, with all that was kept about them", async () => {
  await newsletter.join("ada@example.org");
  await newsletter.subscribe("never@example.org");
  await newsletter.subscribe("asked-again@example.org");
  await newsletter.subscribe("asked-again@example.org", { now: after(24) });
  await tidyAt(29);
  expect(await addresses()).toEqual(["ada@example.org", "asked-again@example.org", "never@example.org"]);
  await tidyAt(30);
  expect(await addresses()).toEqual(["ada@example.org", "asked-again@example.org"]);
  await tidyAt(31);
  expect(await addresses()).toEqual(["ada@example.org"]);
  expect(await newsletter.rows("SELECT act FROM consents ORDER BY id")).toEqual([
    { act: "requested" },
    { act: "confirmed" },
  ]);
  expect(await countOf("letters")).toBe(0);
});

test("for whoever had left, an unanswered request ends in having left: records and links stay", async () => {
  const { leave, preferences } = await newsletter.join("gone@example.org", { now: present });
  await newsletter.post(leave, {}, { now: after(1) });
  await newsletter.subscribe("gone@example.org", { now: after(2) });
  const old = linkIn(lastMail(newsletter.resend), "confirm");
  await tidyAt(40);
  expect(await newsletter.rows("SELECT state, confirmed_at, left_at, confirmation FROM subscribers")).toEqual([
    { state: "unsubscribed", confirmed_at: present, left_at: after(1), confirmation: null },
  ]);
  expect(await countOf("consents")).toBe(4);
  const now = after(24 * 40);
  expect((await newsletter.world.get(leave, { now })).body).toContain("You have unsubscribed");
  expect((await newsletter.world.get(preferences, { now })).status).toBe(200);
  expect((await newsletter.post(old, {}, { now })).status).toBe(404);
});

test("letters are forgotten thirty days after they ended, never while they wait; counters with their day", async () => {
  await newsletter.join("ada@example.org");
  await newsletter.rows(`INSERT INTO letters (id, kind, state, created_at, next_attempt_at, message)
    VALUES ('waits', 'welcome', 'queued', '2020-01-01', '2020-01-01', '[]')`);
  expect(await countOf("limits")).toBe(3);
  await tidyAt(0.4);
  expect([await countOf("letters"), await countOf("limits")]).toEqual([3, 3]);
  await tidyAt(29);
  expect([await countOf("letters"), await countOf("limits")]).toEqual([3, 0]);
  await tidyAt(31);
  expect(await newsletter.rows("SELECT id FROM letters")).toEqual([{ id: "waits" }]);
});

test("a run forgets some hundred rows at most, and the next one goes on", async () => {
  const count = deletesPerRun + 50;
  await newsletter.rows(`INSERT INTO subscribers (id, email, address_key, state, leave_key, requested_at)
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
    SELECT 's' || i, i || '@example.org', i || '@example.org', 'pending', 'k', '2026-01-01T00:00:00.000Z' FROM n`);
  await newsletter.rows(`INSERT INTO consents (subscriber_id, at, act, page, wording)
    SELECT id, '2025-01-01T00:00:00.000Z', CASE WHEN rowid % 2 THEN 'left' ELSE 'requested' END, '/', 'w' FROM subscribers`);
  await newsletter.rows(`INSERT INTO limits SELECT id, 1, '2026-01-02T00:00:00.000Z' FROM subscribers`);
  await newsletter.rows(`INSERT INTO letters (id, kind, state, created_at, next_attempt_at, settled_at)
    SELECT id, 'welcome', 'accepted', '2026-01-01', '2026-01-01', '2026-01-01T00:00:00.000Z' FROM subscribers`);
  await tidyAt(0);
  expect([await countOf("limits"), await countOf("letters")]).toEqual([50, 50]);
  await tidyAt(0);
  expect([await countOf("limits"), await countOf("letters")]).toEqual([0, 0]);
  // Whichever run processed a row: unsubscribed people are kept, all others are deleted with their records.
  expect(await newsletter.rows("SELECT state, COUNT(*) AS count FROM subscribers GROUP BY state")).toEqual([
    { state: "unsubscribed", count: count / 2 },
  ]);
  expect(await newsletter.rows("SELECT act, COUNT(*) AS count FROM consents GROUP BY act")).toEqual([
    { act: "left", count: count / 2 },
  ]);
});

test("with nothing to do, and thousands of subscribers, it reads a handful of rows and writes none", async () => {
  await newsletter.rows(`INSERT INTO subscribers (id, email, address_key, state, leave_key, requested_at, confirmed_at)
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
    SELECT 's' || i, i || '@example.org', i || '@example.org', CASE WHEN i > 2900 THEN 'pending' ELSE 'confirmed' END, 'k',
      CASE WHEN i > 2900 THEN '${present}' ELSE '2020-01-01T00:00:00.000Z' END, '${present}' FROM n`);
  await newsletter.rows(`INSERT INTO letters (id, kind, state, created_at, next_attempt_at, settled_at)
    SELECT id, 'welcome', 'accepted', '2026-01-01', '2026-01-01', '${present}' FROM subscribers`);
  const { db, cost } = openMetered(await newsletter.world.database());
  await deleteExpired(db, Date.parse(present));
  expect(cost).toMatchObject({ statements: 5, written: 0 });
  expect(cost.read).toBeLessThan(30);
});
