/**
 * Validates every feed with validators that are not ours: Atom with libxml2 against RFC 4287, JSON with the schema of
 * JSON Feed 1.1. The texts are ordinary ones, hostile ones, and none.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import jsonFeed from "jsonfeed-schema/schema-v1.1.json" with { type: "json" };
import { describe, expect, test } from "vitest";
import { validateXML } from "xmllint-wasm";
import { catalogueAt } from "../../../src/library/catalogue.ts";
import { parseFeedIdentities } from "../../../src/library/feed-identities.ts";
import type { Manifest } from "../../../src/library/manifest.ts";
import { renderAtom } from "../../../src/site/feeds/atom.ts";
import { renderCorrections } from "../../../src/site/feeds/corrections.ts";
import type { FeedSource } from "../../../src/site/feeds/feed-entries.ts";
import { renderJsonFeed } from "../../../src/site/feeds/json-feed.ts";
import { en } from "../../../src/ui/words/en.ts";
import { releaseOf } from "../../newsletter/faults/shelf.ts";
import { bookFolder, openWorld } from "../../world.ts";

const now = Date.parse("2026-02-01T15:30:00Z");
const identities = parseFeedIdentities(null);

const rules = readFileSync(join(import.meta.dirname, "atom.rng"), "utf8");
/** Ajv does not know the version of JSON Schema that it names. */
const { $schema: _, ...schema } = jsonFeed;
const validateJson = new Ajv({ allErrors: true, validateFormats: false }).compile(schema);

async function atomFaults(xml: string): Promise<string[]> {
  const { errors } = await validateXML({
    xml: { fileName: "feed.xml", contents: xml },
    schema: rules,
    extension: "relaxng",
  });
  return errors.map(({ message }) => message);
}

const jsonFaults = (json: string): unknown => (validateJson(JSON.parse(json)) ? [] : validateJson.errors);

test("the validators find faults", async () => {
  const feed = renderAtom(sourceOf(ordinary, "<p>Tea.</p>"), now);
  expect(await atomFaults(feed)).toEqual([]);
  expect(await atomFaults(feed.replace(/<id>.*<\/id>/, ""))).not.toEqual([]);
  expect(await atomFaults(feed.replace("<updated>2026-01-04T00", "<updated>4 January"))).not.toEqual([]);
  expect(await atomFaults(feed.replace("&lt;p&gt;", "<p>"))).not.toEqual([]);
  expect(jsonFaults('{"version":"https://jsonfeed.org/version/1.1","items":[{"content_html":""}]}')).not.toEqual([]);
});

const ordinary = releaseOf([
  { book: "notes", id: "one", published: "2026-01-02T00:00:00.000Z", corrected: ["2026-01-03T00:00:00.000Z"] },
  { book: "notes", id: "two", published: "2026-01-04T00:00:00.000Z" },
]);

/** Every text of the manifest that an author writes is this one. */
const filledWith = (manifest: Manifest, text: string): Manifest => ({
  ...manifest,
  title: text,
  tagline: text,
  books: manifest.books.map((book) => ({
    ...book,
    title: text,
    shortTitle: text,
    blurb: text,
    contents: book.contents.map((entry) => ({
      ...entry,
      title: text,
      excerpt: text,
      authors: [text],
      ...("changes" in entry && { changes: entry.changes?.map((change) => ({ ...change, text })) }),
    })),
  })),
});

function sourceOf(manifest: Manifest, html: string): FeedSource {
  const catalogue = catalogueAt(now, credited(manifest));
  const entries = [...catalogue.byPath.keys()].map((path) => ({ path, html }));
  return { catalogue, origin: "https://a.example", words: en, feed: { kind: "feed", entries }, identities };
}

/** The compiler requires an author of every text. */
const credited = (manifest: Manifest): Manifest => ({
  ...manifest,
  authors: ["Ada"],
  books: manifest.books.map((book) => ({
    ...book,
    overview: { ...book.overview, authors: ["Ada"] },
    contents: book.contents.map((entry) =>
      "authors" in entry && entry.authors.length === 0 ? { ...entry, authors: ["Ada"] } : entry,
    ),
  })),
});

const hostile = {
  "control characters": "a\b\f\u0000\uFFFF\ud800b",
  "the end of a section": "]]></content></entry></feed><!--",
  entities: "&amp;nbsp; &bogus; &#0; <b>&lt;/b></b>",
  quotes: `"'\`\\`,
  "right to left": "\u202eشاي\u202c",
  "an emoji": "🍵👩‍🚀",
  "a script": "<script>alert(1)</script>",
  space: " \n\t ",
} as const;

describe.each(Object.entries({ "ordinary text": "Tea, cooled.", ...hostile }))("%s", (_, text) => {
  const source = sourceOf(filledWith({ ...ordinary, hub: "https://hub.example/?a=1&b=2" }, text), text);

  test("is valid in Atom, and in the feed of corrections", async () => {
    expect(await atomFaults(renderAtom(source, now))).toEqual([]);
    expect(await atomFaults(renderCorrections(source, identities, now))).toEqual([]);
  });

  test("is valid in JSON", () => {
    expect(jsonFaults(renderJsonFeed(source))).toEqual([]);
  });
});

test("feeds without entries are valid", async () => {
  const empty = sourceOf(releaseOf([]), "");
  expect(await atomFaults(renderAtom(empty, now))).toEqual([]);
  expect(await atomFaults(renderCorrections(empty, identities, now))).toEqual([]);
  expect(jsonFaults(renderJsonFeed(empty))).toEqual([]);
});

test.each(["tea", "errata", "observatory"])(
  "every feed that the library %s serves is valid",
  async (library) => {
    await using world = await openWorld(bookFolder(library));
    const { body: home } = await world.get("/");
    const books = [...home.matchAll(/<a [^>]*href="(\/[a-z-]+\/)"/g)].map(([, path = ""]) => path);
    expect(books.length).toBeGreaterThan(0);
    for (const path of ["/", ...books.filter((book) => book !== "/newsletter/" && book !== "/authors/")]) {
      expect([path, await atomFaults((await world.get(`${path}feed.xml`)).body)]).toEqual([path, []]);
      expect([path, jsonFaults((await world.get(`${path}feed.json`)).body)]).toEqual([path, []]);
    }
    expect(await atomFaults((await world.get("/corrections.xml")).body)).toEqual([]);
  },
  60_000,
);
