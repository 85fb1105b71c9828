/** Derives from the catalogue what the hub and IndexNow have to know: each feed and page, with its version. */
import { type Catalogue, type CatalogueEntry, newestFirst } from "../library/catalogue.ts";
import { maxCorrections, maxFeedEntries } from "../library/feed-identities.ts";
import { sha256, toHex } from "../library/hash.ts";
import { href } from "../routes.ts";

/** Path of a feed or page -> its version. */
export type Announcements = ReadonlyMap<string, string>;

const hashOf = async (value: unknown): Promise<string> => toHex(await sha256(JSON.stringify(value)));

/** Changes whenever a version of an announcement does. */
export const fingerprintOf = ({ byPath }: Catalogue): Promise<string> =>
  hashOf([...byPath.values()].map((entry) => [stateOf(entry), correctionsOf(entry)]));

/** The version of a feed: which entries it has, and when each was last updated. */
export async function feedsIn(catalogue: Catalogue): Promise<Announcements> {
  const newest = newestFirst(catalogue);
  const feeds = new Map<string, string>();
  for (const slug of [undefined, ...catalogue.books.map((book) => book.slug)]) {
    const entries = newest.filter(({ book }) => slug === undefined || book.slug === slug).slice(0, maxFeedEntries);
    const version = await hashOf(entries.map(stateOf));
    feeds.set(href.feed(slug), version);
    feeds.set(href.jsonFeed(slug), version);
  }
  const corrections = newest.flatMap(correctionsOf).sort(([one], [other]) => (one < other ? 1 : -1));
  feeds.set(href.corrections(), await hashOf(corrections.slice(0, maxCorrections)));
  return feeds;
}

/** A page is announced once, so all have the same version. */
export const pagesIn = ({ byPath }: Catalogue): Announcements => new Map([...byPath.keys()].map((path) => [path, "1"]));

const stateOf = ({ path, chapter: { published, updated } }: CatalogueEntry) => [path, published, updated];

const correctionsOf = ({
  path,
  chapter: { changes = [] },
}: CatalogueEntry): [at: string, path: string, text: string][] =>
  changes.filter(({ correction }) => correction).map(({ at, text }) => [at, path, text]);
