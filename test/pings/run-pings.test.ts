/** Tests what the hub and IndexNow are told by cron runs: once per change, with retries, and never of what is not public. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { dumpOf, loadDump } from "../../src/cli/backup/dump.ts";
import { catalogueAt } from "../../src/library/catalogue.ts";
import type { Manifest } from "../../src/library/manifest.ts";
import { pingCost, runPings } from "../../src/pings/run-pings.ts";
import { dropsOf } from "../cli/backup/drops.ts";
import { FakeD1, migrate, migrationNames } from "../fakes/d1.ts";
import { hub, PingServices } from "../fakes/ping-services.ts";
import { releaseOf, type Volume } from "../newsletter/faults/shelf.ts";

const start = Date.parse("2026-03-01T12:00:00Z");
const minute = 60_000;
const at = (minutes: number): string => new Date(start + minutes * minute).toISOString();
const site = "https://library.example";
const feedsOf = (...books: string[]): string[] =>
  ["", ...books.map((book) => `/${book}`)]
    .flatMap((path) => [`${site}${path}/feed.json`, `${site}${path}/feed.xml`])
    .sort();
const nothing = { feeds: [], submissions: [] };
const key = "tea-key-1234";

let d1: FakeD1;
let services: PingServices;
let volumes: Volume[];
let change: (manifest: Manifest) => Manifest;
const logged: string[] = [];
beforeEach(() => {
  d1 = new FakeD1();
  services = new PingServices();
  volumes = [
    { book: "tea", id: "cooling", published: at(-1000) },
    { book: "coffee", id: "roasting", published: at(-1000) },
  ];
  change = (manifest) => manifest;
  logged.length = 0;
  vi.spyOn(console, "error").mockImplementation((message) => void logged.push(String(message)));
});
afterEach(() => void vi.restoreAllMocks());

interface RunOptions {
  readonly origin?: string;
  readonly indexNowKey?: string | null;
  readonly hasHub?: boolean;
  readonly binding?: D1Database;
}

/** One cron run, this many minutes after the start. */
function run(minutes: number, { origin = site, indexNowKey = key, hasHub = true, binding }: RunOptions = {}) {
  const now = start + minutes * minute;
  const manifest = change({ ...releaseOf(volumes, {}), ...(hasHub && { hub }) });
  return runPings({
    binding: binding ?? d1.binding(),
    catalogue: catalogueAt(now, manifest),
    origin,
    indexNowKey: indexNowKey ?? undefined,
    now,
    fetch: services.fetch,
  });
}

const submissionOf = (...paths: string[]) => ({
  host: "library.example",
  key,
  urlList: paths.map((path) => site + path),
});

test("a scheduled chapter is announced at its minute, once; drafts never are", async () => {
  volumes.push({ book: "tea", id: "oolong", published: at(10) });
  await run(0);
  await run(5);
  expect(services.taken()).toEqual(nothing);
  await run(10);
  expect(services.taken()).toEqual({ feeds: feedsOf("tea"), submissions: [submissionOf("/tea/oolong")] });
  for (const later of [10, 15, 20, 1000]) await run(later);
  expect(services.taken()).toEqual(nothing);
  // Deployed with a date in the past.
  volumes.push({ book: "coffee", id: "grinding", published: at(-500) });
  await run(1005);
  expect(services.taken()).toEqual({ feeds: feedsOf("coffee"), submissions: [submissionOf("/coffee/grinding")] });
  change = (manifest) => ({
    ...manifest,
    books: manifest.books.map((book) => {
      const [first] = book.contents;
      if (!first || !("object" in first)) throw new Error("The book has no chapter.");
      const { published: _, ...draft } = first;
      return { ...book, contents: [...book.contents, { ...draft, id: `${book.slug}-draft`, slug: "draft" }] };
    }),
  });
  await run(1010);
  expect(services.taken()).toEqual(nothing);
});

test("a correction is announced to the hub, with the feed of corrections, and not to IndexNow", async () => {
  await run(0);
  change = (manifest) => ({
    ...manifest,
    books: manifest.books.map((book) =>
      book.slug !== "tea"
        ? book
        : {
            ...book,
            contents: book.contents.map((chapter) => ({
              ...chapter,
              updated: at(5),
              changes: [{ at: at(5), text: "The jar holds a litre.", correction: true as const }],
            })),
          },
    ),
  });
  await run(5);
  expect(services.taken()).toEqual({ feeds: [...feedsOf("tea"), `${site}/corrections.xml`].sort(), submissions: [] });
  await run(10);
  expect(services.taken()).toEqual(nothing);
});

test.each([500, "lost"] as const)(
  "services that fail (%s) are asked again, less and less often, then given up",
  async (answer) => {
    await run(0);
    volumes.push({ book: "tea", id: "oolong", published: at(5) });
    services.hubAnswer = answer;
    services.indexNowAnswer = answer;
    const asked: number[] = [];
    for (let minutes = 5; minutes < 1000; minutes += 5) {
      await run(minutes);
      const { feeds, submissions } = services.taken();
      if (feeds.length + submissions.length === 0) continue;
      expect([feeds, submissions]).toEqual([feedsOf("tea"), [submissionOf("/tea/oolong")]]);
      asked.push(minutes);
    }
    expect(asked).toEqual([5, 10, 25, 70, 205]);
    const why = answer === 500 ? "status 500" : "The connection was lost.";
    expect(logged[0]).toBe(`The hub could not be notified of /feed.xml (${why}); a later run will retry.`);
    expect(logged.at(-1)).toBe(
      `IndexNow did not accept these new pages: /tea/oolong (${why}); given up after 5 attempts.`,
    );
    // The next chapter is announced again.
    services.hubAnswer = 204;
    services.indexNowAnswer = 200;
    volumes.push({ book: "coffee", id: "grinding", published: at(1000) });
    await run(1000);
    expect(services.taken()).toEqual({ feeds: feedsOf("coffee"), submissions: [submissionOf("/coffee/grinding")] });
  },
);

