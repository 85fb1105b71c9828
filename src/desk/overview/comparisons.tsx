/** This day and this month beside the ones before: a day that is not over beside a whole one, and a month beside the same days of the last. */

import { printedChange, printedCount, printedMonth } from "../numbers.ts";
import { addDays, isWithin, monthUntil, type Period, sameDaysOfLastMonth } from "../period.ts";
import { sumOfDays } from "../reading/reading-figures.ts";
import { gained, lost, sumOfChanges } from "../subscribers/growth-figures.ts";
import { TableHead } from "../table-head.tsx";
import type { Overview } from "./overview.ts";

type Parts = Pick<Overview, "days" | "changes" | "today">;

function figuresWithin({ days, changes }: Parts, period: Period) {
  const sums = sumOfDays(days.filter(({ day }) => isWithin(day, period)));
  const people = sumOfChanges(changes, (day) => isWithin(day, period));
  return [
    ["Views", sums.views],
    ["Reads", sums.reads],
    ["Completions", sums.finishes],
    ["New subscribers", gained(people)],
    ["Lost subscribers", lost(people)],
  ] as const;
}

export function Today({ overview }: { readonly overview: Parts }) {
  const { today } = overview;
  const yesterday = addDays(today, -1);
  const before = figuresWithin(overview, { from: yesterday, to: yesterday });
  return (
    <section>
      <h2>Today</h2>
      <table class="numbers">
        <TableHead numbers={["So far", "Yesterday"]} />
        <tbody>
          {figuresWithin(overview, { from: today, to: today }).map(([name, count], index) => (
            <tr>
              <th scope="row">{name}</th>
              <td class="number strong">{printedCount(count)}</td>
              <td class="number">{printedCount(before[index]?.[1] ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function ThisMonth({ overview }: { readonly overview: Parts }) {
  const { today } = overview;
  const last = sameDaysOfLastMonth(today);
  const before = figuresWithin(overview, last);
  return (
    <section>
      <h2>{printedMonth(today)}</h2>
      <table class="numbers">
        <TableHead
          numbers={["So far", `1–${Number(last.to.slice(8))} ${printedMonth(last.to).slice(0, 3)}`, "Change"]}
        />
        <tbody>
          {figuresWithin(overview, monthUntil(today)).map(([name, count], index) => (
            <tr>
              <th scope="row">{name}</th>
              <td class="number strong">{printedCount(count)}</td>
              <td class="number">{printedCount(before[index]?.[1] ?? 0)}</td>
              <td class="number">{printedChange(count, before[index]?.[1] ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
