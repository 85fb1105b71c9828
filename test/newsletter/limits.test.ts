/** Counters against floods: per mailbox, per network, in all; and nobody can be found in them. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { networkOf } from "../../src/http/limits.ts";
import { countRequest, maxPerNetwork } from "../../src/newsletter/limits.ts";
import { openWorld, type World } from "../world.ts";
import { signingKeys } from "./house.ts";
import { openMetered } from "./metered-database.ts";

let world: World;
let db: Database;
beforeAll(async () => {
  world = await openWorld();
  db = openDatabase(await world.database());
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  await (await world.database()).prepare("DELETE FROM limits").run();
});

const noon = Date.parse("2026-03-01T12:00:00Z");
const ask = (address: string, ip: string, now = noon) =>
  countRequest(db, signingKeys, { addresses: [address], ip, now });
const rows = async () =>
  (await (await world.database()).prepare("SELECT * FROM limits").all<{ bucket: string }>()).results;

test("three mails a day to one mailbox, however it is written", async () => {
  const kinds = [];
  for (const [index, address] of ["a.b@gmail.com", "AB+1@gmail.com", "ab@googlemail.com", "ab@gmail.com"].entries()) {
    kinds.push((await ask(address, `10.0.${index}.1`)).kind);
  }
  expect(kinds).toEqual(["within", "within", "within", "mailbox-full"]);
  expect((await ask("ab@gmail.com", "10.1.0.1", noon + 86_400_000)).kind).toBe("within");
});

test("fifty a day from one network, so that a lecture hall can subscribe; what is turned away is not counted for all", async () => {
  for (let index = 0; index < maxPerNetwork; index += 1) {
    expect((await ask(`reader${index}@example.org`, `192.0.2.${index}`)).kind).toBe("within");
  }
  expect(await ask("next@example.org", "192.0.2.99")).toEqual({ kind: "too-many", retryAfterSeconds: 43_200 });
  const counts = await rows();
  expect((await ask("next@example.org", "192.0.2.98")).kind).toBe("too-many");
  expect(await rows()).toEqual(counts);
  expect((await ask("next@example.org", "192.0.3.1")).kind).toBe("within");
});

test("a request that mails two addresses counts for both, and says which of them is full", async () => {
  const both = (from: string, to: string, ip: string) =>
    countRequest(db, signingKeys, { addresses: [from, to], ip, now: noon });
  for (const index of [0, 1, 2])
    expect((await both("a@example.org", `b${index}@example.org`, "10.0.0.1")).kind).toBe("within");
  expect(await both("a@example.org", "c@example.org", "10.0.0.1")).toMatchObject({
    kind: "mailbox-full",
    address: "a@example.org",
  });
  expect((await both("x@example.org", "X+1@example.org", "10.0.0.1")).kind).toBe("within");
  expect((await ask("x@example.org", "10.0.0.1")).kind).toBe("within");
});

test("what is turned away costs one query that writes nothing, however many came before", async () => {
  const costOf = async (ip: string) => {
    const metered = openMetered(await world.database());
    const { kind } = await countRequest(metered.db, signingKeys, { addresses: ["next@example.org"], ip, now: noon });
    return { kind, ...metered.cost };
  };
  for (let index = 0; index < maxPerNetwork; index += 1) await ask(`reader${index}@example.org`, "192.0.2.1");
  const full = await costOf("192.0.2.1");
  expect(full).toMatchObject({ kind: "too-many", statements: 1, written: 0 });
  await (await world.database())
    .prepare(`INSERT INTO limits WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)
      SELECT 'mailbox:' || i, 1, '2026-03-02T00:00:00.000Z' FROM n`)
    .run();
  expect(await costOf("192.0.2.1")).toEqual(full);
  expect(full.read).toBeLessThan(10);
  expect(await costOf("10.0.0.1")).toMatchObject({ kind: "within", statements: 1 });
});

test("two thousand a day in all", async () => {
  await ask("first@example.org", "10.0.0.1");
  await (await world.database()).prepare("UPDATE limits SET count = 2000 WHERE bucket LIKE 'all:%'").run();
  expect((await ask("other@example.org", "10.0.1.1")).kind).toBe("too-many");
});

test("many at once are counted one by one", async () => {
  expect(maxPerNetwork).toBe(50);
  const verdicts = await Promise.all(
    Array.from({ length: maxPerNetwork + 10 }, (_, index) => ask(`reader${index}@example.org`, "2001:db8:1::1")),
  );
  expect(verdicts.filter(({ kind }) => kind === "within")).toHaveLength(maxPerNetwork);
});

test("rows say nothing about anybody", async () => {
  await ask("ada@example.org", "192.0.2.7");
  expect(await rows()).toHaveLength(3);
  expect(JSON.stringify(await rows())).not.toMatch(/ada|example|192/);
});

test.each([
  ["192.0.2.7", "192.0.2.0/24"],
  ["::ffff:192.0.2.7", "192.0.2.0/24"],
  ["2001:0DB8:0001:ffff::1", "2001:db8:1::/48"],
  ["2001:db8::1", "2001:db8:0::/48"],
  ["::1", "0:0:0::/48"],
  ["nonsense", "unknown"],
  [undefined, "unknown"],
])("%s is of the network %s", (ip, network) => {
  expect(networkOf(ip)).toBe(network);
});
