/** The two clocks of a cron run: a run may start minutes or hours after the time it is scheduled for, and each clock alone may be behind. */

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
