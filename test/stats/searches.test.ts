/** Tests which searches without results are counted, and that the reader does not wait for it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { Deduplicator, maxPerMinute, maxSearchesPerDay } from "../../src/stats/deduplicate.ts";
import { maxWritesPerDay, SearchCounter } from "../../src/stats/search-counter.ts";
import { FakeD1 } from "../fakes/d1.ts";
import { firefox, openReadingWorld, type ReadingWorld, safari } from "./reading-world.ts";

let reading: ReadingWorld;
beforeAll(async () => {
  reading = await openReadingWorld();
});
afterAll(() => reading[Symbol.asyncDispose]());
beforeEach(async () => void (await (await reading.world.database()).prepare("DELETE FROM missed_words").run()));

const counts = async () =>
  (await reading.rows<{ count: number }>("SELECT count FROM missed_words ORDER BY count")).map(({ count }) => count);

describe("counted is", () => {
  test("a search that finds nothing, each of its words", async () => {
    const { status, body, operations, d1Calls } = await reading.open("/search?q=zzyzx+qwrtp");
    expect([status, d1Calls]).toEqual([200, 1]);
    expect(operations.kvReads).toBe(0);
    expect(body).toContain("Nothing found for");
    expect(await counts()).toEqual([1, 1]);
  });

  test("of the same reader once in half an hour, of another by itself", async () => {
    const at = (ip: string, now?: string) =>
      reading.open("/search?q=vvbnm", { "cf-connecting-ip": ip }, now ? { now } : {});
    await at("192.0.2.1");
    await at("192.0.2.1");
    expect(await counts()).toEqual([1]);
    await at("198.51.100.1");
    await at("192.0.2.1", "2026-03-01T12:31:00Z");
    expect(await counts()).toEqual([3]);
  });
});

describe("not counted is", () => {
  test.each([
    ["a search with results", "/search?q=water", {}, {}],
    ["a misspelt word that was corrected", "/search?q=waterr", {}, {}],
    ["the empty page", "/search", {}, {}],
    ["a formula", "/search?q=%5Cfrac%7Bzq%7D%7Bqz%7D%5E%7Bzz%7D", {}, {}],
    ["a search in one book", "/search?q=zzyzx&book=tea", {}, {}],
    ["what is typed in the palette", "/search.json?q=zzyzx&typing=1", { "Sec-Fetch-Dest": "empty" }, {}],
    ["JSON", "/search.json?q=zzyzx", {}, {}],
    ["a look at the headers", "/search?q=zzyzx", {}, { method: "HEAD" }],
    ["a search while the index is missing", "/search?q=zzyzx", {}, { cold: true, faults: { assets: "down" } }],
    ["what a script fetches", "/search?q=zzyzx", { "Sec-Fetch-Dest": "empty" }, {}],
    ["what a browser fetches ahead", "/search?q=zzyzx", { "Sec-Purpose": "prefetch;prerender" }, {}],
    ["somebody who sends Do Not Track", "/search?q=zzyzx", { DNT: "1" }, {}],
    ["somebody who sends Global Privacy Control", "/search?q=zzyzx", { "Sec-GPC": "1" }, {}],
    ["a bot", "/search?q=zzyzx", { "User-Agent": "curl/8.5.0" }, {}],
    ["a client without a name", "/search?q=zzyzx", { "User-Agent": "" }, {}],
  ] as const)("%s", async (_, path, headers, options) => {
    const { d1Calls } = await reading.open(path, headers, options);
    expect(d1Calls).toBe(0);
    expect(await counts()).toEqual([]);
  });

  test("any search without a signing key, and the page about measurement says nothing of it", async () => {
    await using without = await openReadingWorld({});
    expect((await without.open("/search?q=zzyzx")).d1Calls).toBe(0);
    expect((await without.open("/about/counting")).body).not.toContain("Searches without results");
  });
});

const key = { TOKEN_KEYS: `k1:${"a".repeat(40)}` };
const requestFrom = (ip: string, agent = firefox) =>
  new Request("https://library.example/search?q=x", { headers: { "User-Agent": agent, "cf-connecting-ip": ip } });

/** A counter of its own, whose writes are counted. */
function openCounter(
  around?: ConstructorParameters<typeof FakeD1> extends [] ? Parameters<FakeD1["binding"]>[0] : never,
) {
  const d1 = new FakeD1();
  const work: Promise<unknown>[] = [];
  const counter = new SearchCounter(new Deduplicator());
  const answering = {
    bindings: { DB: d1.binding(around), ...key },
    context: { waitUntil: (promise: Promise<unknown>) => void work.push(promise) },
  };
  const count = (request: Request, word: string, now: number) => counter.count(request, [word], answering, now);
  return { d1, work, count };
}

const noon = Date.parse("2026-03-01T12:00:00Z");

test("the write is left to waitUntil: no call of D1 is made before the response", async () => {
  let called = false;
  const { count, work, d1 } = openCounter(async (_, run) => {
    called = true;
    return run();
  });
  count(requestFrom("192.0.2.1"), "zzyzx", noon);
  expect([called, work.length]).toEqual([false, 1]);
  await Promise.all(work);
  expect(d1.query("SELECT count, word FROM missed_words")).toEqual([{ count: 1, word: null }]);
});

test("a network adds so many searches per day, with whatever browsers; an isolate writes so many", () => {
  const { count, work } = openCounter();
  const flood = (ip: string, day: number) => {
    for (let index = 0; index < maxSearchesPerDay + 50; index += 1) {
      const minutes = Math.floor(index / maxPerMinute);
      count(requestFrom(ip, index % 2 ? firefox : safari), `word${index}`, noon + day * 86_400_000 + minutes * 60_000);
    }
  };
  flood("192.0.2.1", 0);
  expect(work.length).toBe(maxSearchesPerDay);
  for (let network = 0; network < 10; network += 1) flood(`10.0.${network}.1`, 0);
  expect(work.length).toBe(maxWritesPerDay);
  flood("192.0.2.1", 1);
  expect(work.length).toBe(maxWritesPerDay + maxSearchesPerDay);
});

test("while D1 is down, one line is logged, without the word", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { count, work } = openCounter(async () => {
    throw new Error("D1_ERROR: Network connection lost.");
  });
  count(requestFrom("192.0.2.1"), "zzyzx", noon);
  count(requestFrom("192.0.2.1"), "qwrtp", noon);
  await Promise.all(work);
  expect(log.mock.calls.length).toBe(1);
  expect(String(log.mock.calls[0])).toBe(
    "A search without results could not be counted.,Error: D1_ERROR: Network connection lost.",
  );
  log.mockRestore();
});
