/** What is kept about one person: all of it in a file, and none of it after erasing, but a hash. */
import { inspect } from "node:util";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openDatabase, persist, withoutParameters } from "../../src/db/database.ts";
import { findByAddress } from "../../src/subscribers/subscriber-queries.ts";
import { type House, openHouse } from "../newsletter/house.ts";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house[Symbol.asyncDispose]());
beforeEach(() => {
  house.office.mails.length = 0;
});

const rowOf = async (id: string) => (await house.rows(`SELECT * FROM subscribers WHERE id = '${id}'`))[0];

test("everything that is known, as a file, without the secrets of links", async () => {
  const { id, preferences, leave } = await house.join("export@example.org");
  await house.rows(`INSERT INTO publications (chapter_id, published_at, recorded_at) VALUES ('tea/leaves', 'x', 'x')`);
  await house.rows(
    `INSERT INTO deliveries VALUES ('tea/leaves', '${id}', 'each_tea_leaves', 'delivered', NULL, 'p', 'x')`,
  );
  await house.post(preferences, { act: "save", frequency: "monthly", which: "chosen", books: "tea" });
  const answer = await house.world.get(`${preferences}/data`);
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
  const { id, preferences, leave } = await house.join("erase@example.org");
  await house.rows(`INSERT INTO deliveries VALUES ('tea/leaves', '${id}', 'e', 'delivered', NULL, 'p', 'x')`);
  await house.post(preferences, { act: "erase" });
  expect(await rowOf(id)).toBeDefined();
  expect((await house.post(preferences, { act: "erase", sure: "yes" })).body).toContain("<h1>Data erased</h1>");
  for (const table of [
    "subscribers WHERE id",
    "consents WHERE subscriber_id",
    "letters WHERE subscriber_id",
    "deliveries WHERE subscriber_id",
  ]) {
    expect(await house.rows(`SELECT * FROM ${table} = '${id}'`)).toEqual([]);
  }
  expect(await house.rows("SELECT reason, length(address_hash) AS length FROM suppressions")).toEqual([
    { reason: "erased", length: 64 },
  ]);
  for (const path of [preferences, leave]) expect((await house.world.get(path)).status).toBe(404);

  await house.join("erase@example.org");
  expect(await house.rows("SELECT * FROM suppressions")).toEqual([]);
});

test("who complained and has all erased stays suppressed", async () => {
  const { id, preferences } = await house.join("complaint@example.org");
  await house.rows(`UPDATE subscribers SET state = 'suppressed', suppression_reason = 'complaint' WHERE id = '${id}'`);
  await house.post(preferences, { act: "erase", sure: "yes" });
  expect(await house.rows("SELECT reason FROM suppressions")).toEqual([{ reason: "complaint" }]);
  await house.subscribe("complaint@example.org");
  expect(house.office.mails).toEqual([]);
});

test("no table holds anything of somebody who was erased, not even what waited to be sent", async () => {
  const { id, preferences, leave } = await house.join("Gone.Person+tea@Example.org");
  const other = await house.join("stays@example.org");
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
    await house.rows(`INSERT INTO batches (id, edition_id, members, state, sealed_at, next_attempt_at)
      VALUES ('${batch}', 'waits', '${list}', 'sealed', '2026-03-01', '2026-03-01')`);
  }
  await house.rows(`INSERT INTO deliveries VALUES ('tea/leaves', '${id}', 'waits', 'sending', NULL, NULL, 'x')`);
  house.office.troubles.push({ kind: "rate", retryAfter: "60" });
  await house.subscribe("gone.person+TEA@example.org");
  await house.post(preferences, { act: "pause", until: "2026-04-01" });
  expect(await house.rows("SELECT id FROM letters WHERE state = 'queued'")).toHaveLength(1);

  await house.post(preferences, { act: "erase", sure: "yes" });
  const tables = await house.rows<{ name: string }>(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
  );
  expect(tables.length).toBeGreaterThan(10);
  const secret = leave.split(".").at(-1) ?? "";
  for (const { name } of tables) {
    const text = JSON.stringify(await house.rows(`SELECT * FROM ${name}`)).toLowerCase();
    for (const trace of ["gone.person", "goneperson", id, secret]) {
      expect([name, trace, text.includes(trace)]).toEqual([name, trace, false]);
    }
  }
  // The others of the batch are still to be served, under a key of their own because its contents are others now.
  const batches = await house.rows<{ members: string; generation: number }>(
    "SELECT members, generation FROM batches WHERE edition_id = 'waits' ORDER BY id DESC",
  );
  expect(batches.map((row) => ({ ...row, members: JSON.parse(row.members) }))).toEqual([
    { members: [copy(other.id, "stays@example.org")], generation: 1 },
    { members: [], generation: 1 },
  ]);
});

test("what may be on its way already keeps its bytes, because only the same can be asked for again", async () => {
  const { id, preferences } = await house.join("in-flight@example.org");
  await house.rows(`INSERT INTO batches (id, edition_id, members, state, sealed_at, next_attempt_at, unknown_since)
    VALUES ('flies/', 'flies', '[{"subscriber":"${id}"}]', 'sealed', '2026-03-01', '2026-03-01', '2026-03-01')`);
  const answer = await house.post(preferences, { act: "erase", sure: "yes" });
  expect(answer.body).toContain("may still arrive");
  expect(await house.rows("SELECT members, generation FROM batches WHERE id = 'flies/'")).toEqual([
    { members: `[{"subscriber":"${id}"}]`, generation: 0 },
  ]);
});

test("what is logged when the database fails names nobody", async () => {
  const db = openDatabase(await house.world.database());
  await house.rows("ALTER TABLE subscribers RENAME TO mislaid");
  const failures = await Promise.allSettled([
    findByAddress(db, "named@example.org"),
    persist(() => db.run(sql`UPDATE subscribers SET email = ${"named@example.org"}`)),
  ]);
  await house.rows("ALTER TABLE mislaid RENAME TO subscribers");
  for (const failure of failures) {
    const error = failure.status === "rejected" ? failure.reason : undefined;
    expect(String(error)).toContain("named@example.org");
    expect(inspect(withoutParameters(error))).toContain("no such table: subscribers");
    expect(inspect(withoutParameters(error))).not.toContain("named");
  }
});
