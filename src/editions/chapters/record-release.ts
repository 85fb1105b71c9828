/**
 * Compares a release with the record: which chapter is which, what is new, what has moved, what is gone. While names and
 * public chapters stay the same, one row answers everything.
 */
import { sql } from "drizzle-orm";
import { type Database, messageOf, persist, transact } from "../../db/database.ts";
import { type Catalogue, withIds } from "../../library/catalogue.ts";
import { correctionsIn } from "../../library/corrections.ts";
import {
  type FeedIdentities,
  feedIdentitiesKey,
  feedIdentitiesOf,
  legacyEntriesOf,
  legacyFeedsOf,
} from "../../library/feed-identities.ts";
import { sha256, toHex } from "../../library/hash.ts";
import type { Identified, Text } from "../../library/identify.ts";
import { type Identities, identifyRelease, type Question } from "../../library/identify-release.ts";
import { namesByPath, slugsOfBook } from "../../library/identity.ts";
import { askAbout, closeQuestions } from "./chapter-questions.ts";
import { findUnrecordedCorrections, insertCorrections, type RecordedCorrection } from "./corrections.ts";
import { moveCounts } from "./counted-names.ts";
import { findUnrecorded, insertPublications, markGone, type Recorded, updatePlaces } from "./publications.ts";
import {
  fingerprintWith,
  isCurrent,
  type KnownRelease,
  type ReleaseRecord,
  unfinished,
  writeReleaseState,
} from "./release-record.ts";

export interface Recording {
  readonly db: Database;
  readonly kv: Pick<KVNamespace, "put">;
  readonly catalogue: Catalogue;
  readonly origin: string;
  /** `fingerprintOf` the catalogue. */
  readonly fingerprint: string;
  readonly release: KnownRelease;
  /** Milliseconds since 1970. */
  readonly now: number;
  /**
   * Called before anything is written, with what is new and what is asked for the first time: if the run breaks off, the
   * author has still been notified of what is on record.
   */
  readonly before?: (
    found: readonly Recorded[],
    corrections: readonly RecordedCorrection[],
    questions: readonly Question[],
  ) => Promise<void>;
}

type ChangedRelease = Extract<KnownRelease, { readonly kind: "changed" }>;

/** Returns the catalogue with the identities on record; chapters whose identity is unknown are not in `byId`. */
export function recordRelease(recording: Recording): Promise<Catalogue> | Catalogue {
  const { catalogue, release } = recording;
  return release.kind === "same" ? withIds(catalogue, release.identities) : meet(recording, release);
}

/**
 * Hash of all names in a release, of what is public, and of its corrections: while it is unchanged, there is nothing to
 * record. Without corrections it is the same as before there were any, so an upgrade does not record everything again.
 */
export async function fingerprintOf(catalogue: Catalogue): Promise<string> {
  const { manifest, byPath } = catalogue;
  const names = [...namesByPath(manifest)].map(([path, { all, place }]) => [path, place, all, byPath.has(path)]);
  const books = manifest.books.map((book) => slugsOfBook(manifest, book));
  const corrections = [...correctionsIn(catalogue).values()].map(({ id, change }) => [id, change.text]);
  return toHex(await sha256(JSON.stringify([names, books, ...(corrections.length > 0 ? [corrections] : [])])));
}

