/** Checks reports of the page script: which ones are accepted, and that the response is always the same. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { maxPerMinute } from "../../src/stats/deduplicate.ts";
import { present } from "../world.ts";
import { openReadingWorld, type ReadingWorld } from "./reading-world.ts";

let reading: ReadingWorld;
beforeAll(async () => {
  reading = await openReadingWorld();
});
afterAll(() => reading[Symbol.asyncDispose]());

const report = { path: "/tea/cooling", before: { seconds: 0, depth: 0 }, now: { seconds: 30, depth: 25 } };
const counted = { "tea/cooling depth-25": 1, "tea/cooling seconds": 30 };

test("a report counts, and asks D1 for nothing while somebody waits", async () => {
  const answer = await reading.report(report);
  expect([answer.status, answer.body, answer.operations.d1Queries]).toEqual([204, "", 0]);
  expect(answer.headers.get("Cache-Control")).toBe("no-store");
  expect(await reading.numbers()).toEqual(counted);
});

test("from an older browser, which says no more than its origin", async () => {
  const origin = { "Sec-Fetch-Site": "same-origin", Origin: "https://library.example" };
  await reading.report(report, origin);
  expect(await reading.numbers()).toEqual(counted);
});

test.each([
  ["from another site", report, { "Sec-Fetch-Site": "cross-site", Origin: "https://evil.example" }],
  ["from a neighbour's host", report, { "Sec-Fetch-Site": "same-site", Origin: "https://evil.library.example" }],
  ["of a program", report, { "User-Agent": "curl/8.5.0" }],
  ["of nobody", report, { "User-Agent": "" }],
  ["of who sends Do Not Track", report, { DNT: "1" }],
  ["of who sends Global Privacy Control", report, { "Sec-GPC": "1" }],
  ["about a page that is not there", { ...report, path: "/tea/nothing" }, {}],
  ["about a draft", { ...report, path: "/tea/gongfu" }, {}],
  ["about the home page", { ...report, path: "/" }, {}],
  ["in no words of ours", "seconds=30", {}],
  ["with more than a report has", { ...report, more: "x".repeat(600) }, {}],
  ["from nothing to nothing", { ...report, now: report.before }, {}],
])("a report %s counts for nothing, and gets the same answer", async (_, body, headers) => {
  const answer = await reading.report(body, headers as Record<string, string>);
  expect([answer.status, answer.body, answer.operations.d1Queries]).toEqual([204, "", 0]);
  expect(await reading.numbers()).toEqual({});
});

test("a forger who repeats a report adds each measure once in half an hour, and a bounded time", async () => {
  const whole = { ...report, now: { seconds: 86_400, depth: 100 } };
  const headers = { "cf-connecting-ip": "198.51.100.3" };
  for (let index = 0; index < maxPerMinute + 50; index += 1) await reading.report(whole, headers);
  const numbers = await reading.numbers();
  const minutes = reading.world.manifest.books[0]?.contents.find(({ slug }) => slug === "cooling");
  const perReport = 4 * 60 * (minutes && "minutes" in minutes ? minutes.minutes : Number.NaN);
  expect(numbers).toEqual({
    "tea/cooling depth-100": 1,
    "tea/cooling depth-25": 1,
    "tea/cooling depth-50": 1,
    "tea/cooling depth-75": 1,
    "tea/cooling finish": 1,
    "tea/cooling read": 1,
    "tea/cooling seconds": maxPerMinute * perReport,
  });
});

test("a report after the isolate was emptied counts as well: it needs no memory of a view", async () => {
  await reading.report(report, {}, { cold: true, now: present });
  expect(await reading.numbers()).toEqual(counted);
});
