/**
 * Ids of feeds and their entries (RFC 4287, section 4.2.6: they never change). An id is a tag URI (RFC 4151) made of
 * the library's constant tag and the identity of a chapter; no date and no host is in it. Entries that were in a feed
 * before that rule keep the id they had. It is on record in KV, written by the cron trigger, because a feed reads no D1.
 */
import * as v from "valibot";
import { href } from "../routes.ts";
import { type Catalogue, type CatalogueEntry, publicationTime } from "./catalogue.ts";
import { type Names, namesByPath } from "./identity.ts";
import type { Book, Manifest } from "./manifest.ts";

export const feedIdentitiesKey = "feed/identities";

const Texts = v.record(v.string(), v.string());

const FeedIdentitiesSchema = v.object({
  format: v.literal(1),
  /** A name that a chapter has had -> its identity, for the chapters that feeds can show. */
  names: Texts,
  /** Identity -> the id that its entry had before ids were independent of date and host. */
  entries: Texts,
  /** Identity of a book's overview, or nothing for the library -> the same for the feed. */
  feeds: Texts,
});
export type FeedIdentities = v.InferOutput<typeof FeedIdentitiesSchema>;

const noFeedIdentities: FeedIdentities = { format: 1, names: {}, entries: {}, feeds: {} };

/** Throws on what no version of the library has written: better no feed than entries that look new. */
export const parseFeedIdentities = (json: string | null): FeedIdentities =>
  json === null ? noFeedIdentities : v.parse(FeedIdentitiesSchema, JSON.parse(json));

/** RFC 4151 wants a domain of one's own and a day; a library that names none shares one that cannot exist. */
const defaultTag = "ml-blog.invalid,2026";

const tagUri = ({ feedTag = defaultTag }: Pick<Manifest, "feedTag">, what: string): string => `tag:${feedTag}:${what}`;

/** The id of a chapter's entry. `names` are those of the chapter: see `namesByPath`. */
export function entryId(manifest: Manifest, names: Names, record: FeedIdentities): string {
  const identity = identityIn(names, record);
  return record.entries[identity] ?? tagUri(manifest, identity);
}

/** The id of a feed: of a book, by the names of its overview, or of the whole library. */
export function feedId(manifest: Manifest, overview: Names | undefined, record: FeedIdentities): string {
  const identity = overview ? identityIn(overview, record) : "";
  return record.feeds[identity] ?? tagUri(manifest, overview ? `feed:${identity}` : "feed");
}

const identityIn = (names: Names, { names: known }: FeedIdentities): string =>
  names.all.flatMap((name) => known[name] ?? [])[0] ?? names.guess;

/** The id that an entry had while date and host were part of it. */
const legacyEntryId = (origin: string, { book, chapter, id }: CatalogueEntry): string | undefined =>
  chapter.published === undefined
    ? undefined
    : `tag:${new URL(origin).host},${chapter.published.slice(0, 10)}:${chapter.id.includes("/") ? id : `${book.slug}/${chapter.id}`}`;

/** On record about a chapter: what its entry in feeds was called; empty if it was in none, null if that is not decided. */
export interface LegacyEntry {
  readonly id: string;
  readonly legacyFeedId: string | null;
}

/** Identity -> legacy id. `fresh`: what is decided now, of chapters that only a former version has seen. */
export function legacyEntriesOf({ byId }: Catalogue, publications: readonly LegacyEntry[], origin: string) {
  const fresh = publications.flatMap(({ id, legacyFeedId: known }) => {
    const entry = byId.get(id);
    return known === null && entry ? [[id, legacyEntryId(origin, entry) ?? ""] as const] : [];
  });
  const old = publications.flatMap(({ id, legacyFeedId: known }) => (known === null ? [] : [[id, known] as const]));
  return { fresh, all: new Map([...old, ...fresh]) };
}

/** Of the library and of each book, as the version before had them. */
export const legacyFeedsOf = ({ books, byPath }: Catalogue, origin: string): Record<string, string> => ({
  "": origin + href.home(),
  ...Object.fromEntries(
    books.flatMap(({ slug }) => {
      const entry = byPath.get(href.book(slug));
      return entry ? [[entry.id, origin + entry.path] as const] : [];
    }),
  ),
});

/** A feed shows at most 25 entries; some more, in case chapters are withdrawn. */
const entriesPerFeed = 50;

/** What goes on record about the chapters of this catalogue, whose identities are certain. */
export function feedIdentitiesOf(
  catalogue: Catalogue,
  legacyEntries: ReadonlyMap<string, string>,
  feeds: Readonly<Record<string, string>>,
): FeedIdentities {
  const names = namesByPath(catalogue.manifest);
  const shown = [undefined, ...catalogue.books].flatMap((book) => newestOf(catalogue, book));
  const known: Record<string, string> = {};
  const entries: Record<string, string> = {};
  for (const { path, id } of shown) {
    for (const name of names.get(path)?.all ?? []) known[name] ??= id;
    const legacy = legacyEntries.get(id);
    if (legacy) entries[id] = legacy;
  }
  return { format: 1, names: known, entries, feeds: { ...feeds } };
}

const newestOf = ({ byPath }: Catalogue, book: Book | undefined): CatalogueEntry[] =>
  [...byPath.values()]
    .filter(({ chapter }) => chapter.published !== undefined)
    .filter((entry) => book === undefined || entry.book.slug === book.slug)
    .sort((one, other) => publicationTime(other.chapter) - publicationTime(one.chapter))
    .slice(0, entriesPerFeed);