/** Can run twice, or concurrently. */
async function meet(recording: Recording, { record, revision, legacyFeeds }: ChangedRelease): Promise<Catalogue> {
  const { db, kv, catalogue, origin, fingerprint, now, before } = recording;
  const release = identifyRelease(catalogue, record, record.newsletter !== undefined, now);
  const { texts, identified, identities, named, questions } = release;
  const found = findUnrecorded(named, record, now);
  const corrections = await findUnrecordedCorrections(named, record, now);
  // Questions wait for a run that can notify the author.
  const isAsked = before !== undefined || questions.length === 0;
  await before?.(
    found,
    corrections,
    questions.filter(({ place }) => !record.asked.has(place)),
  );

  const legacy = legacyEntriesOf(named, record.publications, origin);
  const feeds = legacyFeeds ?? JSON.stringify(record.publications.length > 0 ? legacyFeedsOf(named, origin) : {});
  const isKept = await storeFeedIdentities(kv, feedIdentitiesOf(named, legacy.all, JSON.parse(feeds)));
  const keys = newKeys(texts, identities, record);
  const met = fingerprintWith(fingerprint, record.publications.length + found.length);
  await persist(() =>
    transact(db, [
      writeReleaseState(revision, isKept && isAsked ? met : unfinished, identities, feeds),
      ...insertPublications(found, now),
      ...insertCorrections(corrections, now),
      ...insertKeys(keys),
      ...moveCounts(movesOf(keys, record)),
      ...updatePlaces(named, record.publications),
      ...markGone(notYetGone(identified, record), now),
      ...writeLegacy(legacy.fresh),
      ...askAbout(isAsked ? questions : [], now),
      ...(record.askedAt.size > 0 ? closeQuestions(clearPlaces(texts, questions, record), questions, now) : []),
    ]),
  );
  return named;
}

/** A KV failure does not delay emails: the next run retries. */
async function storeFeedIdentities(kv: Pick<KVNamespace, "put">, identities: FeedIdentities): Promise<boolean> {
  try {
    await kv.put(feedIdentitiesKey, JSON.stringify(identities));
    return true;
  } catch (error) {
    console.warn(`KV did not accept the ids of the feeds (${messageOf(error)}); the next run will retry.`);
    return false;
  }
}

/** Places of open questions that have become clear; the chapter may have moved on. */
function clearPlaces(texts: readonly Text[], questions: readonly Question[], { asked }: ReleaseRecord): string[] {
  const unclear = new Set(questions.map(({ place }) => place));
  const named = new Set(texts.flatMap(({ names }) => [names.place, ...names.all]));
  return [...asked.keys()].filter((place) => named.has(place) && !unclear.has(place));
}

const notYetGone = ({ missing }: Identified, { publications }: ReleaseRecord): string[] =>
  publications.flatMap(({ id, goneAt }) => (goneAt === null && missing.includes(id) ? [id] : []));

type Key = readonly [name: string, identity: string];

/** New names by which the chapters of this release can be found, besides their identities. */
const newKeys = (texts: readonly Text[], identities: Identities, { keys }: ReleaseRecord): Key[] =>
  texts.flatMap(({ path, names, isPublic }) => {
    const id = identities.has(path) ? identities.get(path) : names.guess;
    if (id === undefined || !isPublic) return [];
    return [...new Set([names.place, names.guess, id])]
      .filter((name) => (keys.get(name) ?? name) !== id)
      .map((name): Key => [name, id]);
  });

const insertKeys = (keys: readonly Key[]) =>
  keys.length === 0
    ? []
    : [
        sql`INSERT INTO chapter_keys (key, chapter_id) SELECT value ->> 0, value ->> 1 FROM json_each(${JSON.stringify(keys)})
          WHERE ${isCurrent} ON CONFLICT (key) DO UPDATE SET chapter_id = excluded.chapter_id`,
      ];

/** Statistics of a deleted chapter stay under its own name. */
function movesOf(keys: readonly Key[], { publications }: ReleaseRecord): Key[] {
  const gone = new Set(publications.filter(({ goneAt }) => goneAt !== null).map(({ id }) => id));
  return keys.filter(([name, id]) => name !== id && !gone.has(name));
}

const writeLegacy = (fresh: readonly (readonly [string, string])[]) =>
  fresh.length === 0
    ? []
    : [
        sql`UPDATE publications SET legacy_feed_id = f.value ->> 1 FROM json_each(${JSON.stringify(fresh)}) f
          WHERE chapter_id = f.value ->> 0 AND legacy_feed_id IS NULL`,
      ];
