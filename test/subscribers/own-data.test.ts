/** Tests data access and erasure: the export has all data about a person, and erasure leaves only a hash. */
import { inspect } from "node:util";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openDatabase, persist, withoutParameters } from "../../src/db/database.ts";
import { findByAddress } from "../../src/subscribers/subscriber-queries.ts";
import { type NewsletterWorld, openNewsletterWorld } from "../newsletter/newsletter-world.ts";

let newsletter: NewsletterWorld;
beforeAll(async () => {
  newsletter = await openNewsletterWorld();
});
afterAll(() => newsletter[Symbol.asyncDispose]());
beforeEach(() => {
  newsletter.resend.mails.length = 0;
});

const rowOf = async (id: string) => (await newsletter.rows(`SELECT * FROM subscribers WHERE id = '${id}'`))[0];

test("everything that is known, as a file, without the secrets of links", async () => {
  const { id, preferences, leave } = await newsletter.join("export@example.org");
  await newsletter.rows(
    `INSERT INTO publications (chapter_id, published_at, recorded_at) VALUES ('tea/leaves', 'x', 'x')`,
  );
  await newsletter.rows(
    `INSERT INTO deliveries VALUES ('tea/leaves', '${id}', 'each_tea_leaves', 'delivered', NULL, 'p', 'x')`,
  );
  await newsletter.post(preferences, { act: "save", frequency: "monthly", which: "chosen", books: "tea" });
  const answer = await newsletter.world.get(`${preferences}/data`);
  expect(answer.headers.get("content-disposition")).toContain("attachment");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const data = JSON.parse(answer.body);
  expect(data.subscriber).toMatchObject({ email: "export@example.org", state: "confirmed", books: ["tea"] });
  expect(data.consents).toHaveLength(2);
  expect(data.deliveries).toHaveLength(1);
  expect(data.letters.map(({ kind }: { kind: string }) => kind).sort()).toEqual(["confirmation", "welcome"]);
  expect(answer.body).not.toContain(leave.split(".").at(-1));
});

test("erased: nothing is left but a hash, and its owner may begin anew", async () => {
  const { id, preferences, leave } = await newsletter.join("erase@example.org");
  await newsletter.rows(`INSERT INTO deliveries VALUES ('tea/leaves', '${id}', 'e', 'delivered', NULL, 'p', 'x')`);
  await newsletter.post(preferences, { act: "erase" });
  expect(await rowOf(id)).toBeDefined();
  expect((await newsletter.post(preferences, { act: "erase", sure: "yes" })).body).toContain("<h1>Data erased</h1>");
  for (const table of [
    "subscribers WHERE id",
    "consents WHERE subscriber_id",
    "letters WHERE subscriber_id",
    "deliveries WHERE subscriber_id",
  ]) {
    expect(await newsletter.rows(`SELECT * FROM ${table} = '${id}'`)).toEqual([]);
  }
  expect(await newsletter.rows("SELECT reason, length(address_hash) AS length FROM suppressions")).toEqual([
    { reason: "erased", length: 64 },
  ]);
  for (const path of [preferences, leave]) expect((await newsletter.world.get(path)).status).toBe(404);

  await newsletter.join("erase@example.org");
  expect(await newsletter.rows("SELECT * FROM suppressions")).toEqual([]);
});

test("who complained and has all erased stays suppressed", async () => {
  const { id, preferences } = await newsletter.join("complaint@example.org");
  await newsletter.rows(
    `UPDATE subscribers SET state = 'suppressed', suppression_reason = 'complaint' WHERE id = '${id}'`,
  );
  await newsletter.post(preferences, { act: "erase", sure: "yes" });
  expect(await newsletter.rows("SELECT reason FROM suppressions")).toEqual([{ reason: "complaint" }]);
  await newsletter.subscribe("complaint@example.org");
  expect(newsletter.resend.mails).toEqual([]);
});

