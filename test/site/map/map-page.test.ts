/** Checks the map and the shortest way to a chapter: what builds on what, and that nothing appears before its time. */
import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, present, type World } from "../../world.ts";
import { dueAt, writeKitchen } from "./kitchen.ts";

let home: string;
let world: World;
beforeAll(async () => {
  home = writeKitchen();
  world = await openWorld(home);
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  rmSync(home, { recursive: true, force: true });
});

const bodyAt = async (path: string, now = present): Promise<string> => (await world.get(path, { now })).body;
const plain = (html: string) =>
  html
    .replace(/<svg.*?<\/svg>/gs, "")
    .replace(/<[^>]*>/g, "")
    .replace(/\s+/g, " ")
    .trim();
const between = (body: string, start: string, end: string) => body.split(start)[1]?.split(end)[0] ?? "";
/** `2 Heat 1 min after Water`. */
const rowsOf = (body: string) =>
  [...between(body, '<div class="maps">', '<form class="way-form"').matchAll(/<li.*?<\/li>/gs)].map(([row]) =>
    plain(row),
  );
const wayOf = (body: string) =>
  [...between(body, '<ol class="contents-list way">', "</ol>").matchAll(/href="([^"]*)"/g)].map(([, path]) => path);

test("the map lists every public chapter with what it builds on, at its place in a drawing", async () => {
  const { status, body, operations } = await world.get("/map", { cold: true });
  expect([status, operations]).toMatchObject([200, { kvReads: 1, d1Queries: 0 }]);
  expect(rowsOf(body)).toEqual([
    "Tea 1 min",
    "1 Water 1 min",
    "2 Heat 1 min after Water",
    "3 Leaves 1 min",
    "4 Cooling 1 min after Heat",
    "6 Tasting 1 min after Leaves, Cooling",
    "7 History 1 min",
    "Coffee 1 min",
    "1 Beans 1 min",
    "2 Grinding 1 min after Beans",
    "3 Espresso 1 min after Grinding, Heat",
  ]);
  expect(body.match(/class="map drawn"/g)).toHaveLength(1);
  expect(body.match(/--column:[\d.]+;--row:\d+/g)).toHaveLength(11);
});

test("a book has its own map, with the chapters of other books that it builds on; an unknown book is ignored", async () => {
  expect(rowsOf(await bodyAt("/map?book=coffee"))).toEqual([
    "2 Heat 1 min",
    "Coffee 1 min",
    "1 Beans 1 min",
    "2 Grinding 1 min after Beans",
    "3 Espresso 1 min after Grinding, Heat",
  ]);
  expect(await bodyAt("/map?book=cheese")).toBe(await bodyAt("/map"));
});

describe("the way to a chapter", () => {
  test("has all that it builds on, in the order to read it, with the minutes of all together", async () => {
    const body = await bodyAt("/map?to=tea/tasting");
    expect(wayOf(body)).toEqual(["/tea/water", "/tea/heat", "/tea/leaves", "/tea/cooling", "/tea/tasting"]);
    expect(plain(body)).toContain("5 chapters in the order to read them, 5 minutes in all.");
    expect(body).toContain("<h1>The shortest way to Tasting</h1>");
    expect(wayOf(await bodyAt("/map?to=coffee/espresso"))).toEqual([
      "/tea/water",
      "/tea/heat",
      "/coffee/beans",
      "/coffee/grinding",
      "/coffee/espresso",
    ]);
  });

  test("is found under a former address, and marks its chapters on the map", async () => {
    const body = await bodyAt("/map?to=tea/sipping");
    expect(wayOf(body)).toContain("/tea/tasting");
    expect(body.match(/<li class="on-way"/g)).toHaveLength(5);
  });

  test("of a chapter that builds on nothing is the chapter itself", async () => {
    const body = await bodyAt("/map?to=tea/water");
    expect(plain(body)).toContain("This chapter builds on no other, so you can read it now.");
    expect(body).not.toContain('class="contents-list way"');
  });
});

