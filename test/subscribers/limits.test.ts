/** Tests rate limits per mailbox, per network and in total, with counters that identify nobody. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Database, openDatabase } from "../../src/db/database.ts";
import { networkOf, wideNetworkOf } from "../../src/http/network.ts";
import { freeQuota, type Quota, quotaOf } from "../../src/mail/quota.ts";
import { countConsequence, countRequest, formShareOf, maxPerNetwork } from "../../src/subscribers/limits.ts";
import { openMetered } from "../newsletter/metered-database.ts";
import { signingKeys } from "../newsletter/newsletter-world.ts";
import { openWorld, type World } from "../world.ts";

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
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const unlimited: Quota = { day: undefined, month: undefined };
const deskAt = (now: number, quota = unlimited, database = db) => ({
  db: database,
  now,
  settings: { keys: signingKeys, quota },
});
const ask = (address: string, ip: string, now = noon, quota = unlimited) =>
  countRequest(deskAt(now, quota), { addresses: [address], ip });
const rows = async () =>
  (await (await world.database()).prepare("SELECT * FROM limits").all<{ bucket: string }>()).results;

/** Each request from an unrelated network. */
let networks = 0;
const elsewhere = () => {
  networks += 1;
  return `${10 + (networks >> 16)}.${(networks >> 8) & 255}.${networks & 255}.1`;
};

test("three emails in 24 hours to one mailbox, however it is written", async () => {
  const kinds = [];
  for (const [index, address] of ["a.b@gmail.com", "AB+1@gmail.com", "ab@googlemail.com", "ab@gmail.com"].entries()) {
    kinds.push((await ask(address, `10.0.${index}.1`)).kind);
  }
  expect(kinds).toEqual(["within", "within", "within", "mailbox-full"]);
  expect((await ask("ab@gmail.com", "10.1.0.1", noon + day)).kind).toBe("within");
});

test("the 24 hours slide: midnight opens nothing, and each email counts until a day after it", async () => {
  const times = [0, 5 * hour, 11 * hour].map((after) => noon + after);
  for (const time of times) expect((await ask("ada@example.org", elsewhere(), time)).kind).toBe("within");
  const at = async (time: number) => (await ask("ada@example.org", elsewhere(), time)).kind;
  expect(await at(Date.parse("2026-03-02T00:00:01Z"))).toBe("mailbox-full");
  expect(await at(noon + day - 1)).toBe("mailbox-full");
  expect(await at(noon + day)).toBe("within");
  expect(await at(noon + day + 1)).toBe("mailbox-full");
  expect(await at(noon + day + 5 * hour)).toBe("within");
});

test("who is turned away is told when there is room again, and then there is", async () => {
  for (let index = 0; index < maxPerNetwork; index += 1) {
    await ask(`reader${index}@example.org`, "192.0.2.1", noon + index * 7 * minute);
  }
  const last = noon + maxPerNetwork * 7 * minute;
  const verdict = await ask("next@example.org", "192.0.2.1", last);
  if (verdict.kind !== "too-many") throw new Error(verdict.kind);
  const again = last + verdict.retryAfterSeconds * 1000;
  expect(again).toBeGreaterThanOrEqual(noon + day);
  expect(again).toBeLessThan(noon + day + 10 * minute);
  expect((await ask("next@example.org", "192.0.2.1", again - 1000)).kind).toBe("too-many");
  expect((await ask("next@example.org", "192.0.2.1", again)).kind).toBe("within");
});

test("fifty from one network, so that a lecture hall can subscribe; what is turned away is not counted for all", async () => {
  for (let index = 0; index < maxPerNetwork; index += 1) {
    expect((await ask(`reader${index}@example.org`, `192.0.2.${index}`)).kind).toBe("within");
  }
  expect(await ask("next@example.org", "192.0.2.99")).toEqual({ kind: "too-many", retryAfterSeconds: 86_400 });
  const counts = await rows();
  expect((await ask("next@example.org", "192.0.2.98")).kind).toBe("too-many");
  expect(await rows()).toEqual(counts);
  expect((await ask("next@example.org", "192.0.3.1")).kind).toBe("within");
});

