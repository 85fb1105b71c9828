/** Computes the figures of each week from daily counts, changes of subscribers and deliveries. Sums only. */
import type { DeliveryCount } from "../../editions/delivery-counts.ts";
import type { EditionRow } from "../../editions/edition-row.ts";
import { dayOf, isWithin, type Period } from "../period.ts";
import { type DayFigures, sumOfDays } from "../reading/reading-figures.ts";
import { gained, lost, sumOfChanges } from "../subscribers/growth-figures.ts";
import type { ChangeCount } from "../subscribers/subscriber-queries.ts";

export interface WeekFigures extends Period {
  readonly views: number;
  readonly reads: number;
  /** Confirmed subscribers at the end of the week, without those erased since. */
  readonly subscribers: number;
  /** Emails of the editions opened in that week. Undefined if these editions were not counted. */
  readonly delivered: number | undefined;
}

export interface WeekFacts {
  readonly days: readonly DayFigures[];
  readonly changes: readonly ChangeCount[];
  readonly confirmedNow: number;
  readonly editions: readonly EditionRow[];
  readonly deliveries: readonly DeliveryCount[];
  /** Editions opened before this day were not counted. */
  readonly deliveriesSince: string;
}

/** `weeks`: the last one is the current week. */
export function figuresByWeek(weeks: readonly Period[], facts: WeekFacts): WeekFigures[] {
  const figures: WeekFigures[] = [];
  let subscribers = facts.confirmedNow;
  for (const week of [...weeks].reverse()) {
    const { views, reads } = sumOfDays(facts.days.filter(({ day }) => isWithin(day, week)));
    figures.unshift({ ...week, views, reads, subscribers, delivered: deliveredIn(week, facts) });
    const changes = sumOfChanges(facts.changes, (day) => isWithin(day, week));
    subscribers -= gained(changes) - lost(changes);
  }
  return figures;
}

function deliveredIn(week: Period, { editions, deliveries, deliveriesSince }: WeekFacts): number | undefined {
  if (week.from < deliveriesSince) return undefined;
  const opened = new Set(
    editions.filter(({ openedAt }) => isWithin(dayOf(Date.parse(openedAt)), week)).map(({ id }) => id),
  );
  return deliveries
    .filter(({ edition, state }) => opened.has(edition) && state === "delivered")
    .reduce((sum, { recipients }) => sum + recipients, 0);
}