test("a chapter says what to read first, with minutes and the whole way, and what it is needed for", async () => {
  const espresso = plain(between(await bodyAt("/coffee/espresso"), '<p class="needs">', "</p>"));
  expect(espresso).toBe("Read first Grinding 1 min, Heat 1 min · All 4 chapters in order, 4 min");
  expect(await bodyAt("/coffee/espresso")).toContain('href="/map?to=coffee/espresso"');
  // With one chapter to read first, its link is the whole way.
  expect(await bodyAt("/coffee/grinding")).not.toContain("/map?to=");
  const afterHeat = (await bodyAt("/tea/heat")).split('class="neighbours"')[1] ?? "";
  expect(plain(between(afterHeat, '<p class="needs">', "</p>"))).toBe("Needed for Cooling, Espresso");
});

test("home, the index of books, the book and the sitemap lead to the map", async () => {
  expect(await bodyAt("/")).toContain('<a href="/map">What to read first</a>');
  expect(await bodyAt("/books")).toContain('<a href="/map">What to read first</a>');
  expect(await bodyAt("/tea/")).toContain('<a href="/map?book=tea">Map</a>');
  expect(await bodyAt("/sitemap.xml")).toContain("/map</loc>");
  expect((await world.get("/MAP/")).headers.get("Location")).toBe("/map");
});

test("a library where nothing builds on anything has no links to a map; the page says why", async () => {
  const [plainHome, onlyHome] = [writeKitchen([]), writeKitchen(["coffee"])];
  try {
    await using empty = await openWorld(plainHome);
    const { status, body } = await empty.get("/map");
    expect([status, plain(body)]).toEqual([200, expect.stringContaining("The first one is being written.")]);
    expect((await empty.get("/")).body).not.toContain('href="/map"');
    await using only = await openWorld(onlyHome);
    // One book: there is no choice, and home leads to its map.
    expect((await only.get("/map")).body).not.toContain("map-choice");
    expect((await only.get("/")).body).toContain('href="/map"');
  } finally {
    for (const folder of [plainHome, onlyHome]) rmSync(folder, { recursive: true, force: true });
  }
});

/** Last, because the catalogue of an isolate never goes back in time. */
describe("a scheduled chapter", () => {
  test("asked for before its time is answered like a chapter that never was", async () => {
    const [scheduled, nothing] = [await bodyAt("/map?to=tea/steeping"), await bodyAt("/map?to=tea/nothing")];
    expect(scheduled).toContain("This chapter does not exist, or it has not been published yet.");
    expect(scheduled).toBe(nothing);
  });

  test("is on no map and no way before its time, and from then on is, without a deploy", async () => {
    const before = "2030-06-01T11:59:59.999Z";
    for (const path of ["/map", "/map?book=tea", "/map?to=tea/tasting", "/map?to=tea/steeping", "/tea/leaves"]) {
      expect([path, await bodyAt(path, before)]).toEqual([path, expect.not.stringContaining("steeping")]);
    }
    const after = await bodyAt("/map?to=tea/tasting", dueAt);
    expect(wayOf(after)).toEqual([
      "/tea/water",
      "/tea/heat",
      "/tea/leaves",
      "/tea/cooling",
      "/tea/steeping",
      "/tea/tasting",
    ]);
    expect(rowsOf(after)).toContain("5 Steeping 1 min after Leaves, Cooling");
    expect(after).toContain('class="map drawn"');
    expect(await bodyAt("/tea/leaves", dueAt)).toContain('href="/tea/steeping"');
  });
});

test("a hidden draft is on no page", async () => {
  for (const path of ["/map", "/map?book=tea", "/map?to=tea/tasting", "/tea/water", "/tea/tasting"]) {
    expect([path, await bodyAt(path, dueAt)]).toEqual([path, expect.not.stringMatching(/secret/i)]);
  }
});
