/**
 * Corrects confirmations that were recorded by a clock that was ahead. By their time they lie in the future, so no
 * chapter before that would be for these subscribers, and none would have a reason; but they have confirmed by now.
 */
import { type SQL, sql } from "drizzle-orm";
import { type Database, iso, persist, transact } from "../../db/database.ts";

/** Openings by a clock that was ahead, of which each keeps its place in the order. */
const maxOpenings = 100;

const confirmations = sql`SELECT subscriber_id FROM consents WHERE act IN ('confirmed', 'returned')`;

/** By the index of consents, as subscribers have none by time. `now` in milliseconds. */
export const hasFutureConfirmations = (now: number): SQL => sql`EXISTS (${confirmations} AND at > ${iso(now)})`;

/**
 * Future times become the present. A subscriber stays before or after the first opening of each chapter, in the same
 * order as before: after an erasure that order alone says who may have had the chapter (sending/seal.ts). `present` in
 * milliseconds: not later than the time at which this run records news, which is for whoever has confirmed by then.
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
