/** Deletes expired data, a little with each cron run. */
import { type SQL, sql } from "drizzle-orm";
import { type Database, iso, transact } from "../db/database.ts";

const day = 86_400_000;

/** In days. The newsletter's promise states them. */
export const keptFor = {
  /** An unconfirmed request, from the last time it was made. Its link is valid for two of these days. */
  request: 30,
  /** The record of a transactional email: longer than any bounce is reported. Its text is deleted at once. */
  letter: 30,
} as const;

/** Rows of each kind per run: D1 counts every row written. */
export const deletesPerRun = 200;

/**
 * Five statements in one transaction. Each finds expired rows by an index, so a run with nothing to do reads next to
 * nothing, however many subscribers there are. Someone who had unsubscribed, and for whom the form was sent again without a
 * confirmation, is unsubscribed again: their consent record and their unsubscribe link stay. Someone who never confirmed is
 * deleted with the request. Not retried after a failure, for which a run's budget has nothing left: the next run does the
 * same. `now` in milliseconds.
 */
export async function deleteExpired(db: Database, now: number): Promise<void> {
  const messagesBefore = iso(now - keptFor.letter * day);
  const unanswered = (who: SQL) => sql`SELECT id FROM subscribers
    WHERE state = 'pending' AND requested_at <= ${iso(now - keptFor.request * day)} AND ${who}
    ORDER BY requested_at LIMIT ${deletesPerRun}`;
  const hadLeft = sql`${lastTime("left")} IS NOT NULL`;
  const strangers = unanswered(sql`NOT (${hadLeft})`);
  await transact(db, [
    sql`DELETE FROM limits WHERE bucket IN
      (SELECT bucket FROM limits WHERE expires_at <= ${iso(now)} ORDER BY expires_at LIMIT ${deletesPerRun})`,
    sql`DELETE FROM letters WHERE id IN
      (SELECT id FROM letters WHERE settled_at <= ${messagesBefore} ORDER BY settled_at LIMIT ${deletesPerRun})`,
    sql`UPDATE subscribers SET state = 'unsubscribed', confirmation = NULL,
        confirmed_at = ${lastTime("confirmed")}, left_at = ${lastTime("left")}
      WHERE id IN (${unanswered(hadLeft)})`,
    sql`DELETE FROM consents WHERE subscriber_id IN (${strangers})`,
    sql`DELETE FROM subscribers WHERE id IN (${strangers})`,
  ]);
}

const lastTime = (act: "confirmed" | "left"): SQL =>
  sql`(SELECT MAX(at) FROM consents WHERE subscriber_id = subscribers.id AND act = ${act})`;
