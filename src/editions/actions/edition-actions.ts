/**
 * The author's actions on editions, chapters and notices: the desk runs these statements, and `npm run newsletter` sends the
 * same ones through wrangler. Each action is one transaction. Each of its statements names the state it needs, so an action
 * may be repeated, whatever happened to the attempt before, and a concurrent cron run comes either before it or after it.
 * The last statement returns a row if the action was done.
 *
 * | from             | action     | to                                       |
 * | ---------------- | ---------- | ---------------------------------------- |
 * | sending          | `stop`     | stopped, reason `author`                 |
 * | stopped          | `continue` | sending                                  |
 * | sending, stopped | `skip`     | done, stop reason `skipped`              |
 * | history          | `announce` | announced: the next cron run opens it    |
 * | held             | `resume`   | not held                                 |
 * | open notice      | `dismiss`  | resolved                                 |
 *
 * Which chapter is at a URL is answered in chapters/chapter-questions.ts.
 */
import { type SQL, sql } from "drizzle-orm";
import { type Database, iso, persist, transact } from "../../db/database.ts";
import { isDismissible, isOpenNotice } from "../notice-queries.ts";
import { canBeEmailed, isAhead, wants } from "../recipients.ts";

export const actions = ["continue", "skip", "stop"] as const;
export type Action = (typeof actions)[number];

/** True if it was done; false if the edition was in another state by then. `now` in milliseconds. */
export async function actOnEdition(db: Database, action: Action, edition: string, now: number): Promise<boolean> {
  const rows = await persist(() => transact(db, editionStatements[action](edition, now)));
  return (rows.at(-1) ?? []).length > 0;
}

/** False if the notice was not open, or needs a decision instead: a stopped edition, an unclear chapter. */
export async function dismissNotice(db: Database, notice: string, now: number): Promise<boolean> {
  const rows = await persist(() => transact(db, dismissStatements(notice, now)));
  return (rows.at(-1) ?? []).length > 0;
}

/** Queues a chapter that was recorded without being announced. */
export function announceStatements(chapter: string, now: number): SQL[] {
  const isHistory = sql`chapter_id = ${chapter} AND announced_at IS NULL AND edition_id IS NULL`;
  return [
    // The notice may name other chapters after this one.
    sql`UPDATE notices SET resolved_at = ${iso(now)} WHERE resolved_at IS NULL
      AND (id || ' ') LIKE ${`history ${chapter} %`} AND EXISTS (SELECT 1 FROM publications WHERE ${isHistory})`,
    sql`UPDATE publications SET announced_at = ${iso(now)} WHERE ${isHistory} RETURNING chapter_id AS id`,
  ];
}

/** Ends the pause after a restore. */
export const resumeStatements = (now: number): SQL[] => [
  sql`UPDATE notices SET resolved_at = ${iso(now)} WHERE id = 'held' AND resolved_at IS NULL`,
  sql`UPDATE newsletter SET hold_until = NULL, hold_reason = NULL WHERE id = 1 AND hold_reason = 'restored' RETURNING id`,
];

/** Dismisses a notice that only informs. A stopped edition and an unclear chapter need a decision. */
export const dismissStatements = (notice: string, now: number): SQL[] => [
  sql`UPDATE notices SET resolved_at = ${iso(now)}
    WHERE id = ${notice} AND ${isOpenNotice} AND ${isDismissible} RETURNING id`,
];

/** `now` in milliseconds. */
export const editionStatements: Readonly<Record<Action, (edition: string, now: number) => SQL[]>> = {
  /** No further batch is claimed. */
  stop: (edition, now) => [
    sql`UPDATE editions SET state = 'stopped', stopped_at = ${iso(now)}, stop_reason = 'author'
      WHERE id = ${edition} AND state = 'sending' RETURNING id`,
  ],

  /** Sealing and sending continue at the cursor. */
  continue: (edition, now) => [
    ...resolveStop(edition, now),
    sql`UPDATE editions SET state = 'sending', stopped_at = NULL, stop_reason = NULL
      WHERE id = ${edition} AND state = 'stopped' RETURNING id`,
  ],

  /**
   * Batches that were never tried are skipped; batches that were tried, or are being sent, may have arrived: uncertain.
   * Subscribers whom sealing has not reached get a skipped delivery, so no digest includes the chapter later.
   */
  skip(edition, now) {
    const at = iso(now);
    const isStopped = sql`EXISTS (SELECT 1 FROM editions WHERE id = ${edition} AND state = 'stopped')`;
    return [
      // Stop first: from then on no run claims or seals a batch.
      ...editionStatements.stop(edition, now),
      sql`UPDATE deliveries SET state = 'skipped', reason = ${byAuthor}, changed_at = ${at}
        FROM (SELECT c.value AS chapter, json_extract(m.value, '$.subscriber') AS subscriber
          FROM batches b, json_each(b.members) m, json_each(m.value, '$.chapters') c
          WHERE b.edition_id = ${edition} AND b.state = 'sealed' AND b.unknown_since IS NULL) untried
        WHERE chapter_id = untried.chapter AND subscriber_id = untried.subscriber
          AND edition_id = ${edition} AND deliveries.state = 'sending' AND ${isStopped}`,
      sql`UPDATE deliveries SET state = 'uncertain', reason = 'skipped by the author while it was being posted', changed_at = ${at}
        WHERE chapter_id IN (SELECT c.value FROM editions e, json_each(e.chapters) c WHERE e.id = ${edition})
          AND edition_id = ${edition} AND state = 'sending' AND ${isStopped}`,
      sql`UPDATE batches SET state = CASE WHEN unknown_since IS NULL THEN 'settled' ELSE 'uncertain' END,
          members = '[]', error = ${byAuthor}, settled_at = ${at}
        WHERE edition_id = ${edition} AND state = 'sealed' AND ${isStopped}`,
      // As in sealing: a subscriber who has paused digests gets no record, and the next digest includes the chapter.
      sql`INSERT INTO deliveries (chapter_id, subscriber_id, edition_id, state, reason, changed_at)
        SELECT c.value, s.id, e.id, 'skipped', ${byAuthor}, ${at}
        FROM editions e JOIN subscribers s ON ${isAhead} JOIN json_each(e.chapters) c ON ${wants}
        WHERE e.id = ${edition} AND e.state = 'stopped' AND (e.audience = 'each' OR (${canBeEmailed(now)}))
        ON CONFLICT DO NOTHING`,
      ...resolveStop(edition, now),
      sql`UPDATE editions SET state = 'done', done_at = ${at}, stopped_at = NULL, stop_reason = 'skipped'
        WHERE id = ${edition} AND state = 'stopped' RETURNING id`,
    ];
  },
};

const byAuthor = "skipped by the author";

/**
 * Resolves the notice about a stopped edition, so that the author is notified if it stops again. The notice about a
 * database rollback is resolved with the last edition that the rollback stopped.
 */
const resolveStop = (edition: string, now: number): SQL[] => {
  const stopped = sql`SELECT 1 FROM editions WHERE state = 'stopped'`;
  return [
    sql`UPDATE notices SET resolved_at = ${iso(now)} WHERE id = ${`stopped ${edition}`}
      AND resolved_at IS NULL AND EXISTS (${stopped} AND id = ${edition})`,
    sql`UPDATE notices SET resolved_at = ${iso(now)} WHERE id LIKE 'restored %' AND resolved_at IS NULL
      AND EXISTS (${stopped} AND id = ${edition} AND stop_reason = 'restored')
      AND NOT EXISTS (${stopped} AND id <> ${edition} AND stop_reason = 'restored')`,
  ];
};
