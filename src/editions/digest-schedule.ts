/** Decides when digests are due (Mondays and the first of a month, 06:00 UTC) and which chapters they can include. */
import { iso } from "../db/database.ts";
import { isoDay } from "../ui/dates.ts";

const hourMs = 3_600_000;

/** A digest includes chapters announced within this time before it, for subscribers who have not received them yet. */
export const digestWindowMs = 62 * 24 * hourMs;

export const digestHourUtc = 6;

/** The digests that became due most recently, whether or not they were opened. */
export const lastDigests = (now: number) =>
  (["weekly", "monthly"] as const)
    .map((audience) => ({ audience, due: lastDue(audience, now) }))
    .map(({ audience, due }) => ({ audience, due, id: `${audience}_${isoDay(iso(due))}` }));

/** The last Monday or first of a month, at 06:00 UTC, that is not in the future. */
function lastDue(audience: "weekly" | "monthly", now: number): number {
  const then = new Date(now - digestHourUtc * hourMs);
  const daysBack = audience === "weekly" ? (then.getUTCDay() + 6) % 7 : then.getUTCDate() - 1;
  return Date.UTC(then.getUTCFullYear(), then.getUTCMonth(), then.getUTCDate() - daysBack) + digestHourUtc * hourMs;
}
