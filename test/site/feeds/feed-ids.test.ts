/**
 * Checks that ids of feeds and entries are permanent: no date, title, move, rename or host changes them (RFC 4287,
 * 4.2.6).
 */
import { expect, test } from "vitest";
import { openDatabase } from "../../../src/db/database.ts";
import { fingerprintOf, recordRelease } from "../../../src/editions/chapters/record-release.ts";
import { findRelease } from "../../../src/editions/chapters/release-record.ts";
import { catalogueAt } from "../../../src/library/catalogue.ts";
import { feedIdentitiesKey, parseFeedIdentities } from "../../../src/library/feed-identities.ts";
import type { Manifest } from "../../../src/library/manifest.ts";
import { renderAtom } from "../../../src/site/feeds/atom.ts";
import { en } from "../../../src/ui/words/en.ts";
import { FakeD1 } from "../../fakes/d1.ts";
import { FakeKv } from "../../fakes/kv.ts";
import { releaseOf, type Volume } from "../../newsletter/faults/shelf.ts";

const now = Date.parse("2026-02-01T00:00:00Z");
const one: Volume = { book: "notes", id: "one", published: "2026-01-02T00:00:00.000Z" };
const other: Volume = { book: "essays", id: "other", published: "2026-01-05T00:00:00.000Z" };
const two: Volume = { book: "notes", id: "two", published: "2026-01-04T00:00:00.000Z" };
const origin = "https://library.example";

/** The author's changes to the library. */
interface Story {
  readonly volumes: readonly Volume[];
  readonly redirects?: Readonly<Record<string, string>>;
  readonly origin?: string;
  readonly change?: (manifest: Manifest) => Manifest;
}

/** A library in use: its cron trigger runs, and its storage persists. */
class Library {
  readonly d1 = new FakeD1();
  #now = now;
  readonly kv = new FakeKv(() => this.#now);

  async cron({ volumes, redirects, origin: host = origin }: Story): Promise<void> {
    this.#now += 300_000;
    const db = openDatabase(this.d1.binding());
    const catalogue = catalogueAt(now, releaseOf(volumes, redirects));
    const fingerprint = await fingerprintOf(catalogue);
    const release = await findRelease(db, fingerprint);
    await recordRelease({ db, kv: this.kv.binding(), catalogue, origin: host, fingerprint, release, now });
  }

  async feed({ volumes, redirects, origin: host = origin, change }: Story) {
    const manifest = releaseOf(volumes, redirects);
    const catalogue = catalogueAt(now, change?.(manifest) ?? manifest);
    const entries = [...catalogue.byPath.keys()].map((path) => ({ path, html: "" }));
    const identities = parseFeedIdentities(await this.kv.binding().get(feedIdentitiesKey));
    const xml = renderAtom({ catalogue, origin: host, words: en, feed: { kind: "feed", entries }, identities }, now);
    return {
      id: /<id>([^<]+)/.exec(xml)?.[1],
      entries: Object.fromEntries(
        [...xml.matchAll(/<entry>\s*<title>([^<]*)[\s\S]*?<id>([^<]*)[\s\S]*?<updated>([^<]*)/g)].map(
          ([, title = "", id, updated]) => [title, { id, updated }],
        ),
      ),
    };
  }
}

const idOfOne = async (library: Library, story: Story) => (await library.feed(story)).entries.one?.id;

const stories: Readonly<Record<string, Story>> = {
  "a date that is put right": { volumes: [{ ...one, published: "2026-01-03T00:00:00.000Z" }, two, other] },
  "another book": {
    volumes: [{ ...one, book: "essays" }, two, other],
    redirects: { "/notes/one": "/essays/one" },
  },
  "another book, told by its identity": { volumes: [{ ...one, book: "essays", written: "notes/one" }, two, other] },
  "another slug": { volumes: [{ ...one, slug: "first" }, two, other], redirects: { "/notes/one": "/notes/first" } },
  "another host": { volumes: [one, two, other], origin: "https://www.example.org" },
};

test.each(Object.entries(stories))("%s changes no id, whether or not a run has met it", async (_, story) => {
  const before = await idOfOne(new Library(), { volumes: [one, two, other] });
  expect(before).toBe("tag:ml-blog.invalid,2026:notes/one");
  expect(await idOfOne(new Library(), story)).toBe(before);
  const library = new Library();
  await library.cron({ volumes: [one, two, other] });
  expect(await idOfOne(library, story), "before the next run").toBe(before);
  await library.cron(story);
  expect(await idOfOne(library, story), "after it").toBe(before);
});

test("a library with a tag of its own uses that", async () => {
  const change = (manifest: Manifest) => ({ ...manifest, feedTag: "example.org,2025-03" });
  const feed = await new Library().feed({ volumes: [one], change });
  expect([feed.id, feed.entries.one?.id]).toEqual([
    "tag:example.org,2025-03:feed",
    "tag:example.org,2025-03:notes/one",
  ]);
});

test("what was in a feed before the upgrade keeps its id for ever; what comes later has the new kind", async () => {
  const library = new Library();
  // The state that the earlier version left.
  for (const { book, id, published } of [one, other]) {
    library.d1.query(
      "INSERT INTO publications (chapter_id, published_at, recorded_at) VALUES (?, ?, ?)",
      `${book}/${id}`,
      published,
      published,
    );
  }
  await library.cron({ volumes: [one, other] });
  const legacy = "tag:library.example,2026-01-02:notes/one";
  expect(await idOfOne(library, { volumes: [one, other] })).toBe(legacy);
  for (const story of Object.values(stories)) {
    expect(await idOfOne(library, story)).toBe(legacy);
    await library.cron(story);
    const { id, entries } = await library.feed(story);
    expect([entries.one?.id, entries.other?.id]).toEqual([legacy, "tag:library.example,2026-01-05:essays/other"]);
    expect(entries.two?.id).toBe("tag:ml-blog.invalid,2026:notes/two");
    expect(id, "of the feed itself").toBe("https://library.example/");
  }
});

test("a chain of moves is followed in whatever order its redirects are written", async () => {
  const library = new Library();
  await library.cron({ volumes: [one, two, other] });
  const before = await idOfOne(library, { volumes: [one, two, other] });
  await library.cron({ volumes: [{ ...one, book: "essays" }, two, other], redirects: { "/notes/one": "/essays/one" } });
  const third = { volumes: [{ ...one, book: "letters" }, two, other] };
  for (const redirects of [
    { "/notes/one": "/letters/one", "/essays/one": "/letters/one" },
    { "/essays/one": "/letters/one", "/notes/one": "/letters/one" },
    { "/essays/one": "/letters/one" },
  ]) {
    expect(await idOfOne(library, { ...third, redirects })).toBe(before);
  }
});

test("`updated` is the day that the author gives, and the day of publication until then", async () => {
  const change = (manifest: Manifest): Manifest => ({
    ...manifest,
    books: manifest.books.map((book) => ({
      ...book,
      contents: book.contents.map((entry) => ({ ...entry, updated: "2026-01-20T00:00:00.000Z" })),
    })),
  });
  const updatedOf = async (story: Story) => (await new Library().feed(story)).entries.one?.updated;
  expect(await updatedOf({ volumes: [one] })).toBe("2026-01-02T00:00:00.000Z");
  expect(await updatedOf({ volumes: [one], change })).toBe("2026-01-20T00:00:00.000Z");
  const early = { ...one, published: "2026-01-25T00:00:00.000Z" };
  expect(await updatedOf({ volumes: [early], change }), "never before it was published").toBe(early.published);
});
