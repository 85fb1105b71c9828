/** Growth of the list, from the days on which subscribers came and went. */
import type { Change, ChangeCount } from "./subscriber-queries.ts";

export interface MonthFigures extends Readonly<Record<Change, number>> {
  /** `2026-11`. */
  readonly month: string;
  /** Confirmed at its end, of those who are still on record. */
  readonly atEnd: number;
}

export const gained = (month: Pick<MonthFigures, "confirmed" | "returned">): number => month.confirmed + month.returned;
/** Those who were erased are not among them: they are in no number of a month in which they came, either. */
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

/** Reckoned back from how many are confirmed now, month by month; the last month is the present one. */
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

/** Months before anything happened say nothing; three are shown at least. */
export function fromBeginning(months: readonly MonthFigures[]): MonthFigures[] {
  const first = months.findIndex(({ confirmed, returned, atEnd }) => confirmed + returned + atEnd > 0);
  return months.slice(Math.min(first < 0 ? months.length : first, months.length - 3));
}
