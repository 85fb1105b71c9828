/**
 * Records corrections and decides which of them are announced. A correction is announced if it appears after the newsletter
 * began, is dated within two weeks, and is not the same text under another date. After a database rollback, one dated before
 * the rollback may have been emailed without a record, so it is not announced.
 */
import { type SQL, sql } from "drizzle-orm";
import { iso } from "../../db/database.ts";
import type { Catalogue } from "../../library/catalogue.ts";
import { correctionsIn } from "../../library/corrections.ts";
import { sha256, toHex } from "../../library/hash.ts";
import { freshMs } from "./publications.ts";
import { isCurrent, type ReleaseRecord, type StoredCorrection } from "./release-record.ts";

export interface RecordedCorrection extends Pick<StoredCorrection, "id" | "chapterId" | "textHash"> {
  /**
   * `repeated`: an edition has the same text under another date. `uncertain`: it may have been emailed before the database
   * was rolled back.
   */
  readonly fate: "news" | "old" | "repeated" | "uncertain" | "before the newsletter";
}

/** Corrections of the catalogue that have no record yet. */
export async function findUnrecordedCorrections(
  catalogue: Catalogue,
  { corrections, newsletter }: ReleaseRecord,
  now: number,
): Promise<RecordedCorrection[]> {
  const known = new Set(corrections.map(({ id }) => id));
  const unrecorded = [...correctionsIn(catalogue).values()].filter(({ id }) => !known.has(id));
  return Promise.all(
    unrecorded.map(async ({ id, entry, change }) => {
      const textHash = toHex(await sha256(change.text));
      const isRepeated = corrections.some(
        (other) => other.chapterId === entry.id && other.textHash === textHash && other.isInEdition,
      );
      const fate = isRepeated ? "repeated" : fateOf(change.at, newsletter, now);
      return { id, chapterId: entry.id, textHash, fate };
    }),
  );
}

/** Of a correction that is on record in no form. `at`: its date. */
function fateOf(at: string, newsletter: ReleaseRecord["newsletter"], now: number): RecordedCorrection["fate"] {
  if (newsletter === undefined) return "before the newsletter";
  if (at < iso(now - freshMs)) return "old";
  return newsletter.uncertainUntil !== null && at <= newsletter.uncertainUntil ? "uncertain" : "news";
}

/** If nobody has asked for corrections, nothing is announced: whoever asks later gets later ones. */
export const insertCorrections = (found: readonly RecordedCorrection[], now: number): SQL[] =>
  found.length === 0
    ? []
    : [
        sql`INSERT INTO corrections (id, chapter_id, text_hash, recorded_at, announced_at)
          SELECT value ->> 'id', value ->> 'chapterId', value ->> 'textHash', ${iso(now)},
            CASE WHEN value ->> 'fate' = 'news' AND ${isWanted} THEN ${iso(now)} END
          FROM json_each(${JSON.stringify(found)}) WHERE ${isCurrent} ON CONFLICT DO NOTHING`,
      ];

const isWanted = sql`EXISTS (SELECT 1 FROM subscribers WHERE corrections_since IS NOT NULL)`;

/** A condition on `corrections`: announced, and in no edition. */
export const isQueued: SQL = sql`announced_at IS NOT NULL AND edition_id IS NULL`;

/**
 * Ids of the corrections that can be sent now. One waits while its chapter is still being sent, because the recipients
 * of that edition get the text from before the correction, and are to get the correction as well.
 */
export const queuedCorrections: SQL = sql`SELECT k.id FROM corrections k
  WHERE ${isQueued}
    AND NOT EXISTS (SELECT 1 FROM editions o, json_each(o.chapters) oc
      WHERE o.state <> 'done' AND oc.value = k.chapter_id)
  ORDER BY k.announced_at, k.id`;
