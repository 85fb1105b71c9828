/** Advances a town without faults until everything must have settled. */
import { answerQuestions } from "./moves.ts";
import { hour, minute, type Town } from "./town.ts";

/**
 * 62 days during which digests can include a chapter, plus a month until the next digest of each kind is due, which is
 * too late to include it: until then a subscriber may have neither a delivery nor a reason. By then every digest has
 * been due, including one that a wrong clock opened too early.
 */
const calmDays = 95;
const maxTicks = 400;

/** Ticks at each time at which something can become due. */
export async function settle(town: Town, days = calmDays): Promise<void> {
  const { resend } = town;
  town.skew = 0;
  town.late = 0;
  town.kv.staleness = () => 0;
  resend.troubles.length = 0;
  resend.apiKey = "re_test";
  resend.isDomainVerified = true;
  resend.maxCallsPerSecond = undefined;
  resend.quota.maxPerDay = Number.POSITIVE_INFINITY;
  resend.quota.maxPerMonth = Number.POSITIVE_INFINITY;
  const end = town.time + days * 24 * hour;
  for (let count = 0; count < maxTicks; count += 1) {
    town.time = Math.max(town.time + 5 * minute, Math.min(nextMoment(town), end));
    await town.tick();
    await answerQuestions(town);
    if (town.time >= end && !isBusy(town)) return;
  }
}

const isBusy = (town: Town): boolean => town.d1.query("SELECT 1 FROM editions WHERE state = 'sending'").length > 0;

function nextMoment(town: Town): number {
  const moments = town.d1
    .query<{ time: string | null }>(
      `SELECT MAX(b.next_attempt_at, COALESCE(n.hold_until, '')) AS time
          FROM batches b JOIN editions e ON e.id = b.edition_id AND e.state = 'sending' LEFT JOIN newsletter n
          WHERE b.state = 'sealed'
        UNION ALL SELECT COALESCE((SELECT hold_until FROM newsletter), '') FROM editions WHERE state = 'sending'`,
    )
    .map(({ time }) => (time ? Date.parse(time) : town.time));
  // Only a run before the true time catches up can detect a clock that was ahead.
  if (town.seenAt() > town.time) return town.time;
  return Math.min(nextDigest(town.time), ...moments);
}

/** A few minutes after the next Monday or first of a month, 06:00 UTC. */
function nextDigest(time: number): number {
  for (let passed = 0; ; passed += 1) {
    const then = new Date(time + passed * 24 * hour);
    const six = Date.UTC(then.getUTCFullYear(), then.getUTCMonth(), then.getUTCDate(), 6, 5);
    if (six > time && (then.getUTCDay() === 1 || then.getUTCDate() === 1)) return six;
  }
}
