/** Compares today so far with all of yesterday, and this month with the same days of last month. */
import type { Words } from "../../ui/words/words.ts";
import { printedChange } from "../numbers.ts";
import { addDays, isWithin, monthUntil, type Period, sameDaysOfLastMonth } from "../period.ts";
import { sumOfDays } from "../reading/reading-figures.ts";
import { gained, lost, sumOfChanges } from "../subscribers/growth-figures.ts";
import { TableHead } from "../table-head.tsx";
import type { Overview } from "./overview.ts";

type Parts = Pick<Overview, "days" | "changes" | "today">;

function figuresWithin({ measures }: Words["desk"], { days, changes }: Parts, period: Period) {
  const sums = sumOfDays(days.filter(({ day }) => isWithin(day, period)));
  const people = sumOfChanges(changes, (day) => isWithin(day, period));
  return [
    [measures.views, sums.views],
    [measures.reads, sums.reads],
    [measures.completions, sums.finishes],
    [measures.newSubscribers, gained(people)],
    [measures.lostSubscribers, lost(people)],
  ] as const;
}

interface ComparisonProps {
  readonly words: Words["desk"];
  readonly overview: Parts;
}

export function Today({ words, overview }: ComparisonProps) {
  const { today } = overview;
  const { count: printed } = words.numbers;
  const yesterday = addDays(today, -1);
  const before = figuresWithin(words, overview, { from: yesterday, to: yesterday });
  return (
    <section>
      <h2>{words.overview.today}</h2>
      <table class="numbers">
        <TableHead numbers={[words.overview.soFar, words.overview.yesterday]} />
        <tbody>
          {figuresWithin(words, overview, { from: today, to: today }).map(([name, count], index) => (
            <tr>
              <th scope="row">{name}</th>
              <td class="number strong">{printed(count)}</td>
              <td class="number">{printed(before[index]?.[1] ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function ThisMonth({ words, overview }: ComparisonProps) {
  const { today } = overview;
  const { numbers, dates } = words;
  const last = sameDaysOfLastMonth(today);
  const before = figuresWithin(words, overview, last);
  return (
    <section>
      <h2>{dates.month(today)}</h2>
      <table class="numbers">
        <TableHead numbers={[words.overview.soFar, dates.monthUntil(last.to), words.overview.change]} />
        <tbody>
          {figuresWithin(words, overview, monthUntil(today)).map(([name, count], index) => (
            <tr>
              <th scope="row">{name}</th>
              <td class="number strong">{numbers.count(count)}</td>
              <td class="number">{numbers.count(before[index]?.[1] ?? 0)}</td>
              <td class="number">{printedChange(numbers, count, before[index]?.[1] ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
