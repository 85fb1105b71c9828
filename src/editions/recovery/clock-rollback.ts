/**
 * Detects clock rollback. Each run records its time; an earlier time later on means that idempotency keys may have expired
 * unnoticed.
 */
import { sql } from "drizzle-orm";
import { iso, persist, transact } from "../../db/database.ts";
import { expiredEndings } from "../../subscribers/endings.ts";
import { hasRolledBack } from "../../subscribers/run-clock.ts";
import { resolveEnded, resolveQuota } from "../notices.ts";
import type { SendContext } from "../send-context.ts";

/** Interval at which times are recorded. */
const noteEveryMs = 10 * 60_000;
/** Older than the life of any key. */
const longAgo = iso(0);

/** True if the time should be recorded again, which is also when rare checks are made. */
export const isTimeToRecord = (seenAt: string | null, now: number): boolean =>
  seenAt === null || seenAt <= iso(now - noteEveryMs) || hasRolledBack(seenAt, now);

/**
 * Records the time. If a later time is on record, the clock was set back and the age of keys is unknown: batches without an
 * answer become uncertain.
 */
export async function recordTime(context: Pick<SendContext, "db" | "now">, seenAt: string | null): Promise<void> {
  const now = context.now();
  const unknown = hasRolledBack(seenAt, now)
    ? [
        sql`UPDATE batches SET unknown_since = ${longAgo} WHERE state = 'sealed' AND unknown_since IS NOT NULL`,
        sql`UPDATE letters SET first_attempt_at = ${longAgo} WHERE state = 'queued' AND first_attempt_at IS NOT NULL`,
      ]
    : [];
  await persist(() =>
    transact(context.db, [
      ...unknown,
      sql`UPDATE newsletter SET seen_at = ${iso(now)} WHERE id = 1`,
      resolveQuota(now),
      expiredEndings(now),
      resolveEnded(now),
    ]),
  );
}
