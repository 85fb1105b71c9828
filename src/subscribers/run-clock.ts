/** The two clocks of a cron run: a run may start minutes or hours after the time it is scheduled for, and each clock alone may be behind. */
import { iso } from "../db/database.ts";
import { clockToleranceMs } from "../mail/mailer.ts";

export interface RunClock {
  /**
   * The present, in milliseconds since 1970: the later of the scheduled and the real time. Ages, leases and due dates are
   * judged by it, so that no idempotency key looks younger than it is.
   */
  readonly now: () => number;
  /** The real time, by which first attempts are recorded: a record must never be later than the attempt. */
  readonly realNow: () => number;
}

export function runClock(scheduledTime: number, realNow: () => number): RunClock {
  const ahead = Math.max(0, scheduledTime - realNow());
  return { now: () => realNow() + ahead, realNow };
}

/** Whether the clock of a run is behind that of an earlier one, `seenAt`: by more than runs that are late can differ from one that is not. */
export const hasRolledBack = (seenAt: string | null, now: number): boolean =>
  seenAt !== null && seenAt > iso(now + clockToleranceMs);
