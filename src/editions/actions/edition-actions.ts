/**
 * The author's answers to a mailing, given at the desk. They mean what `npm run newsletter` means by them
 * (cli/editions/answers.ts, which may not be imported here): a test holds the rows of both ways together. Each is
 * one transaction, whose statements name the state that they need, so that it may be given again, and a cron run at
 * the same moment comes either before it or after it.
 */
import { type SQL, sql } from "drizzle-orm";
import { type Database, iso, persist, transact } from "../../db/database.ts";
import { asksAboutInSql } from "../../library/asked-places.ts";
import { isAhead, isThere, wants } from "./edition-status.ts";

export const answers = ["continue", "skip", "stop"] as const;
export type Answer = (typeof answers)[number];

/** Whether it was done: not when the mailing was in another state by then. `now` in milliseconds. */
export async function answerMailing(db: Database, answer: Answer, edition: string, now: number): Promise<boolean> {
  const rows = await persist(() => transact(db, statements[answer](edition, now)));
  return (rows.at(-1) ?? []).length > 0;
}

/** The author has read it. False when it was not open, or is a question that has answers of its own: a stopped mailing, an unclear chapter. */
export async function settleNotice(db: Database, notice: string, now: number): Promise<boolean> {
  const rows = await persist(() =>
    db.all(sql`UPDATE notices SET resolved_at = ${iso(now)}
      WHERE id = ${notice} AND resolved_at IS NULL AND id NOT LIKE 'stopped %'
        AND NOT EXISTS (SELECT 1 FROM chapter_questions WHERE answer IS NULL AND ${sql.raw(asksAboutInSql("place"))})
      RETURNING id`),
  );
  return rows.length > 0;
}

const statements: Readonly<Record<Answer, (edition: string, now: number) => SQL[]>> = {
  /** Nothing more of it is claimed. */
  stop: (edition, now) => [
    sql`UPDATE editions SET state = 'stopped', stopped_at = ${iso(now)}, stop_reason = 'author'
      WHERE id = ${edition} AND state = 'sending' RETURNING id`,
  ],

  /** It is sealed and posted on from where it stood. */
  continue: (edition, now) => [
    ...settleStop(edition, now),
    sql`UPDATE editions SET state = 'sending', stopped_at = NULL, stop_reason = NULL
      WHERE id = ${edition} AND state = 'stopped' RETURNING id`,
  ],

  /**
   * What no run has tried is skipped; what one has tried, or is posting at this moment, may have arrived: uncertain.
   * Whoever was not come to yet is noted as skipped, so that no digest brings it later.
   */
  skip(edition, now) {
    const at = iso(now);
    const isStopped = sql`EXISTS (SELECT 1 FROM editions WHERE id = ${edition} AND state = 'stopped')`;
    return [
      // Stopped first: from here on no run claims a batch or seals one.
      ...statements.stop(edition, now),
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
      // As in sealing: of a digest, whoever is away has no record, and finds what was missed in the next one.
      sql`INSERT INTO deliveries (chapter_id, subscriber_id, edition_id, state, reason, changed_at)
        SELECT c.value, s.id, e.id, 'skipped', ${byAuthor}, ${at}
        FROM editions e JOIN subscribers s ON ${isAhead} JOIN json_each(e.chapters) c ON ${wants}
        WHERE e.id = ${edition} AND e.state = 'stopped' AND (e.audience = 'each' OR (${isThere(now)}))
        ON CONFLICT DO NOTHING`,
      ...settleStop(edition, now),
      sql`UPDATE editions SET state = 'done', done_at = ${at}, stopped_at = NULL, stop_reason = 'skipped'
        WHERE id = ${edition} AND state = 'stopped' RETURNING id`,
    ];
  },
};

const byAuthor = "skipped by the author";

/**
 * A stopped edition gets its answer: the author is told anew should it stop again. That the database was set back
 * is over with the answer to the last edition that it stopped.
 */
const settleStop = (edition: string, now: number): SQL[] => {
  const stopped = sql`SELECT 1 FROM editions WHERE state = 'stopped'`;
  return [
    sql`UPDATE notices SET resolved_at = ${iso(now)} WHERE id = ${`stopped ${edition}`}
      AND resolved_at IS NULL AND EXISTS (${stopped} AND id = ${edition})`,
    sql`UPDATE notices SET resolved_at = ${iso(now)} WHERE id LIKE 'restored %' AND resolved_at IS NULL
      AND EXISTS (${stopped} AND id = ${edition} AND stop_reason = 'restored')
      AND NOT EXISTS (${stopped} AND id <> ${edition} AND stop_reason = 'restored')`,
  ];
};
