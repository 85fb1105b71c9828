/**
 * Corrects confirmations recorded by a clock that was ahead. Their times lie in the future, so earlier chapters would not
 * be for these subscribers and would have no recorded reason, although the subscribers have confirmed.
 */
import { type SQL, sql } from "drizzle-orm";
import { type Database, iso, persist, transact } from "../../db/database.ts";

/** First openings in the future that keep their order. */
const maxOpenings = 100;

const confirmations = sql`SELECT subscriber_id FROM consents WHERE act IN ('confirmed', 'returned')`;

/** Uses the index of consents, because subscribers have none by time. `now` in milliseconds. */
export const hasFutureConfirmations = (now: number): SQL => sql`EXISTS (${confirmations} AND at > ${iso(now)})`;

/**
 * Sets future times to the present. Each subscriber stays before or after the first opening of each chapter, in the same
 * order: after an erasure, that order alone says who may have had the chapter (sending/seal.ts). `present` in milliseconds,
 * not later than the time at which this run records announcements, which are for subscribers confirmed by then.
 */
export async function correctFutureTimes(db: Database, present: number): Promise<void> {
  const at = iso(present);
  const before = JSON.stringify(
    Array.from({ length: maxOpenings + 1 }, (_, milliseconds) => iso(present - milliseconds)),
  );
  const earlierBy = (milliseconds: SQL): SQL =>
    sql`json_extract(${before}, '$[' || MIN(${milliseconds}, ${maxOpenings}) || ']')`;
  await persist(() =>
    transact(db, [
      sql`UPDATE subscribers SET confirmed_at = ${earlierBy(sql`(SELECT COUNT(DISTINCT first_opened_at) FROM publications
          WHERE first_opened_at > ${at} AND first_opened_at >= confirmed_at)`)}
        WHERE confirmed_at > ${at} AND id IN (${confirmations} AND at > ${at})`,
      sql`UPDATE publications SET first_opened_at = opened.at
        FROM (SELECT chapter_id, ${earlierBy(sql`DENSE_RANK() OVER (ORDER BY first_opened_at DESC)`)} AS at
          FROM publications WHERE first_opened_at > ${at}) opened
        WHERE publications.chapter_id = opened.chapter_id`,
    ]),
  );
}
