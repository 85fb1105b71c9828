/** Checks views: which requests count, their referrers, and that counting neither delays nor breaks a page. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { maxPerDay, maxPerMinute } from "../../src/stats/deduplicate.ts";
import { present } from "../world.ts";
import { firefox, openReadingWorld, type ReadingWorld, safari } from "./reading-world.ts";

let reading: ReadingWorld;
beforeAll(async () => {
  reading = await openReadingWorld();
});
afterAll(() => reading[Symbol.asyncDispose]());

const later = (seconds: number): string => new Date(Date.parse(present) + 1000 * seconds).toISOString();

describe("a view is", () => {
  test("a chapter, an overview or the home page, as a reader's browser asks for it, without any script", async () => {
    for (const path of ["/tea/cooling", "/tea/cooling", "/tea/", "/"]) await reading.open(path);
    expect(await reading.numbers()).toEqual({ "/ view": 1, "tea/ view": 1, "tea/cooling view": 2 });
  });

  test("also one whose answer is that nothing has changed, from memory or not", async () => {
    const tag = (await reading.open("/tea/cooling")).headers.get("ETag") ?? "";
    const warm = await reading.open("/tea/cooling", { "If-None-Match": tag });
    const weak = await reading.open("/tea/cooling", { "If-None-Match": `W/${tag}` });
    const cold = await reading.open("/tea/cooling", { "If-None-Match": tag }, { cold: true });
    expect([warm.status, weak.status, cold.status]).toEqual([304, 304, 304]);
    expect(await reading.numbers()).toEqual({ "tea/cooling view": 4 });
  });

  test("of the chapter under its permanent name, by whichever address it was found", async () => {
    const moved = await reading.open("/tea/when-to-drink");
    expect([moved.status, moved.headers.get("Location")]).toEqual([301, "/tea/cooling"]);
    await reading.open("/tea/cooling?utm_source=anything");
    expect(await reading.numbers()).toEqual({ "tea/cooling view": 1 });
  });
});

describe("no view is", () => {
  test.each([
    ["a look at the headers", "/tea/cooling", {}, { method: "HEAD" }],
    ["a copy as Markdown by its address", "/tea/cooling.md", {}, {}],
    ["a copy as Markdown by preference", "/tea/cooling", { Accept: "text/markdown" }, {}],
    ["the feed", "/feed.xml", {}, {}],
    ["About", "/about", {}, {}],
    ["an address of nothing", "/tea/nothing", {}, {}],
    ["a draft", "/tea/gongfu", {}, {}],
    ["a chapter that is to come", "/tea/cold-brew", {}, {}],
    ["what a browser fetches ahead", "/tea/cooling", { "Sec-Purpose": "prefetch;prerender" }, {}],
    ["what an older browser fetches ahead", "/tea/cooling", { Purpose: "prefetch" }, {}],
    ["what a very old Firefox fetches ahead", "/tea/cooling", { "X-Moz": "prefetch" }, {}],
    ["what a script fetches", "/tea/cooling", { "Sec-Fetch-Dest": "empty" }, {}],
    ["what another page shows in a frame", "/tea/cooling", { "Sec-Fetch-Dest": "iframe" }, {}],
    ["somebody who sends Do Not Track", "/tea/cooling", { DNT: "1" }, {}],
    ["somebody who sends Global Privacy Control", "/tea/cooling", { "Sec-GPC": "1" }, {}],
  ])("%s", async (_, path, headers, options) => {
    await reading.open(path, headers, options);
    expect(await reading.numbers()).toEqual({});
  });

  test.each([
    "",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0 (compatible; ClaudeBot/1.0; +claudebot@anthropic.com)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36",
    "curl/8.5.0",
    "python-requests/2.32.3",
    "Feedly/1.0 (+http://www.feedly.com/fetcher.html; like FeedFetcher-Google)",
  ])("a program: %s", async (agent) => {
    await reading.open("/tea/cooling", { "User-Agent": agent });
    await reading.open("/tea/cooling", { "User-Agent": agent });
    expect(await reading.numbers()).toEqual({});
  });
});

test("an agent longer than any browser's is no reader, and is not remembered", async () => {
  const agent = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
  await reading.open("/tea/cooling", { "User-Agent": agent + " x".repeat(4000) });
  expect(await reading.numbers()).toEqual({});
  await reading.open("/tea/cooling", { "User-Agent": agent + " x".repeat(200) });
  expect(await reading.numbers()).toEqual({ "tea/cooling view": 1 });
});

describe("where a reader came from", () => {
  test.each([
    ["another site: its host, and nothing else", "https://www.Example.org:8443/search?q=secret+words#x", "example.org"],
    ["a chapter of the library", "https://library.example/tea/cooling?x=1", "tea/cooling"],
    ["an overview", "https://library.example/tea/", "tea/"],
    ["the home page", "https://library.example/", "/"],
    ["another page of the library", "https://library.example/about", ""],
    ["a page that is not public", "https://library.example/tea/gongfu", ""],
    ["nobody knows where", undefined, ""],
    ["no address", "somewhere", ""],
    ["an app", "android-app://com.example.reader/", ""],
    ["a number in place of a host", "http://192.0.2.7/x", ""],
    ["a machine of their own", "http://localhost:3000/", ""],
    ["a host with too long a name", `https://${"long-name.".repeat(12)}example/`, ""],
  ])("%s", async (_, referer, source) => {
    await reading.open("/tea/leaves", referer === undefined ? {} : { Referer: referer });
    expect(await reading.numbers()).toEqual({ [`tea/leaves view ${source}`.trim()]: 1 });
  });

  test("a mail, when its links say so", async () => {
    await reading.open("/tea/cooling?from=newsletter", { Referer: "https://mail.example.com/" });
    await reading.open("/tea/cooling?from=newsletters");
    expect(await reading.numbers()).toEqual({ "tea/cooling view": 1, "tea/cooling view newsletter": 1 });
  });
});

describe("reloads and floods", () => {
  const at = (ip: string, agent = firefox) => ({ "cf-connecting-ip": ip, "User-Agent": agent });

  test("the same reader's reloads of a page count once in half an hour; another page, another browser, another address by themselves", async () => {
    for (const now of [later(0), later(60), later(1799)]) await reading.open("/tea/cooling", at("192.0.2.1"), { now });
    expect(await reading.numbers()).toEqual({ "tea/cooling view": 1 });
    await reading.open("/tea/leaves", at("192.0.2.1"));
    await reading.open("/tea/cooling", at("192.0.2.1", safari));
    await reading.open("/tea/cooling", at("192.0.2.2"));
    await reading.open("/tea/cooling", at("192.0.2.1"), { now: later(1801) });
    expect(await reading.numbers()).toEqual({ "tea/cooling view": 3, "tea/leaves view": 1 });
  });

  test("at midnight everybody is forgotten", async () => {
    await reading.open("/tea/cooling", at("192.0.2.9"), { now: "2026-03-01T23:59:00Z" });
    await reading.open("/tea/cooling", at("192.0.2.9"), { now: "2026-03-01T23:59:30Z" });
    await reading.open("/tea/cooling", at("192.0.2.9"), { now: "2026-03-02T00:00:30Z" });
    await reading.world.gather();
    expect(
      await reading.rows("SELECT day, SUM(count) AS count FROM reading WHERE page = 'tea/cooling' GROUP BY day"),
    ).toEqual([
      { day: "2026-03-01", count: 1 },
      { day: "2026-03-02", count: 1 },
    ]);
    await reading.numbers();
  });

  test("a flood from one network counts for so much a minute and no more; others meanwhile count", async () => {
    for (let index = 0; index < maxPerMinute + 30; index += 1) {
      await reading.open("/tea/cooling", at("198.51.100.7", `${firefox} ${index}`), { now: later(3600) });
    }
    await reading.open("/tea/cooling", at("203.0.113.7"), { now: later(3601) });
    expect(await reading.numbers()).toEqual({ "tea/cooling view": maxPerMinute + 1 });
    await reading.open("/tea/cooling", at("198.51.100.7", `${firefox} x`), { now: later(3660) });
    expect(await reading.numbers()).toEqual({ "tea/cooling view": 1 });
    expect(maxPerDay).toBeGreaterThan(maxPerMinute);
  });

  test("invented hosts are named up to a number, the others together", async () => {
    for (let index = 0; index < 320; index += 1) {
      await reading.open(
        "/tea/cooling",
        { Referer: `https://invented-${index}.example/` },
        { now: "2026-03-07T12:00:00Z" },
      );
    }
    const numbers = await reading.numbers();
    expect(Object.keys(numbers)).toHaveLength(301);
    expect(numbers["tea/cooling view other"]).toBe(20);
  });
});

describe("no page is the worse for it", () => {
  test("it asks D1 for nothing: what is gathered is written later, in one row and one statement", async () => {
    const pages = await Promise.all(["/tea/cooling", "/tea/", "/", "/tea/leaves"].map((path) => reading.open(path)));
    expect(pages.map(({ operations }) => operations.d1Queries)).toEqual([0, 0, 0, 0]);
    expect(await reading.rows("SELECT * FROM tallies")).toEqual([]);
    await reading.world.gather();
    expect(await reading.rows("SELECT COUNT(*) AS count FROM tallies")).toEqual([{ count: 1 }]);
    expect(Object.keys(await reading.numbers())).toHaveLength(4);
  });

  test("the answer is the same bytes and headers for who is counted and who is not", async () => {
    const [counted, not] = [await reading.open("/tea/cooling"), await reading.open("/tea/cooling", { DNT: "1" })];
    const seen = ({ status, headers, body }: typeof counted) => [status, body, [...headers].sort()];
    expect(seen(counted)).toEqual(seen(not));
    expect(counted.headers.get("set-cookie")).toBeNull();
    await reading.numbers();
  });

  test("a database that takes nothing costs no page and no count: it is written when the database is back", async () => {
    const database = await reading.world.database();
    await database.prepare("CREATE TRIGGER full BEFORE INSERT ON tallies BEGIN SELECT RAISE(ABORT, 'full'); END").run();
    const before = await reading.open("/tea/cooling");
    await reading.world.gather();
    const after = await reading.open("/tea/cooling");
    expect([before, after].map(({ status, operations }) => [status, operations.d1Queries])).toEqual([
      [200, 0],
      [200, 0],
    ]);
    await database.prepare("DROP TRIGGER full").run();
    expect(await reading.numbers()).toEqual({ "tea/cooling view": 2 });
  });

  test("isolates know nothing of each other: each writes a row of its own, and the sums are right", async () => {
    await reading.open("/tea/cooling");
    await reading.open("/tea/cooling", {}, { cold: true });
    await reading.open("/tea/leaves");
    await reading.world.gather();
    expect(await reading.rows("SELECT COUNT(*) AS count FROM tallies")).toEqual([{ count: 2 }]);
    expect(await reading.numbers()).toEqual({ "tea/cooling view": 2, "tea/leaves view": 1 });
  });
});

test("nothing that is written says who read", async () => {
  const headers = {
    "cf-connecting-ip": "203.0.113.77",
    "User-Agent": `${safari} Peculiar/7`,
    Cookie: "id=peculiar",
    Referer: "https://example.org/private/path?q=peculiar",
  };
  await reading.open("/tea/cooling", headers);
  await reading.report(
    { path: "/tea/cooling", before: { seconds: 0, depth: 0 }, now: { seconds: 500, depth: 100 } },
    headers,
  );
  await reading.world.gather();
  await reading.world.tick("2026-03-03T15:00:00Z");
  await reading.open("/tea/cooling", headers, { now: "2026-03-03T16:00:00Z" });
  await reading.world.gather("2026-03-03T16:00:00Z");
  const tables = await reading.rows<{ name: string }>(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
  );
  const written: unknown[] = [];
  for (const { name } of tables) written.push(...(await reading.rows(`SELECT * FROM ${name}`)));
  const text = JSON.stringify(written);
  expect(text).toContain("example.org");
  expect(text).not.toMatch(/203\.0\.113|peculiar|Safari|private/i);
  // Nothing in it is long enough to identify a person: days, pages, measures, sources, sums.
  const counts = await reading.rows<{ counts: string }>("SELECT counts FROM tallies");
  for (const [day, page, measure, source, count] of counts.flatMap(({ counts: text }) => JSON.parse(text))) {
    expect([day, page, measure, source, typeof count]).toEqual([
      "2026-03-03",
      "tea/cooling",
      expect.stringMatching(/^(view|read|finish|depth-\d+|seconds)$/),
      "example.org",
      "number",
    ]);
  }
});
