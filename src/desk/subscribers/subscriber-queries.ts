/** The list of subscribers in numbers. No address is read. */
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/database.ts";
import type { messageStates } from "../../db/newsletter-tables.ts";
import type { Period } from "../period.ts";

/** Who is confirmed, by the books that they chose: null stands for every book. One who chose two counts in both. */
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
 * Who came and who went, day by day. Only a subscription that had been confirmed can be lost: who takes back an
 * unanswered request does not count, and neither does an address that bounces after its owner left. Who had
 * everything erased is in no other number any more, not even in that of the day they came.
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

/** As text behind every moment of that day, and before every one of the next. */
const afterwards = (day: string): string => `${day}U`;

/**
 * Whether the last of these consents `p` was a yes. What was said decides, and not the times in `subscribers`: whoever
 * is imported as bounced has none there.
 */
const isYes = (these: SQL): SQL => sql`(SELECT p.act FROM consents p WHERE ${these}
  AND p.act IN ('confirmed', 'returned', 'left') ORDER BY p.id DESC LIMIT 1) IN ('confirmed', 'returned')`;

/** Of a consent `c` that says `left`: what was said before it was a yes. */
const endsSubscription = isYes(sql.raw("p.subscriber_id = c.subscriber_id AND p.id < c.id"));

export interface UnsubscribeReason {
  readonly unsubscribedAt: string;
  readonly reason: string;
}

/** What people wrote when they left, the latest first. */
export const listUnsubscribeReasons = (db: Database, limit: number): Promise<UnsubscribeReason[]> =>
  db.all<UnsubscribeReason>(sql`SELECT left_at AS unsubscribedAt, leave_reason AS reason FROM subscribers
    WHERE leave_reason IS NOT NULL AND left_at IS NOT NULL ORDER BY left_at DESC, id LIMIT ${limit}`);

export interface MessageCount {
  /** As subscribers/outbox.ts has it. */
  readonly kind: string;
  readonly state: (typeof messageStates)[number];
  readonly count: number;
}

/** Single letters on record, by kind and end: those of the last thirty days, after which they are forgotten. */
export const countMessageOutcomes = (db: Database): Promise<MessageCount[]> =>
  db.all<MessageCount>(
    sql`SELECT kind, state, COUNT(*) AS count FROM letters GROUP BY kind, state ORDER BY kind, state`,
  );
