/** Checks the read path: memory, KV, the deploy's own copy; and what a reader sees when some of them fail. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { isWritten } from "../../src/library/manifest.ts";
import { shelfKey } from "../../src/library/shelf.ts";
import { openWorld, type World } from "../world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const objectOf = (slug: string): string => {
  const chapter = world.manifest.books[0]?.contents.find((entry) => entry.slug === slug);
  if (!chapter || !isWritten(chapter)) throw new Error(`${slug} is not written`);
  return chapter.object;
};

test("the first reading takes the deploy's copy and shelves it; the next isolate reads KV; a warm one reads nothing", async () => {
  const first = await world.get("/tea/leaves", { cold: true });
  expect(first.operations).toEqual({ kvReads: 1, kvWrites: 1, assetReads: 1, d1Queries: 0 });
  expect(await (await world.shelf()).get(shelfKey(objectOf("leaves")))).toContain("Camellia sinensis");

  const second = await world.get("/tea/leaves", { cold: true });
  expect(second.operations).toEqual({ kvReads: 1, kvWrites: 0, assetReads: 0, d1Queries: 0 });

  const warm = await world.get("/tea/leaves");
  expect(warm.operations).toEqual({ kvReads: 0, kvWrites: 0, assetReads: 0, d1Queries: 0 });
  expect([first.body, second.body]).toEqual([warm.body, warm.body]);
});

test("the page comes from KV alone when the deploy that brought it is gone", async () => {
  await world.get("/tea/leaves", { cold: true });
  const answer = await world.get("/tea/leaves", { cold: true, faults: { assets: "down" } });
  expect(answer.status).toBe(200);
});

test("KV being down goes unnoticed", async () => {
  const answer = await world.get("/tea/cooling", { cold: true, faults: { kv: "down" } });
  expect(answer.status).toBe(200);
  expect(answer.body).toContain("You pour, and wait.");
  expect(answer.operations.assetReads).toBe(1);
});

test("garbled bytes in KV go unnoticed, and are replaced", async () => {
  const answer = await world.get("/tea/cooling", { cold: true, faults: { kv: "garbled" } });
  expect(answer.status).toBe(200);
  expect(answer.body).toContain("You pour, and wait.");
  expect(answer.operations.kvWrites).toBe(1);
});

test("an object that nobody can give is a 503 for that page only, and heals", async () => {
  await (await world.shelf()).delete(shelfKey(objectOf("cooling")));
  const gone = await world.get("/tea/cooling", { cold: true, faults: { kv: "down", assets: "down" } });
  expect(gone.status).toBe(503);
  expect(gone.headers.get("Retry-After")).toBe("30");
  expect(gone.headers.get("Cache-Control")).toBe("no-store");
  expect(gone.headers.get("ETag")).toBeNull();
  expect(gone.body).toContain("Please try again in about 30 seconds");
  expect(gone.headers.get("Content-Security-Policy")).toContain("default-src 'none'");

  expect((await world.get("/robots.txt", { faults: { kv: "down", assets: "down" } })).status).toBe(200);
  expect((await world.get("/tea/cooling")).status).toBe(200);
});

test("a page is revalidated by its tag, also a weakened one in a list", async () => {
  const page = await world.get("/tea/cooling");
  const etag = page.headers.get("ETag") ?? "";
  expect(etag).toMatch(/^"[0-9a-f]{16}"$/);
  for (const sent of [etag, `W/${etag}`, `"other", W/${etag}`, "*"]) {
    const answer = await world.get("/tea/cooling", { headers: { "If-None-Match": sent } });
    expect([sent, answer.status, answer.body]).toEqual([sent, 304, ""]);
    expect(answer.headers.get("ETag")).toBe(etag);
    expect(answer.headers.get("Cache-Control")).toBe(page.headers.get("Cache-Control"));
    expect(answer.headers.get("Vary")).toBe("Accept");
  }
  for (const sent of ['"other"', etag.replaceAll('"', ""), `"x${etag.slice(1)}`]) {
    expect((await world.get("/tea/cooling", { headers: { "If-None-Match": sent } })).status).toBe(200);
  }
});

test("a cold isolate answers 304 as well", async () => {
  const etag = (await world.get("/tea/cooling")).headers.get("ETag") ?? "";
  const answer = await world.get("/tea/cooling", { cold: true, headers: { "If-None-Match": etag } });
  expect([answer.status, answer.body]).toEqual([304, ""]);
});

test("pages are revalidated each time, feeds kept an hour, the deploy's files for ever", async () => {
  expect((await world.get("/tea/cooling")).headers.get("Cache-Control")).toBe("public, max-age=0, must-revalidate");
  expect((await world.get("/feed.xml")).headers.get("Cache-Control")).toBe("public, max-age=3600");
  const style = await fetch(`${world.url}/assets/${world.manifest.assets.style}`);
  expect(style.status).toBe(200);
  expect(style.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
});
