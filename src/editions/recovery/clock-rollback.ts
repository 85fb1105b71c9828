/** Keeping an eye on the clock: what a run goes by is noted, so that a clock that has gone back is found out. */
import { sql } from "drizzle-orm";
import { iso, persist, transact } from "../../db/database.ts";
import { expiredEndings } from "../../subscribers/endings.ts";
import { hasRolledBack } from "../../subscribers/run-clock.ts";
import { resolveEnded, resolveQuota } from "../notices.ts";
import type { SendContext } from "../send-context.ts";

/** Times are noted this far apart. */
const noteEveryMs = 10 * 60_000;
/** Older than the life of any key. */
const longAgo = iso(0);

/** Whether the time is to be noted again, and with it what only has to be looked at now and then. */
export const isTimeToRecord = (seenAt: string | null, now: number): boolean =>
  seenAt === null || seenAt <= iso(now - noteEveryMs) || hasRolledBack(seenAt, now);

/**
 * Notes how late it is. If it has been later before, the clock has gone back, and nobody knows how old a key is:
 * whatever has no answer by now gets none.
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
