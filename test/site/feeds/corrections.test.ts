/** Checks the feed of corrections: an entry for each, with an id that survives a move. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { catalogueAt } from "../../../src/library/catalogue.ts";
import { parseFeedIdentities } from "../../../src/library/feed-identities.ts";
import { renderCorrections } from "../../../src/site/feeds/corrections.ts";
import { en } from "../../../src/ui/words/en.ts";
import { releaseOf, type Volume } from "../../newsletter/faults/shelf.ts";
import { bookFolder, openWorld, type World } from "../../world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld(bookFolder("errata"));
});
afterAll(() => world[Symbol.asyncDispose]());

const now = Date.parse("2026-02-01T15:30:00Z");
const identities = parseFeedIdentities(null);

const feedOf = (volumes: readonly Volume[], redirects: Readonly<Record<string, string>> = {}): string =>
  renderCorrections(
    { catalogue: catalogueAt(now, releaseOf(volumes, redirects)), origin: "https://a.example", words: en },
    identities,
    now,
  );

const fields = (xml: string, name: string): string[] =>
  [...xml.matchAll(/<entry[\s\S]*?<\/entry>/g)].map(
    ([entry]) => new RegExp(`<${name}[^>]*>([^<]*)</${name}>`).exec(entry)?.[1] ?? "",
  );

test("it has the corrections, newest first, and not the other changes", async () => {
  const { body } = await world.get("/corrections.xml");
  expect(fields(body, "updated")).toEqual(["2026-02-03T17:00:00.000Z", "2026-01-14T00:00:00.000Z"]);
  expect(fields(body, "title")).toEqual(["Corrected: How Unequal the Cups Are", "Corrected: How Unequal the Cups Are"]);
  expect(fields(body, "content")[1]).toBe("The second cup holds 1.9 dl, not 1.6 dl.");
  expect(body).toContain('href="https://library.example/pouring/spread#changes"');
});

const one: Volume = { book: "notes", id: "one", published: "2026-01-02T00:00:00.000Z" };
const corrected = ["2026-01-04T00:00:00.000Z", "2026-01-03T00:00:00.000Z"];

test("a correction keeps its id when its chapter moves, and has another than any other", () => {
  const before = fields(feedOf([{ ...one, corrected }]), "id");
  const moved = { ...one, written: "notes/one", book: "essays", corrected };
  expect(fields(feedOf([moved], { "/notes/one": "/essays/one" }), "id")).toEqual(before);
  expect(new Set(before).size).toBe(2);
});

test("corrections of a chapter that is not public are not in it", () => {
  const later = { ...one, published: "2026-03-02T00:00:00.000Z", corrected: ["2026-03-04T00:00:00.000Z"] };
  expect(fields(feedOf([later]), "id")).toEqual([]);
  expect(fields(feedOf([later, { ...one, id: "two", corrected }]), "title")).toEqual([
    "Corrected: two",
    "Corrected: two",
  ]);
});
