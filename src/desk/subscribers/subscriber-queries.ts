/** Reads subscriber counts. No email address is read. */
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/database.ts";
import type { messageStates } from "../../db/newsletter-tables.ts";
import type { Period } from "../period.ts";

/** Confirmed subscribers by chosen book; null means all books. A subscriber who chose two books counts in both. */
export const countByBook = (db: Database): Promise<{ readonly book: string | null; readonly count: number }[]> =>
  db.all(sql`SELECT b.value AS book, COUNT(*) AS count FROM subscribers s LEFT JOIN json_each(s.books) b
    WHERE s.state = 'confirmed' GROUP BY b.value`);

const changes = ["confirmed", "returned", "left", "bounced", "complained", "erased"] as const;
export type Change = (typeof changes)[number];

export interface ChangeCount {
  /** `2026-11-25`. */
  readonly day: string;
  readonly change: Change;
  readonly count: number;
}

/**
 * New and lost subscribers by day. Only a confirmed subscription can be lost: withdrawing an unconfirmed request does
 * not count, nor does a bounce after unsubscribing. Erased subscribers appear in no other number, not even on the day
 * they subscribed.
 */
export const countChanges = (db: Database, { from, to }: Period): Promise<ChangeCount[]> =>
  db.all<ChangeCount>(sql`
    SELECT substr(c.at, 1, 10) AS day, c.act AS change, COUNT(*) AS count FROM consents c
      WHERE c.act IN ('confirmed', 'returned') AND c.at >= ${from} AND c.at < ${afterwards(to)} GROUP BY 1, 2
    UNION ALL
    SELECT substr(c.at, 1, 10), 'left', COUNT(*) FROM consents c
      WHERE c.act = 'left' AND c.at >= ${from} AND c.at < ${afterwards(to)} AND ${endsSubscription} GROUP BY 1
    UNION ALL
    SELECT substr(suppressed_at, 1, 10), CASE suppression_reason WHEN 'complaint' THEN 'complained' ELSE 'bounced' END,
        COUNT(*) FROM subscribers s
      WHERE state = 'suppressed' AND suppressed_at >= ${from} AND suppressed_at < ${afterwards(to)}
        AND ${isYes(sql.raw("p.subscriber_id = s.id"))} GROUP BY 1, 2
    UNION ALL
    SELECT substr(at, 1, 10), 'erased', COUNT(*) FROM suppressions
      WHERE reason = 'erased' AND at >= ${from} AND at < ${afterwards(to)} GROUP BY 1`);

/** Sorts after every time on that day, and before every time on the next. */
const afterwards = (day: string): string => `${day}U`;

/**
 * Whether the last of these consents `p` is a yes. Consents decide, not the times in `subscribers`, which are missing
 * for subscribers imported as bounced.
 */
const isYes = (these: SQL): SQL => sql`(SELECT p.act FROM consents p WHERE ${these}
  AND p.act IN ('confirmed', 'returned', 'left') ORDER BY p.id DESC LIMIT 1) IN ('confirmed', 'returned')`;

/** Whether a consent `c` with the act `left` follows a yes. */
const endsSubscription = isYes(sql.raw("p.subscriber_id = c.subscriber_id AND p.id < c.id"));

export interface UnsubscribeReason {
  readonly unsubscribedAt: string;
  readonly reason: string;
}

/** Reasons given when unsubscribing, latest first. */
export const listUnsubscribeReasons = (db: Database, limit: number): Promise<UnsubscribeReason[]> =>
  db.all<UnsubscribeReason>(sql`SELECT left_at AS unsubscribedAt, leave_reason AS reason FROM subscribers
    WHERE leave_reason IS NOT NULL AND left_at IS NOT NULL ORDER BY left_at DESC, id LIMIT ${limit}`);

export interface MessageCount {
  /** As in subscribers/outbox.ts. */
  readonly kind: string;
  readonly state: (typeof messageStates)[number];
  readonly count: number;
}

/** Transactional emails of the last thirty days by kind and outcome; older ones are deleted. */
export const countMessageOutcomes = (db: Database): Promise<MessageCount[]> =>
  db.all<MessageCount>(
    sql`SELECT kind, state, COUNT(*) AS count FROM letters GROUP BY kind, state ORDER BY kind, state`,
  );
