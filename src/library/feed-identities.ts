/**
 * Assigns the ids of feeds and entries, which never change (RFC 4287, section 4.2.6). An id is a tag URI (RFC 4151) of the
 * library's constant tag and a chapter's identity, without date or host. Entries that were in a feed before this rule keep
 * their former ids. The cron run stores these in KV, because feeds do not read D1.
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
  /** Any name of a chapter -> its identity, for the chapters that feeds can show. */
  names: Texts,
  /** Identity -> the former id of its entry, which depended on date and host. */
  entries: Texts,
  /** Identity of a book's overview, or empty for the library -> the former id of the feed. */
  feeds: Texts,
});
export type FeedIdentities = v.InferOutput<typeof FeedIdentitiesSchema>;

const noFeedIdentities: FeedIdentities = { format: 1, names: {}, entries: {}, feeds: {} };

/** Throws if the JSON is malformed: no feed is better than entries that look new. */
export const parseFeedIdentities = (json: string | null): FeedIdentities =>
  json === null ? noFeedIdentities : v.parse(FeedIdentitiesSchema, JSON.parse(json));

/** RFC 4151 requires a domain the library owns and a date; a library that sets none shares a domain that cannot exist. */
const defaultTag = "ml-blog.invalid,2026";

const tagUri = ({ feedTag = defaultTag }: Pick<Manifest, "feedTag">, what: string): string => `tag:${feedTag}:${what}`;

/** The id of a chapter's entry. `names`: of the chapter, see `namesByPath`. */
export function entryId(manifest: Manifest, names: Names, record: FeedIdentities): string {
  const identity = identityIn(names, record);
  return record.entries[identity] ?? tagUri(manifest, identity);
}

/** The id of a book's feed, by the names of its overview, or of the library's feed. */
export function feedId(manifest: Manifest, overview: Names | undefined, record: FeedIdentities): string {
  const identity = overview ? identityIn(overview, record) : "";
  return record.feeds[identity] ?? tagUri(manifest, overview ? `feed:${identity}` : "feed");
}

/** The id of a correction's entry in the feed of corrections. `at`: ISO 8601; a chapter has no two at the same instant. */
export const correctionEntryId = (manifest: Manifest, names: Names, at: string, record: FeedIdentities): string =>
  tagUri(manifest, `${identityIn(names, record)}@${at}`);

export const correctionsFeedId = (manifest: Manifest): string => tagUri(manifest, "corrections");

const identityIn = (names: Names, { names: known }: FeedIdentities): string =>
  names.all.flatMap((name) => known[name] ?? [])[0] ?? names.guess;

/** The id that an entry had when date and host were part of it. */
const legacyEntryId = (origin: string, { book, chapter, id }: CatalogueEntry): string | undefined =>
  chapter.published === undefined
    ? undefined
    : `tag:${new URL(origin).host},${chapter.published.slice(0, 10)}:${chapter.id.includes("/") ? id : `${book.slug}/${chapter.id}`}`;

/** The former id of a chapter's entry in feeds; empty if it was in none, null if undecided. */
export interface LegacyEntry {
  readonly id: string;
  readonly legacyFeedId: string | null;
}

/** Identity -> former id. `fresh`: decided now, for chapters that only an earlier version has recorded. */
export function legacyEntriesOf({ byId }: Catalogue, publications: readonly LegacyEntry[], origin: string) {
  const fresh = publications.flatMap(({ id, legacyFeedId: known }) => {
    const entry = byId.get(id);
    return known === null && entry ? [[id, legacyEntryId(origin, entry) ?? ""] as const] : [];
  });
  const old = publications.flatMap(({ id, legacyFeedId: known }) => (known === null ? [] : [[id, known] as const]));
  return { fresh, all: new Map([...old, ...fresh]) };
}

/** Former ids of the library's feed and each book's. */
export const legacyFeedsOf = ({ books, byPath }: Catalogue, origin: string): Record<string, string> => ({
  "": origin + href.home(),
  ...Object.fromEntries(
    books.flatMap(({ slug }) => {
      const entry = byPath.get(href.book(slug));
      return entry ? [[entry.id, origin + entry.path] as const] : [];
    }),
  ),
});

/** The most entries of a feed of chapters, and of the feed of corrections. */
export const maxFeedEntries = 25;
export const maxCorrections = 50;

/** More than a feed shows: the rest is a reserve for chapters that are unpublished. */
const entriesPerFeed = 50;

/** The record for this catalogue, whose identities are certain. */
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
