/** Checks the platform operations of each kind of page: at most one KV read when cold, none when warm, and never D1. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isWritten } from "../../src/library/manifest.ts";
import { href } from "../../src/routes.ts";
import { openWorld, type World } from "../world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const pages: [kind: string, path: () => string][] = [
  ["the home page", href.home],
  ["About", href.about],
  ["a book", () => href.book("tea")],
  ["a chapter", () => href.chapter("tea", "cooling")],
  ["a chapter as Markdown", () => href.markdown("tea", "cooling")],
  ["a book as Markdown", () => href.markdown("tea", undefined)],
  ["the feed", () => href.feed()],
  ["the feed of a book", () => href.feed("tea")],
  ["the JSON feed", () => href.jsonFeed()],
  ["the JSON feed of a book", () => href.jsonFeed("tea")],
  ["the feed of corrections", href.corrections],
  ["the description of the search", href.openSearch],
  ["all questions", () => href.recall()],
  ["the reader's own reading", href.ownReading],
  ["the questions of a book for Anki", () => href.deck("tea")],
  ["the sitemap", href.sitemap],
  ["robots.txt", href.robots],
];

const nothing = { kvReads: 0, kvWrites: 0, assetReads: 0, d1Queries: 0 };

describe("pages", () => {
  test.each(pages)("%s", async (_, path) => {
    const first = await world.get(path(), { cold: true });
    expect(first.status).toBe(200);
    const cold = await world.get(path(), { cold: true });
    expect(cold.operations.kvReads).toBeLessThanOrEqual(1);
    expect(cold.operations).toMatchObject({ kvWrites: 0, assetReads: 0, d1Queries: 0 });
    expect((await world.get(path())).operations).toEqual(nothing);
    expect((await world.get(path(), { method: "HEAD" })).operations).toEqual(nothing);
    const tag = cold.headers.get("ETag") ?? "";
    const again = await world.get(path(), { headers: { "If-None-Match": tag } });
    expect([again.status, again.operations]).toEqual([304, nothing]);
  });

  test("a chapter costs one KV read however long its text, and its 304 none of an isolate that knows it", async () => {
    const cold = await world.get("/tea/cooling", { cold: true });
    expect(cold.operations.kvReads).toBe(1);
  });
});

describe("what is no page asks for nothing", () => {
  test.each([
    ["an address of nothing", "/tea/nothing", 404],
    ["a draft", "/tea/gongfu", 404],
    ["a chapter scheduled for later", "/tea/cold-brew", 404],
    ["a scheduled chapter as Markdown", "/tea/cold-brew.md", 404],
    ["an old address", "/old/cooling", 301],
    ["another spelling", "/Tea/Cooling/", 301],
    ["a picture of nothing", `/media/${"0".repeat(64)}.png`, 404],
    ["an object, which no address reaches", "/objects/x.json", 404],
  ])("%s", async (_, path, status) => {
    const answer = await world.get(path, { cold: true });
    expect([answer.status, answer.operations]).toEqual([status, nothing]);
  });

  test("not even an object of the release by its name", async () => {
    const chapter = world.manifest.books[0]?.contents.filter(isWritten).find(({ slug }) => slug === "cold-brew");
    for (const path of [
      `/objects/${chapter?.object}.chapter`,
      `/media/${chapter?.object}.chapter`,
      `/.release/manifest.json`,
      "/manifest.json",
    ]) {
      const answer = await world.get(path, { cold: true });
      expect([path, answer.status, answer.operations]).toEqual([path, 404, nothing]);
    }
  });
});
