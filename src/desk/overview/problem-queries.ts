/** Reads the facts for the rules in problems.ts, one query each. Queries about editions are in edition-queries.ts. */
import { sql } from "drizzle-orm";
import { type Database, iso } from "../../db/database.ts";
import { uncertainEmails } from "../../library/edition-texts.ts";

export interface Uncertain {
  readonly edition: string;
  readonly copies: number;
}

/**
 * Uncertain deliveries of editions whose notice is open. Reads a partial index, which contains only uncertain
 * deliveries.
 */
export const findUncertain = (db: Database): Promise<Uncertain[]> =>
  db.all<Uncertain>(sql`SELECT d.edition_id AS edition, COUNT(*) AS copies
    FROM deliveries d INDEXED BY deliveries_uncertain JOIN notices n ON n.id = 'uncertain ' || d.edition_id
    WHERE d.state = 'uncertain' AND n.resolved_at IS NULL GROUP BY d.edition_id ORDER BY d.edition_id`);

export interface UncertainMessages {
  readonly kind: string;
  readonly count: number;
}

/** Uncertain transactional emails since the notice about them was raised, until it is dismissed. */
export const findUncertainMessages = (db: Database): Promise<UncertainMessages[]> =>
  db.all<UncertainMessages>(sql`SELECT l.kind, COUNT(*) AS count
    FROM notices n JOIN letters l ON l.settled_at >= n.at AND l.settled_at IS NOT NULL AND l.state = 'uncertain'
    WHERE n.id = ${uncertainEmails.id} AND n.resolved_at IS NULL GROUP BY l.kind ORDER BY count DESC, l.kind`);

export interface MessageTotal {
  /** Accepted by Resend. */
  readonly accepted: number;
  /** When the last one was accepted. */
  readonly lastAt: string | null;
}

export const noMessages: MessageTotal = { accepted: 0, lastAt: null };

/**
 * Transactional emails accepted in each of these times, in their order: since the first and before the second
 * (milliseconds). One statement, which reads each of them once by the index on that time.
 */
export async function countMessages(
  db: Database,
  times: readonly (readonly [since: number, until: number])[],
): Promise<MessageTotal[]> {
  const columns = times.flatMap(([since, until], index) => {
    const at = sql`CASE WHEN settled_at >= ${iso(since)} AND settled_at < ${iso(until)} THEN settled_at END`;
    return [sql`COUNT(${at}) AS ${sql.raw(`n${index}`)}`, sql`MAX(${at}) AS ${sql.raw(`at${index}`)}`];
  });
  const [row] = await db.all<Record<string, unknown>>(sql`SELECT ${sql.join(columns, sql`, `)} FROM letters
    WHERE settled_at IS NOT NULL AND settled_at >= ${iso(Math.min(...times.map(([since]) => since)))} AND state = 'accepted'`);
  return times.map((_, index) => ({
    accepted: Number(row?.[`n${index}`] ?? 0),
    lastAt: (row?.[`at${index}`] as string | null | undefined) ?? null,
  }));
}

export interface EventCount {
  readonly type: string;
  readonly count: number;
  /** When the last one happened. */
  readonly lastAt: string;
}

/** Webhook events since `since` (milliseconds); they are deleted after a week. The primary key begins with the time. */
export const countEvents = (db: Database, since: number): Promise<EventCount[]> =>
  db.all<EventCount>(sql`SELECT type, COUNT(*) AS count, MAX(created_at) AS lastAt FROM webhook_events
    WHERE created_at >= ${iso(since)} GROUP BY type`);
