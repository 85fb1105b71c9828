/** Computes periods of days. Days are UTC, written `2026-11-25`; both ends are included. */
import { iso } from "../db/database.ts";
import type { Days } from "../db/reading-days.ts";
import { isoDay } from "../ui/dates.ts";

export interface Period {
  readonly from: string;
  readonly to: string;
}

const dayMs = 86_400_000;

/** Number of months that subscriber growth is shown for. */
export const recentMonths = 12;

/** Number of weeks that the charts of the overview show, this one included. */
export const recentWeeks = 12;

/** `now` in milliseconds since 1970. */
export const dayOf = (now: number): string => isoDay(iso(now));

export const addDays = (day: string, count: number): string => dayOf(Date.parse(day) + count * dayMs);

/** `count` days, ending with `today`. */
export const lastDays = (today: string, count: number): Period => ({ from: addDays(today, 1 - count), to: today });

/** The last `count` weeks from Monday to Sunday, oldest first. This week is the last one, and ends today. */
export function lastWeeks(today: string, count: number): Period[] {
  const daysSinceMonday = (new Date(today).getUTCDay() + 6) % 7;
  const monday = addDays(today, -daysSinceMonday);
  return Array.from({ length: count }, (_, index) => {
    const from = addDays(monday, 7 * (index + 1 - count));
    return { from, to: index === count - 1 ? today : addDays(from, 6) };
  });
}

/** This month until `day`. */
export const monthUntil = (day: string): Period => ({ from: `${day.slice(0, 7)}-01`, to: day });

/** The same days of last month; all of last month if it is shorter. */
export function sameDaysOfLastMonth(today: string): Period {
  const last = addDays(`${today.slice(0, 7)}-01`, -1);
  const same = `${last.slice(0, 7)}-${today.slice(8)}`;
  return { from: `${last.slice(0, 7)}-01`, to: same < last ? same : last };
}

/** Oldest first; `from` at least. */
export function daysOf({ from, to }: Period): Days {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
  return [from, ...Array.from({ length: Math.max(0, count) }, (_, index) => addDays(from, index + 1))];
}

export const isWithin = (day: string, { from, to }: Period): boolean => day >= from && day <= to;

/** The last `count` months as `2026-11`, oldest first, including this one. */
export function lastMonths(today: string, count: number): string[] {
  const [year = 0, month = 1] = today.split("-").map(Number);
  return Array.from({ length: count }, (_, index) =>
    dayOf(Date.UTC(year, month - 1 - (count - 1 - index), 1)).slice(0, 7),
  );
}
