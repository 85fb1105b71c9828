/** Stretches of days. A day is one in UTC, written `2026-11-25`; both ends belong to it. */
import { iso } from "../db/database.ts";
import { isoDay } from "../ui/dates.ts";

export interface Period {
  readonly from: string;
  readonly to: string;
}

const dayMs = 86_400_000;

/** The list of subscribers is shown over so many months. */
export const recentMonths = 12;

/** The day of a moment in milliseconds since 1970. */
export const dayOf = (now: number): string => isoDay(iso(now));

export const addDays = (day: string, count: number): string => dayOf(Date.parse(day) + count * dayMs);

/** So many days, the last of them this one. */
export const lastDays = (today: string, count: number): Period => ({ from: addDays(today, 1 - count), to: today });

/** From its first day until this one. */
export const monthUntil = (today: string): Period => ({ from: `${today.slice(0, 7)}-01`, to: today });

/** As many days of the month before; all of it, where it is shorter. */
export function sameDaysOfLastMonth(today: string): Period {
  const last = addDays(`${today.slice(0, 7)}-01`, -1);
  const same = `${last.slice(0, 7)}-${today.slice(8)}`;
  return { from: `${last.slice(0, 7)}-01`, to: same < last ? same : last };
}

export function daysOf({ from, to }: Period): string[] {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => addDays(from, index));
}

export const isWithin = (day: string, { from, to }: Period): boolean => day >= from && day <= to;

/** The last `count` months as `2026-11`, the oldest first, this one among them. */
export function lastMonths(today: string, count: number): string[] {
  const [year = 0, month = 1] = today.split("-").map(Number);
  return Array.from({ length: count }, (_, index) =>
    dayOf(Date.UTC(year, month - 1 - (count - 1 - index), 1)).slice(0, 7),
  );
}
