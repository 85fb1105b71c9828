/**
 * Checks that a feed is valid Atom whatever it contains: RFC 4287, section 4.1.1 requires an id, a title and a date,
 * even for an empty one.
 */
import { Parser } from "htmlparser2";
import { expect, test } from "vitest";
import { catalogueAt } from "../../../src/library/catalogue.ts";
import { parseFeedIdentities } from "../../../src/library/feed-identities.ts";
import { renderAtom } from "../../../src/site/feeds/atom.ts";
import { en } from "../../../src/ui/words/en.ts";
import { releaseOf, type Volume } from "../../newsletter/faults/shelf.ts";

const now = Date.parse("2026-02-01T15:30:00Z");
const identities = parseFeedIdentities(null);

/** Names of the direct children of the feed element, and the text of each. */
function elementsOf(volumes: readonly Volume[]): Map<string, string[]> {
  const catalogue = catalogueAt(now, releaseOf(volumes));
  const entries = [...catalogue.byPath.keys()].map((path) => ({ path, html: "" }));
  const xml = renderAtom(
    { catalogue, origin: "https://a.example", words: en, feed: { kind: "feed", entries }, identities },
    now,
  );
  const found = new Map<string, string[]>();
  const open: string[] = [];
  let text = "";
  const parser = new Parser(
    {
      onopentag(name) {
        open.push(name);
        text = "";
      },
      ontext(part) {
        text += part;
      },
      onclosetag(name) {
        open.pop();
        if (open.length === 1) found.set(name, [...(found.get(name) ?? []), text]);
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return found;
}

test("an empty feed has what RFC 4287 requires, and the date of the day it is asked for", () => {
  const feed = elementsOf([]);
  expect(feed.get("id")).toEqual([expect.stringMatching(/^tag:/)]);
  expect(feed.get("title")).toEqual([expect.stringMatching(/./)]);
  expect(feed.get("updated")).toEqual(["2026-02-01T00:00:00.000Z"]);
  expect(feed.has("entry")).toBe(false);
});

test("a feed with entries has the date of its latest change", () => {
  const feed = elementsOf([
    { book: "notes", id: "one", published: "2026-01-02T00:00:00.000Z" },
    { book: "notes", id: "two", published: "2026-01-04T00:00:00.000Z" },
  ]);
  expect(feed.get("updated")).toEqual(["2026-01-04T00:00:00.000Z"]);
  expect(feed.get("entry")?.length).toBeGreaterThanOrEqual(2);
});

test("a control character in a published text does not make the feed ill-formed", () => {
  const catalogue = catalogueAt(now, releaseOf([{ book: "notes", id: "one", published: "2026-01-02T00:00:00.000Z" }]));
  const entries = [...catalogue.byPath.keys()].map((path) => ({ path, html: "a\b\f\u0000\uFFFF\ud800b\t🍵" }));
  const feed = { kind: "feed", entries } as const;
  const xml = renderAtom({ catalogue, origin: "https://a.example", words: en, feed, identities }, now);
  expect(xml).toContain('<content type="html">ab\t🍵</content>');
});
