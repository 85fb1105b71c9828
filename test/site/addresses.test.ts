/** Checks the response for each URL: pages, redirects, and what does not exist. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, type World } from "../world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

describe("pages", () => {
  test.each([
    ["/", "text/html; charset=UTF-8", "The Tea Shelf"],
    ["/about", "text/html; charset=UTF-8", "A very small library about tea."],
    ["/tea/", "text/html; charset=UTF-8", "A leaf, some water, a few minutes."],
    ["/tea/cooling", "text/html; charset=UTF-8", "You pour, and wait."],
    ["/tea/cooling.md", "text/markdown; charset=utf-8", "# Cooling: When to Drink"],
    ["/tea/index.md", "text/markdown; charset=utf-8", "# Tea: Leaves, Water, Time"],
    ["/feed.xml", "application/atom+xml; charset=utf-8", "<feed "],
    ["/tea/feed.xml", "application/atom+xml; charset=utf-8", "<title>The Tea Shelf: Tea</title>"],
    ["/feed.json", "application/feed+json", '"title":"The Tea Shelf"'],
    ["/tea/feed.json", "application/feed+json", '"title":"The Tea Shelf: Tea"'],
    ["/corrections.xml", "application/atom+xml; charset=utf-8", "<title>The Tea Shelf: corrections</title>"],
    ["/sitemap.xml", "application/xml; charset=utf-8", "<loc>https://library.example/tea/cooling</loc>"],
    ["/robots.txt", "text/plain;charset=UTF-8", "Sitemap: https://library.example/sitemap.xml"],
  ])("%s", async (path, type, words) => {
    const answer = await world.get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Type")?.toLowerCase().replace(" ", "")).toBe(
      type.toLowerCase().replace(" ", ""),
    );
    expect(answer.body).toContain(words);
  });
});

test.each([
  ["/", ["/feed.xml"]],
  ["/about", ["/feed.xml"]],
  ["/tea/", ["/tea/feed.xml", "/feed.xml"]],
  ["/tea/cooling", ["/tea/feed.xml", "/feed.xml"]],
])("feed readers find the feeds of %s in that order: a book's own first", async (path, feeds) => {
  const { body } = await world.get(path);
  const offered = [
    ...body.matchAll(/<link rel="alternate" type="application\/atom\+xml" title="[^"]+" href="([^"]+)"/g),
  ];
  expect(offered.map(([, href]) => href)).toEqual(feeds);
});

describe("other spellings lead to the one address", () => {
  test.each([
    ["/tea", "/tea/"],
    ["/TEA/", "/tea/"],
    ["/tea/cooling/", "/tea/cooling"],
    ["/Tea/Cooling", "/tea/cooling"],
    ["/tea///cooling", "/tea/cooling"],
    ["/tea/cooling.html", "/tea/cooling"],
    ["/tea/index.html", "/tea/"],
    ["/index.html", "/"],
    ["/about/", "/about"],
    ["/tea/COOLING.md", "/tea/cooling.md"],
    ["/tea/cooling/?from=mail", "/tea/cooling?from=mail"],
    ["/%74ea/cooling", "/tea/cooling"],
  ])("%s -> %s", async (from, to) => {
    const answer = await world.get(from);
    expect([answer.status, answer.headers.get("Location")]).toEqual([301, to]);
  });
});

describe("addresses of old", () => {
  test.each([
    ["/tea/when-to-drink", "/tea/cooling"],
    ["/tea/When-To-Drink/", "/tea/cooling"],
    ["/old/cooling", "/tea/cooling"],
    ["/tea/tea-overview", "/tea/"],
  ])("%s -> %s", async (from, to) => {
    const answer = await world.get(from);
    expect([answer.status, answer.headers.get("Location")]).toEqual([301, to]);
  });
});

describe("what is not there", () => {
  test.each([
    "/nothing",
    "/tea/nothing",
    "/tea/cooling/more",
    "/tea/milk",
    "/coffee/",
    "/coffee/feed.xml",
    "/coffee/feed.json",
    "/tea/cooling/feed.json",
    "/teafeed.json",
    "/manifest.json",
    "/objects/",
    "/_headers",
    "/media/0000.svg",
    "/tea/cooling%",
    "/constructor",
    "/__proto__/",
  ])("%s is a page that helps", async (path) => {
    const answer = await world.get(path);
    expect(answer.status).toBe(404);
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    expect(answer.body).toContain("There is no page at this address.");
    expect(answer.body).toContain('<a href="/">Back to the library</a>');
  });

  test("it names the chapter that was probably meant", async () => {
    const answer = await world.get("/tea/coolin");
    expect(answer.status).toBe(404);
    expect(answer.body).toContain('<a href="/tea/cooling" dir="auto">Cooling: When to Drink</a>');
  });

  test("an address can only be read", async () => {
    const answer = await world.get("/tea/cooling", { method: "POST" });
    expect([answer.status, answer.headers.get("Allow"), answer.body]).toEqual([
      405,
      "GET, HEAD",
      "This URL supports only GET and HEAD.\n",
    ]);
  });
});

describe("representations", () => {
  test("a program that asks for Markdown gets it", async () => {
    const answer = await world.get("/tea/cooling", { headers: { Accept: "text/markdown, text/html;q=0.5" } });
    expect(answer.headers.get("Content-Type")).toBe("text/markdown; charset=utf-8");
    expect(answer.headers.get("Vary")).toBe("Accept");
    expect(answer.headers.get("Link")).toBe('<https://library.example/tea/cooling>; rel="canonical"');
  });

  test("a browser gets the page, also after the Markdown was asked for", async () => {
    await world.get("/tea/leaves", { headers: { Accept: "text/markdown" } });
    const answer = await world.get("/tea/leaves", { headers: { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" } });
    expect(answer.headers.get("Content-Type")).toMatch(/^text\/html/);
  });

  test("text/markdown;q=0 is a refusal", async () => {
    const answer = await world.get("/tea/leaves", { headers: { Accept: "text/markdown;q=0, */*" } });
    expect(answer.headers.get("Content-Type")).toMatch(/^text\/html/);
  });

  test("HEAD says what GET would, without a body", async () => {
    const get = await world.get("/tea/cooling");
    for (const cold of [true, false]) {
      const head = await world.get("/tea/cooling", { method: "HEAD", cold });
      expect(head.status).toBe(200);
      expect(head.body).toBe("");
      for (const name of ["ETag", "Content-Type", "Cache-Control", "Vary", "Content-Security-Policy"]) {
        expect(head.headers.get(name)).toBe(get.headers.get(name));
      }
    }
  });

  test("the Markdown has absolute links, and plain words for chapters to come", async () => {
    const answer = await world.get("/tea/index.md");
    expect(answer.body).toContain("[the leaves](https://library.example/tea/leaves)");
    expect(answer.body).toContain("(https://library.example/tea/cooling#newtons-law)");
    expect(answer.body).toContain("a word about milk.");
    expect(answer.body).not.toContain("{origin}");
  });
});

test("absolute addresses come from the setting, whatever host is asked", async () => {
  const answer = await world.get("/feed.xml", {
    headers: { Host: "evil.example", "X-Forwarded-Host": "evil.example" },
    cold: true,
  });
  expect(answer.body).not.toContain("evil.example");
  expect(answer.body).toContain(
    '<link rel="self" type="application/atom+xml" href="https://library.example/feed.xml"/>',
  );
});
