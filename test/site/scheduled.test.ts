/** Checks drafts and scheduled chapters: visible nowhere before their time, and everywhere from then on. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { isWritten } from "../../src/library/manifest.ts";
import { openWorld, type World } from "../world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const minuteBefore = "2030-06-01T11:59:59.999Z";
const itsMinute = "2030-06-01T12:00:00.000Z";
const overviews = ["/", "/tea/", "/feed.xml", "/tea/feed.xml", "/sitemap.xml"];

test("before its time a scheduled chapter is nowhere", async () => {
  for (const path of ["/tea/cold-brew", "/tea/cold-brew.md", "/tea/Cold-Brew/"]) {
    expect([path, (await world.get(path, { now: minuteBefore })).status]).toEqual([path, 404]);
  }
  for (const path of overviews) {
    const { body } = await world.get(path, { now: minuteBefore });
    expect(body).not.toContain("/tea/cold-brew");
    expect(body).not.toContain("Eight hours do what heat does");
  }
});

test("its objects cannot be reached by their hash, nor can anybody's", async () => {
  const chapters = world.manifest.books.flatMap((book) => [book.overview, ...book.contents.filter(isWritten)]);
  for (const { object } of chapters) {
    for (const path of [
      `/objects/${object}.chapter`,
      `/${object}`,
      `/media/${object}.chapter`,
      `/assets/../objects/${object}.chapter`,
    ]) {
      const answer = await world.get(path, { now: minuteBefore });
      expect([path, answer.status]).toEqual([path, 404]);
    }
  }
});

test("at its minute it appears everywhere, in a running isolate, without a deploy", async () => {
  const before = await world.get("/", { now: minuteBefore });
  const after = await world.get("/", { now: itsMinute });
  expect(after.headers.get("ETag")).not.toBe(before.headers.get("ETag"));
  expect((await world.get("/tea/cold-brew", { now: itsMinute })).body).toContain("Put the leaves into cold water");
  for (const path of overviews) expect((await world.get(path, { now: itsMinute })).body).toContain("/tea/cold-brew");
  const stale = await world.get("/", {
    now: itsMinute,
    headers: { "If-None-Match": before.headers.get("ETag") ?? "" },
  });
  expect(stale.status).toBe(200);
});

test("a draft is nowhere, ever", async () => {
  for (const path of ["/tea/gongfu", "/tea/gongfu.md"]) {
    expect((await world.get(path, { now: "2040-01-01T00:00:00Z" })).status).toBe(404);
  }
  expect((await world.get("/feed.xml", { now: "2040-01-01T00:00:00Z" })).body).not.toContain("Gongfu");
});

test("a chapter to come stands in the table of contents, without a link; a link to it is plain words", async () => {
  const { body } = await world.get("/tea/");
  expect(body).toContain('<span class="entry-title" dir="auto">Milk: First or Last</span>');
  expect(body).toContain('<span class="to-come" title="This chapter is not published yet">milk</span>');
  expect(body).not.toContain('href="/tea/milk"');
});

test("on the author's own machine drafts and scheduled chapters are shown, and marked", async () => {
  await using desk = await openWorld(undefined, { showUnpublished: true });
  const draft = await desk.get("/tea/gongfu");
  expect(draft.status).toBe(200);
  expect(draft.body).toContain('<span class="unpublished">Draft</span>');
  expect((await desk.get("/tea/cold-brew")).body).toContain(
    '<span class="unpublished">Scheduled for 1 June 2030</span>',
  );
});