test("no table holds anything of somebody who was erased, not even what waited to be sent", async () => {
  const { id, preferences, leave } = await newsletter.join("Gone.Person+tea@Example.org");
  const other = await newsletter.join("stays@example.org");
  const copy = (subscriber: string, to: string) => ({
    subscriber,
    to,
    chapters: ["tea/leaves"],
    template: "t",
    leave: "l",
    preferences: "p",
  });
  const members = JSON.stringify([copy(id, "Gone.Person+tea@Example.org"), copy(other.id, "stays@example.org")]);
  const alone = JSON.stringify([copy(id, "Gone.Person+tea@Example.org")]);
  for (const [batch, list] of [
    ["waits/", members],
    ["alone/", alone],
  ]) {
    await newsletter.rows(`INSERT INTO batches (id, edition_id, members, state, sealed_at, next_attempt_at)
      VALUES ('${batch}', 'waits', '${list}', 'sealed', '2026-03-01', '2026-03-01')`);
  }
  await newsletter.rows(`INSERT INTO deliveries VALUES ('tea/leaves', '${id}', 'waits', 'sending', NULL, NULL, 'x')`);
  newsletter.resend.troubles.push({ kind: "rate", retryAfter: "60" });
  await newsletter.subscribe("gone.person+TEA@example.org");
  await newsletter.post(preferences, { act: "pause", until: "2026-04-01" });
  expect(await newsletter.rows("SELECT id FROM letters WHERE state = 'queued'")).toHaveLength(1);

  await newsletter.post(preferences, { act: "erase", sure: "yes" });
  const tables = await newsletter.rows<{ name: string }>(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
  );
  expect(tables.length).toBeGreaterThan(10);
  const secret = leave.split(".").at(-1) ?? "";
  for (const { name } of tables) {
    const text = JSON.stringify(await newsletter.rows(`SELECT * FROM ${name}`)).toLowerCase();
    for (const trace of ["gone.person", "goneperson", id, secret]) {
      expect([name, trace, text.includes(trace)]).toEqual([name, trace, false]);
    }
  }
  // The rest of the batch is still to be sent, under a new idempotency key because its content has changed.
  const batches = await newsletter.rows<{ members: string; generation: number }>(
    "SELECT members, generation FROM batches WHERE edition_id = 'waits' ORDER BY id DESC",
  );
  expect(batches.map((row) => ({ ...row, members: JSON.parse(row.members) }))).toEqual([
    { members: [copy(other.id, "stays@example.org")], generation: 1 },
    { members: [], generation: 1 },
  ]);
});

test("what may be on its way already keeps its bytes, because only the same can be asked for again", async () => {
  const { id, preferences } = await newsletter.join("in-flight@example.org");
  await newsletter.rows(`INSERT INTO batches (id, edition_id, members, state, sealed_at, next_attempt_at, unknown_since)
    VALUES ('flies/', 'flies', '[{"subscriber":"${id}"}]', 'sealed', '2026-03-01', '2026-03-01', '2026-03-01')`);
  const answer = await newsletter.post(preferences, { act: "erase", sure: "yes" });
  expect(answer.body).toContain("may still arrive");
  expect(await newsletter.rows("SELECT members, generation FROM batches WHERE id = 'flies/'")).toEqual([
    { members: `[{"subscriber":"${id}"}]`, generation: 0 },
  ]);
});

test("what is logged when the database fails names nobody", async () => {
  const db = openDatabase(await newsletter.world.database());
  await newsletter.rows("ALTER TABLE subscribers RENAME TO mislaid");
  const failures = await Promise.allSettled([
    findByAddress(db, "named@example.org"),
    persist(() => db.run(sql`UPDATE subscribers SET email = ${"named@example.org"}`)),
  ]);
  await newsletter.rows("ALTER TABLE mislaid RENAME TO subscribers");
  for (const failure of failures) {
    const error = failure.status === "rejected" ? failure.reason : undefined;
    expect(String(error)).toContain("named@example.org");
    expect(inspect(withoutParameters(error))).toContain("no such table: subscribers");
    expect(inspect(withoutParameters(error))).not.toContain("named");
  }
});
