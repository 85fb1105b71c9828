/** Forgets what is not needed any more, a little with each run of the cron trigger. */
import { type SQL, sql } from "drizzle-orm";
import { type Database, iso, persist, transact } from "../db/database.ts";

const day = 86_400_000;

/** In days. The newsletter's promise states them. */
export const keptFor = {
  /** A request that nobody confirmed, from the last time that it was made. Its link works for two days of them. */
  request: 30,
  /** That a single mail was sent, and how it ended: longer than anybody reports a bounce. Its text goes at once. */
  letter: 30,
} as const;

/** Rows of each kind that one run forgets at most: D1 counts every row that is written. */
export const deletesPerRun = 200;

/**
 * Five statements in one transaction. Each finds what is due by an index, so that a run with nothing to do reads
 * next to nothing, however many subscribers there are.
 *
 * Who had left, and for whom somebody then asked anew without an answer, has left: the record of their consent
 * stays, and so does their link to leave. Whoever never confirmed at all is forgotten with the request. `now` is
 * in milliseconds.
 */
export async function tidy(db: Database, now: number): Promise<void> {
  const messagesBefore = iso(now - keptFor.letter * day);
  const unanswered = (who: SQL) => sql`SELECT id FROM subscribers
    WHERE state = 'pending' AND requested_at <= ${iso(now - keptFor.request * day)} AND ${who}
    ORDER BY requested_at LIMIT ${deletesPerRun}`;
  const hadLeft = sql`${lastTime("left")} IS NOT NULL`;
  const strangers = unanswered(sql`NOT (${hadLeft})`);
  await persist(() =>
    transact(db, [
      sql`DELETE FROM limits WHERE bucket IN
        (SELECT bucket FROM limits WHERE expires_at <= ${iso(now)} ORDER BY expires_at LIMIT ${deletesPerRun})`,
      sql`DELETE FROM letters WHERE id IN
        (SELECT id FROM letters WHERE settled_at <= ${messagesBefore} ORDER BY settled_at LIMIT ${deletesPerRun})`,
      sql`UPDATE subscribers SET state = 'unsubscribed', confirmation = NULL,
          confirmed_at = ${lastTime("confirmed")}, left_at = ${lastTime("left")}
        WHERE id IN (${unanswered(hadLeft)})`,
      sql`DELETE FROM consents WHERE subscriber_id IN (${strangers})`,
      sql`DELETE FROM subscribers WHERE id IN (${strangers})`,
    ]),
  );
}

const lastTime = (act: "confirmed" | "left"): SQL =>
  sql`(SELECT MAX(at) FROM consents WHERE subscriber_id = subscribers.id AND act = ${act})`;