test("a flood at one mailbox takes nothing from others, and does not keep its own mailbox closed for longer", async () => {
  for (let hours = 0; hours < 24; hours += 1) {
    for (let count = 0; count < 5; count += 1)
      await ask("victim@example.org", elsewhere(), noon + hours * hour, freeQuota);
  }
  const [total] = (await rows()).filter(({ bucket }) => bucket.startsWith("all/"));
  expect(total).toMatchObject({ count: 3 });
  expect((await ask("reader@example.org", elsewhere(), noon + 23 * hour, freeQuota)).kind).toBe("within");
  expect((await ask("victim@example.org", elsewhere(), noon + day, freeQuota)).kind).toBe("within");
});

test("of what is turned away for its mailbox, a network has used up as much as by any other request", async () => {
  for (let index = 0; index < maxPerNetwork; index += 1) await ask("victim@example.org", "192.0.2.1");
  expect((await ask("other@example.org", "192.0.2.1")).kind).toBe("too-many");
});

test("a request that mails two addresses counts for both, and says which of them is full", async () => {
  const both = (from: string, to: string, ip: string) => countRequest(deskAt(noon), { addresses: [from, to], ip });
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
    const { kind } = await countRequest(deskAt(noon, unlimited, metered.db), { addresses: ["next@example.org"], ip });
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
  expect(full.read).toBeLessThan(20);
  expect(await costOf("10.0.0.1")).toMatchObject({ kind: "within", statements: 2 });
});

test("an answer takes as many queries whether or not its mailbox is full", async () => {
  const costs = [];
  for (let index = 0; index < 4; index += 1) {
    const metered = openMetered(await world.database());
    const { kind } = await countRequest(deskAt(noon, unlimited, metered.db), {
      addresses: ["ada@example.org"],
      ip: elsewhere(),
    });
    costs.push(`${kind} ${metered.cost.statements}`);
  }
  expect(costs).toEqual(["within 2", "within 2", "within 2", "mailbox-full 2"]);
});

test("many at once are counted one by one", async () => {
  expect(maxPerNetwork).toBe(50);
  const verdicts = await Promise.all(
    Array.from({ length: maxPerNetwork + 10 }, (_, index) => ask(`reader${index}@example.org`, "2001:db8:1::1")),
  );
  expect(verdicts.filter(({ kind }) => kind === "within")).toHaveLength(maxPerNetwork);
});

test.each<[string, Quota, { perDay: number; perMonth: number | undefined }]>([
  ["100/3000", freeQuota, { perDay: 20, perMonth: 600 }],
  ["-/50000", { day: undefined, month: 50_000 }, { perDay: 1000, perMonth: 10_000 }],
  ["-/1000000", { day: undefined, month: 1_000_000 }, { perDay: 2000, perMonth: 200_000 }],
  ["1000/-", { day: 1000, month: undefined }, { perDay: 200, perMonth: undefined }],
  ["-/-", { day: undefined, month: undefined }, { perDay: 2000, perMonth: undefined }],
  ["3/90", { day: 3, month: 90 }, { perDay: 1, perMonth: 18 }],
])("of the quota %s forms have a fifth", (setting, quota, share) => {
  expect(quotaOf({ MAIL_QUOTA: setting })).toEqual(quota);
  expect(formShareOf(quota)).toEqual(share);
});

