/** Reads, in one statement, what the database has on record about chapters and the last release. */
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/database.ts";
import type { ChapterRecord, Publication } from "../../library/identify.ts";
import { recordOfQuestions } from "../../library/identify.ts";
import type { Identities } from "../../library/identify-release.ts";

export type KnownRelease =
  /** Names and public chapters are those of the last run. */
  | { readonly kind: "same"; readonly identities: Identities }
  | {
      readonly kind: "changed";
      readonly record: ReleaseRecord;
      /** Changes whenever something changes by which a run identifies chapters. */
      readonly revision: string;
      /** JSON: ids that feeds had before they were independent of the host; null before the first run. */
      readonly legacyFeeds: string | null;
    };

/** Detects that what a run has read is outdated: another release was recorded, or the author has answered. */
const revision = sql`(COALESCE((SELECT fingerprint FROM release_state), 'none') || ' ' || (SELECT COUNT(*) FROM publications)
  || ' ' || (SELECT COUNT(*) FROM chapter_keys) || ' ' || (SELECT COUNT(*) FROM chapter_questions WHERE answer IS NOT NULL))`;

/** For the statements that follow the one below in its transaction: only a run whose data is current may write. */
export const isCurrent = sql`EXISTS (SELECT 1 FROM release_state WHERE fingerprint <> '')`;

/** `count`: publications on record after the transaction. */
export const fingerprintWith = (fingerprint: string, count: number): string => `${fingerprint} ${count}`;
/** Incomplete: the next run records the release again. */
export const unfinished = "unfinished";

/**
 * The first statement of the transaction that records a release. A run that has read another `revision` writes nothing, and
 * the next run records the release again.
 */
export const writeReleaseState = (
  read: string,
  fingerprint: string,
  identities: Identities,
  legacyFeeds: string,
): SQL => {
  const stored = JSON.stringify(Object.fromEntries([...identities].map(([path, id]) => [path, id ?? null])));
  return sql`
    INSERT INTO release_state (id, fingerprint, identities, legacy_feeds)
    SELECT 1, CASE WHEN ${revision} = ${read} THEN ${fingerprint} ELSE '' END, ${stored}, ${legacyFeeds} WHERE true
    ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint, identities = excluded.identities`;
};

export interface StoredPublication extends Publication {
  readonly publishedAt: string;
  /** Slugs of all books it has been in; null if only an earlier version recorded it. */
  readonly books: readonly string[] | null;
  /** Id of its entry in feeds; empty if it was in none, null if that is not decided. */
  readonly legacyFeedId: string | null;
}

export interface StoredCorrection {
  readonly id: string;
  readonly chapterId: string;
  readonly textHash: string;
  /** Whether an edition has it. */
  readonly isInEdition: boolean;
}

export interface ReleaseRecord extends ChapterRecord {
  readonly publications: readonly StoredPublication[];
  readonly corrections: readonly StoredCorrection[];
  /** Undefined before the newsletter has started. */
  readonly newsletter: { readonly uncertainUntil: string | null } | undefined;
  /** Place -> when the author was first asked about it. */
  readonly askedAt: ReadonlyMap<string, string>;
}

type PublicationRow = [
  id: string,
  place: string | null,
  publishedAt: string,
  recordedAt: string,
  announcedAt: string | null,
  goneAt: string | null,
  books: string | null,
  legacyFeedId: string | null,
];
type CorrectionRow = [id: string, chapterId: string, textHash: string, isInEdition: 0 | 1];
type QuestionRow = [place: string, mayBe: string, askedAt: string, answer: string | null];

/**
 * A column of the query that every run makes anyway, because a run may make only fifty; see `parseRelease`. The number of
 * publications is part of the fingerprint, so a publication added by another version of the Worker is noticed.
 */
export const releaseColumn = (fingerprint: string): SQL => sql`COALESCE(
  (SELECT json_object('identities', json(identities)) FROM release_state
    WHERE fingerprint = ${fingerprint} || ' ' || (SELECT COUNT(*) FROM publications)),
  json_object(
    'revision', ${revision},
    'publications', (SELECT json_group_array(json_array(chapter_id, place, published_at, recorded_at, announced_at,
      gone_at, books, legacy_feed_id)) FROM publications),
    'keys', (SELECT json_group_array(json_array(key, chapter_id)) FROM chapter_keys),
    'questions', (SELECT json_group_array(json_array(place, may_be, asked_at, answer)) FROM chapter_questions),
    'corrections', (SELECT json_group_array(json_array(id, chapter_id, text_hash, edition_id IS NOT NULL)) FROM corrections),
    'newsletter', (SELECT json_object('uncertainUntil', uncertain_until) FROM newsletter WHERE id = 1),
    'legacyFeeds', (SELECT legacy_feeds FROM release_state)))`;

type Stored =
  | { readonly identities: Readonly<Record<string, string | null>> }
  | {
      readonly identities?: undefined;
      readonly revision: string;
      readonly publications: readonly PublicationRow[];
      readonly keys: readonly [string, string][];
      readonly questions: readonly QuestionRow[];
      readonly corrections: readonly CorrectionRow[];
      readonly newsletter: { readonly uncertainUntil: string | null } | null;
      readonly legacyFeeds: string | null;
    };

export function parseRelease(column: string): KnownRelease {
  const stored = JSON.parse(column) as Stored;
  if (stored.identities) {
    const identities = new Map(Object.entries(stored.identities).map(([path, id]) => [path, id ?? undefined]));
    return { kind: "same", identities };
  }
  const questions = stored.questions.map(([place, mayBe, askedAt, answer]) => ({
    place,
    mayBe: JSON.parse(mayBe) as string[],
    askedAt,
    answer,
  }));
  const record = {
    publications: stored.publications.map(toPublication),
    keys: new Map(stored.keys),
    ...recordOfQuestions(questions),
    corrections: stored.corrections.map(
      ([id, chapterId, textHash, isInEdition]): StoredCorrection => ({
        id,
        chapterId,
        textHash,
        isInEdition: isInEdition === 1,
      }),
    ),
    newsletter: stored.newsletter ?? undefined,
    askedAt: new Map(questions.map(({ place, askedAt }) => [place, askedAt])),
  };
  return { kind: "changed", record, revision: stored.revision, legacyFeeds: stored.legacyFeeds };
}

/** As a separate query, for runs without that one. */
export async function findRelease(db: Database, fingerprint: string): Promise<KnownRelease> {
  const [row] = await db.all<{ release: string }>(sql`SELECT ${releaseColumn(fingerprint)} AS release`);
  if (!row) throw new Error("The record of chapters could not be read.");
  return parseRelease(row.release);
}

const toPublication = (row: PublicationRow): StoredPublication => {
  const [id, place, publishedAt, recordedAt, announcedAt, goneAt, books, legacyFeedId] = row;
  return {
    id,
    place,
    publishedAt,
    recordedAt,
    isAnnounced: announcedAt !== null,
    goneAt,
    books: books === null ? null : (JSON.parse(books) as string[]),
    legacyFeedId,
  };
};
