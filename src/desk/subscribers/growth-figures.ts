/** Computes subscriber growth by month from daily changes. */
import type { Change, ChangeCount } from "./subscriber-queries.ts";

export interface MonthFigures extends Readonly<Record<Change, number>> {
  /** `2026-11`. */
  readonly month: string;
  /** Confirmed subscribers at the end of the month, without those erased since. */
  readonly atEnd: number;
}

export const gained = (month: Pick<MonthFigures, "confirmed" | "returned">): number => month.confirmed + month.returned;
/** Erased subscribers are not included, because they are no longer included in the gains of any month. */
export const lost = (month: Pick<MonthFigures, "left" | "bounced" | "complained">): number =>
  month.left + month.bounced + month.complained;

export const sumOfChanges = (
  counts: readonly ChangeCount[],
  isCounted: (day: string) => boolean,
): Record<Change, number> => {
  const of = (change: Change) =>
    counts
      .filter((count) => count.change === change && isCounted(count.day))
      .reduce((sum, { count }) => sum + count, 0);
  return {
    confirmed: of("confirmed"),
    returned: of("returned"),
    left: of("left"),
    bounced: of("bounced"),
    complained: of("complained"),
    erased: of("erased"),
  };
};

/** Counts back from the current number of subscribers, month by month. The last month is the current one. */
export function growthOf(
  counts: readonly ChangeCount[],
  months: readonly string[],
  confirmedNow: number,
): MonthFigures[] {
  const figures: MonthFigures[] = [];
  let atEnd = confirmedNow;
  for (const month of [...months].reverse()) {
    const sums = sumOfChanges(counts, (day) => day.startsWith(month));
    figures.unshift({ ...sums, month, atEnd });
    atEnd -= gained(sums) - lost(sums);
  }
  return figures;
}

/** Drops the months before the first subscriber, but keeps at least three. */
export function fromBeginning(months: readonly MonthFigures[]): MonthFigures[] {
  const first = months.findIndex(({ confirmed, returned, atEnd }) => confirmed + returned + atEnd > 0);
  return months.slice(Math.min(first < 0 ? months.length : first, months.length - 3));
}
