/**
 * Defines the two clocks of a cron run: a run may start minutes or hours after its scheduled time, and either clock may be
 * behind.
 */
import { iso } from "../db/database.ts";
import { clockToleranceMs } from "../mail/mailer.ts";

export interface RunClock {
  /**
   * The current time in milliseconds since 1970: the later of the scheduled and the real time. Ages, leases and due dates
   * are judged by it, so that no idempotency key looks younger than it is.
   */
  readonly now: () => number;
  /** The real time, used for first attempts: a record must never be later than the attempt. */
  readonly realNow: () => number;
}

export function runClock(scheduledTime: number, realNow: () => number): RunClock {
  const ahead = Math.max(0, scheduledTime - realNow());
  return { now: () => realNow() + ahead, realNow };
}

/** True if the clock is behind `seenAt` of an earlier run by more than late runs can explain. */
export const hasRolledBack = (seenAt: string | null, now: number): boolean =>
  seenAt !== null && seenAt > iso(now + clockToleranceMs);
