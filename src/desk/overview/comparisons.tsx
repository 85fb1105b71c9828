/** Compares whole days: yesterday with the same day of the week before, and this month with the same days of last month. */
import { iso } from "../../db/database.ts";
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

interface YesterdayProps extends ComparisonProps {
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Today has a column of its own, compared with nothing: counts by hour do not exist. */
export function Yesterday({ words, overview, now }: YesterdayProps) {
  const { today } = overview;
  const { numbers, dates } = words;
  const on = (day: string) => figuresWithin(words, overview, { from: day, to: day });
  const yesterday = addDays(today, -1);
  const weekBefore = addDays(yesterday, -7);
  const before = on(weekBefore);
  const soFar = on(today);
  return (
    <section>
      <h2>{words.overview.yesterday}</h2>
      <table class="numbers compared">
        <TableHead
          numbers={[
            dates.shortWeekday(yesterday),
            dates.shortWeekday(weekBefore),
            words.overview.change,
            words.overview.todayUntil(dates.time(iso(now))),
          ]}
        />
        <tbody>
          {on(yesterday).map(([name, count], index) => (
            <tr>
              <th scope="row">{name}</th>
              <td class="number strong">{numbers.count(count)}</td>
              <td class="number">{numbers.count(before[index]?.[1] ?? 0)}</td>
              <td class="number">{printedChange(numbers, count, before[index]?.[1] ?? 0)}</td>
              <td class="number">{numbers.count(soFar[index]?.[1] ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="chart-note">{words.overview.yesterdayNote}</p>
    </section>
  );
}

/** Until yesterday; nothing on the first day of a month. */
export function ThisMonth({ words, overview }: ComparisonProps) {
  const { today } = overview;
  if (today.endsWith("-01")) return null;
  const yesterday = addDays(today, -1);
  const { numbers, dates } = words;
  const last = sameDaysOfLastMonth(yesterday);
  const before = figuresWithin(words, overview, last);
  return (
    <section>
      <h2>{dates.month(today)}</h2>
      <table class="numbers compared">
        <TableHead numbers={[dates.monthUntil(yesterday), dates.monthUntil(last.to), words.overview.change]} />
        <tbody>
          {figuresWithin(words, overview, monthUntil(yesterday)).map(([name, count], index) => (
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