test("a service that recovers is told once; the other is not asked again", async () => {
  await run(0);
  volumes.push({ book: "tea", id: "oolong", published: at(5) });
  services.hubAnswer = 503;
  await run(5);
  services.taken();
  services.hubAnswer = 202;
  for (const minutes of [10, 15, 20]) await run(minutes);
  expect(services.taken()).toEqual({ feeds: feedsOf("tea"), submissions: [] });
});

test("runs that overlap announce once", async () => {
  await run(0);
  volumes.push({ book: "tea", id: "oolong", published: at(5) });
  await Promise.all([run(5), run(5), run(10)]);
  expect(services.taken()).toEqual({ feeds: feedsOf("tea"), submissions: [submissionOf("/tea/oolong")] });
});

test("runs that are killed before they record an answer use up the same attempts", async () => {
  await run(0);
  volumes.push({ book: "tea", id: "oolong", published: at(5) });
  const binding = d1.binding(async ({ statements }, work) => {
    if (statements.some((statement) => statement.startsWith("UPDATE"))) throw new Error("Killed.");
    return work();
  });
  let asked = 0;
  for (let minutes = 5; minutes < 1000; minutes += 5) {
    await run(minutes, { binding });
    asked += services.taken().submissions.length;
  }
  expect(asked).toBe(5);
  await run(1000);
  expect(services.taken()).toEqual(nothing);
});

test("the first run with a service is silent, and so is an upgrade of the previous version's database", async () => {
  const isNew = (name: string): boolean => name >= (names("pings")[0] ?? "");
  const names = (what: string) => migrationNames().filter((name) => name.endsWith(`_${what}.sql`));
  d1.inside((sqlite) => {
    for (const statement of dropsOf(sqlite)) sqlite.exec(statement);
  });
  d1.inside((sqlite) => migrate(sqlite, (name) => !isNew(name)));
  d1.query(
    "INSERT INTO publications (chapter_id, published_at, recorded_at) VALUES ('tea/cooling', ?, ?)",
    at(-1000),
    at(-995),
  );
  // The new Worker, if it ran before the migration.
  await run(0);
  expect(logged).toHaveLength(1);
  d1.inside((sqlite) => migrate(sqlite, isNew));
  await run(5, { indexNowKey: null });
  await run(10);
  expect(services.taken()).toEqual(nothing);
  volumes.push({ book: "tea", id: "oolong", published: at(15) });
  await run(15);
  expect(services.taken().submissions).toEqual([submissionOf("/tea/oolong")]);
  expect(d1.query("SELECT chapter_id FROM publications")).toEqual([{ chapter_id: "tea/cooling" }]);
});

test("a backup keeps what was announced", async () => {
  await run(0);
  const dump = d1.inside((sqlite) => [...dumpOf(sqlite)].join(";\n"));
  d1 = new FakeD1();
  const database = loadDump(dump);
  d1.inside((sqlite) => {
    for (const statement of [...dropsOf(sqlite), ...dumpOf(database)]) sqlite.exec(statement);
  });
  volumes.push({ book: "tea", id: "oolong", published: at(5) });
  await run(5);
  expect(services.taken()).toEqual({ feeds: feedsOf("tea"), submissions: [submissionOf("/tea/oolong")] });
});

test("nobody is told without a hub and a key, or without HTTPS", async () => {
  const off: RunOptions[] = [{ hasHub: false, indexNowKey: null }, { origin: "http://localhost:8787" }];
  for (const options of off) expect(await run(0, options)).toBe(undefined);
  expect(d1.query("SELECT * FROM pings")).toEqual([]);
});

test("no run exceeds its cost, the hub is told of all feeds in time, and a run with nothing new makes one query", async () => {
  await run(0);
  const books = Array.from({ length: 8 }, (_, index) => `book-${index}`);
  volumes.push(...books.map((book) => ({ book, id: "one", published: at(5) })));
  const feeds: string[] = [];
  let idle = 0;
  for (let minutes = 5; minutes <= 60; minutes += 5) {
    const cost = { queries: 0, calls: 0 };
    const binding = d1.binding(async ({ statements }, work) => {
      cost.queries += statements.length;
      cost.calls += 1;
      return work();
    });
    const told = await run(minutes, { binding });
    const taken = services.taken();
    cost.calls += taken.feeds.length + taken.submissions.length;
    expect(cost.queries).toBeLessThanOrEqual(told?.queries ?? 0);
    expect(cost.calls).toBeLessThanOrEqual(told?.calls ?? 0);
    expect(told?.calls).toBeLessThanOrEqual(pingCost.calls);
    expect(told?.queries).toBeLessThanOrEqual(pingCost.queries);
    if (cost.queries === 1) idle += 1;
    feeds.push(...taken.feeds);
  }
  expect(feeds.sort()).toEqual(feedsOf(...books));
  expect(idle).toBeGreaterThan(4);
});
