/**
 * Where a mailing stands, and what would become of its readers: what the author decides by. The conditions are those
 * of `findCandidates` (seal.ts); `npm run newsletter` has them once more (publish/mailings/), and a test holds all together.
 */
import { type SQL, sql } from "drizzle-orm";
import { type Database, iso } from "../../db/database.ts";
import { booksOf } from "../chapters/publications.ts";
import type { Audience } from "../send-context.ts";

export interface Mailing {
  readonly id: string;
  readonly audience: Audience;
  /** `book/id`. */
  readonly chapters: readonly string[];
  readonly state: "sending" | "done" | "stopped";
  readonly openedAt: string;
  readonly doneAt: string | null;
  readonly stoppedAt: string | null;
  readonly stopReason: string | null;
  /** Readers in batches that nobody has tried to post. */
  readonly untried: number;
  /** Readers in batches that may have been posted: the end of an attempt is not known, or it goes on at this moment. */
  readonly tried: number;
  /** Readers who get a mail when they are come to, if nothing changes until then. */
  readonly ahead: number;
  readonly tallies: readonly Tally[];
  /** Nothing is sent to anybody before this time. */
  readonly holdUntil: string | null;
}

/** How many readers have copies in a state, and why. A reader whose chapters differ counts in each. */
export interface Tally {
  readonly state: string;
  readonly reason: string | null;
  readonly count: number;
}

/** `e` is an edition, `s` a subscriber whom it comes to next, whether or not they get anything. */
export const isAhead = sql`e.sealed_at IS NULL AND s.id > e.cursor AND s.confirmed_at <= e.opened_at
  AND (s.frequency = e.audience OR (e.audience = 'weekly' AND s.frequency = 'each'
    AND s.frequency_changed_at > strftime('%Y-%m-%dT%H:%M:%fZ', e.opened_at, '-31 days')))
  AND (s.state = 'confirmed' OR s.left_at > e.opened_at OR s.suppressed_at > e.opened_at)`;

/** `c` is a chapter of the edition: `s` wants it, and there is no record of a copy. */
export const wants = sql`(s.books IS NULL OR EXISTS (SELECT 1 FROM json_each(s.books) b
    WHERE b.value IN ${booksOf(sql`c.value`)}))
  AND s.confirmed_at <= COALESCE((SELECT p.first_opened_at FROM publications p WHERE p.chapter_id = c.value), e.opened_at)
  AND (e.audience = 'each' OR EXISTS (SELECT 1 FROM publications p
    WHERE p.chapter_id = c.value AND p.announced_at >= s.confirmed_at))
  AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.chapter_id = c.value AND d.subscriber_id = s.id)`;

/** `s` is there to be mailed. Whoever is not gets nothing of an edition, and of a digest no record either. */
export const isThere = (now: number): SQL => sql`s.state = 'confirmed' AND COALESCE(s.paused_until, '') <= ${iso(now)}`;

/** `now` in milliseconds. Reads one row for each reader who is still to come. */
export async function readMailing(db: Database, id: string, now: number): Promise<Mailing | undefined> {
  const inBatches = (unknownSince: SQL) => sql`(SELECT COALESCE(SUM(json_array_length(b.members)), 0)
    FROM batches b WHERE b.edition_id = e.id AND b.state = 'sealed' AND b.unknown_since ${unknownSince})`;
  const [row] = await db.all<Omit<Mailing, "chapters" | "tallies"> & { chapters: string }>(sql`
    SELECT e.id, e.audience, e.chapters, e.state, e.opened_at AS openedAt, e.done_at AS doneAt,
      e.stopped_at AS stoppedAt, e.stop_reason AS stopReason,
      ${inBatches(sql`IS NULL`)} AS untried, ${inBatches(sql`IS NOT NULL`)} AS tried,
      CASE WHEN e.state = 'done' THEN 0 ELSE (SELECT COUNT(*) FROM subscribers s
        WHERE ${isAhead} AND ${isThere(now)} AND EXISTS (SELECT 1 FROM json_each(e.chapters) c WHERE ${wants})) END AS ahead,
      (SELECT hold_until FROM newsletter) AS holdUntil
    FROM editions e WHERE e.id = ${id}`);
  if (!row) return undefined;
  // Chapter by chapter, because the key of `deliveries` begins with it.
  const tallies = await db.all<Tally>(sql`
    SELECT d.state, d.reason, COUNT(DISTINCT d.subscriber_id) AS count
    FROM editions e, json_each(e.chapters) c JOIN deliveries d ON d.chapter_id = c.value AND d.edition_id = e.id
    WHERE e.id = ${id} GROUP BY d.state, d.reason ORDER BY count DESC, d.reason`);
  return { ...row, chapters: JSON.parse(row.chapters) as string[], tallies };
}

/** Readers with copies in any of these states. */
export const readersIn = ({ tallies }: Pick<Mailing, "tallies">, states: readonly string[]): number =>
  tallies.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0);