test("two networks, and six, and sixty cannot spend more than a fifth of the day's quota", async () => {
  const kinds = new Map<string, number>();
  const flood = async (ip: string) => {
    for (let index = 0; index < 50; index += 1) {
      const { kind } = await ask(`stranger${index}-${ip.replaceAll(":", "-")}@example.org`, ip, noon, freeQuota);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
  };
  await flood("192.0.2.1");
  expect(kinds).toEqual(
    new Map([
      ["within", 10],
      ["too-many", 40],
    ]),
  );
  for (let index = 0; index < 6; index += 1) await flood(`2001:db8:${index}::1`);
  expect(kinds.get("within")).toBe(20);
  expect((await ask("next@example.org", "198.51.100.1", noon, freeQuota)).kind).toBe("share-used");
  // A day later requests are accepted again.
  expect((await ask("next@example.org", "198.51.100.1", noon + day, freeQuota)).kind).toBe("within");
});

test("networks that one IPv6 provider hands out count together, too", async () => {
  const kinds = [];
  for (let index = 0; index < 110; index += 1) {
    kinds.push((await ask(`stranger${index}@example.org`, `2001:db8:${index.toString(16)}::1`)).kind);
  }
  expect(kinds.filter((kind) => kind === "within")).toHaveLength(100);
  expect((await ask("next@example.org", "2001:db9::1")).kind).toBe("within");
});

test("over thirty days forms have a fifth of the month's quota", async () => {
  const quota = { day: undefined, month: 100 };
  const kinds = [];
  for (let index = 0; index < 25; index += 1) {
    kinds.push((await ask(`reader${index}@example.org`, elsewhere(), noon + index * day, quota)).kind);
  }
  expect(kinds).toEqual([...Array(20).fill("within"), ...Array(5).fill("share-used")]);
  const verdict = await ask("next@example.org", elsewhere(), noon + 25 * day, quota);
  expect(verdict).toEqual({ kind: "share-used", retryAfterSeconds: (5 * day) / 1000 });
  expect((await ask("next@example.org", elsewhere(), noon + 30 * day, quota)).kind).toBe("within");
});

test("what follows from what subscribers did is counted with the rest, and never refused", async () => {
  for (let index = 0; index < 30; index += 1) await countConsequence(deskAt(noon, freeQuota), {});
  expect((await rows()).find(({ bucket }) => bucket.startsWith("all/"))).toMatchObject({ count: 30 });
  expect((await ask("ada@example.org", elsewhere(), noon, freeQuota)).kind).toBe("share-used");
  // Requests that cause no email are not subject to the limit on emails.
  const quiet = await countRequest(deskAt(noon, freeQuota), {
    addresses: ["ada@example.org"],
    ip: elsewhere(),
    emails: 0,
  });
  expect(quiet.kind).toBe("within");
});

test("the last email of the share says that it is", async () => {
  const verdicts = [];
  for (let index = 0; index < 21; index += 1) {
    verdicts.push(await ask(`reader${index}@example.org`, elsewhere(), noon, freeQuota));
  }
  expect(verdicts.findIndex((verdict) => verdict.kind === "within" && verdict.isLast)).toBe(19);
  expect(verdicts.at(-1)).toEqual({ kind: "share-used", retryAfterSeconds: 86_400 });
});

test("how long to wait says nothing about the mailbox", async () => {
  for (let index = 0; index < 3; index += 1) await ask("known@example.org", elsewhere(), noon + hour);
  for (let index = 0; index < 2000; index += 100) {
    await countConsequence(deskAt(noon), {});
    await (await world.database()).prepare("UPDATE limits SET count = 2000 WHERE bucket LIKE 'all/%'").run();
  }
  const verdicts = await Promise.all(
    ["known@example.org", "unknown@example.org"].map((address) => ask(address, elsewhere(), noon + 2 * hour)),
  );
  expect(verdicts[0]).toEqual(verdicts[1]);
  expect(verdicts[0]?.kind).toBe("share-used");
});

test("rows say nothing about anybody, and those of tomorrow have other names", async () => {
  await ask("ada@example.org", "192.0.2.7");
  expect(await rows()).toHaveLength(3);
  expect(JSON.stringify(await rows())).not.toMatch(/ada|example|192/);
  await ask("ada@example.org", "192.0.2.7", noon + 12 * hour);
  const names = (await rows()).map(({ bucket }) => bucket.split("/")[0]);
  expect(new Set(names.filter((name) => name?.startsWith("mailbox"))).size).toBe(2);
});

test.each([
  ["192.0.2.7", "192.0.2.0/24", undefined],
  ["::ffff:192.0.2.7", "192.0.2.0/24", undefined],
  ["2001:0DB8:0001:ffff::1", "2001:db8:1::/48", "2001:db8::/32"],
  ["2001:db8::1", "2001:db8:0::/48", "2001:db8::/32"],
  ["::1", "0:0:0::/48", "0:0::/32"],
  ["nonsense", "unknown", undefined],
  [undefined, "unknown", undefined],
])("%s is of the network %s, and of %s", (ip, network, wide) => {
  expect([networkOf(ip), wideNetworkOf(ip)]).toEqual([network, wide]);
});
