/** Checks that a JSON feed has what the Atom feed of the same library has. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { bookFolder, openWorld, type World } from "../../world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld(bookFolder("errata"));
});
afterAll(() => world[Symbol.asyncDispose]());

interface Item {
  readonly id: string;
  readonly url: string;
  readonly content_html: string;
  readonly date_published: string;
  readonly date_modified?: string;
}

const itemsOf = async (path: string): Promise<Item[]> => JSON.parse((await world.get(path)).body).items;

const decode = (xml: string): string =>
  xml.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

test.each(["/", "/pouring/"])("in %s both formats have the same entries, in the same order", async (path) => {
  const atom = (await world.get(`${path}feed.xml`)).body;
  const entries = [...atom.matchAll(/<entry[\s\S]*?<\/entry>/g)].map(([entry]) => {
    const field = (name: string) => decode(new RegExp(`<${name}[^>]*>([\\s\\S]*?)</${name}>`).exec(entry)?.[1] ?? "");
    return {
      id: field("id"),
      url: /href="([^"]*)"/.exec(entry)?.[1],
      html: field("content"),
      published: field("published"),
      updated: field("updated"),
    };
  });
  const items = await itemsOf(`${path}feed.json`);
  expect(
    items.map(({ id, url, content_html: html, date_published: published, date_modified: updated = published }) => ({
      id,
      url,
      html,
      published,
      updated,
    })),
  ).toEqual(entries);
  expect(items.length).toBeGreaterThan(1);
});

test("a correction changes the date of an entry, and nothing else is dated", async () => {
  const items = await itemsOf("/feed.json");
  const modified = items.filter(({ date_modified: date }) => date !== undefined);
  expect(modified.map(({ url, date_modified: date }) => [url, date])).toEqual([
    ["https://library.example/pouring/spread", "2026-02-03T17:00:00.000Z"],
  ]);
});

test("it is served as JSON Feed, for an hour, and describes itself", async () => {
  const { headers, body } = await world.get("/pouring/feed.json");
  expect([headers.get("Content-Type"), headers.get("Cache-Control")]).toEqual([
    "application/feed+json",
    "public, max-age=3600",
  ]);
  expect(JSON.parse(body)).toMatchObject({
    feed_url: "https://library.example/pouring/feed.json",
    home_page_url: "https://library.example/pouring/",
    language: "en",
  });
});

test("feed readers find it from home and from a book, but chapters do not carry the link", async () => {
  const offered = async (path: string) =>
    /<link rel="alternate" type="application\/feed\+json" title="[^"]+" href="([^"]+)"/.exec(
      (await world.get(path)).body,
    )?.[1];
  expect(await offered("/about")).toBe("/feed.json");
  expect(await offered("/pouring/")).toBe("/pouring/feed.json");
  expect(await offered("/pouring/spread")).toBeUndefined();
});
