/** Draws views and reads as columns by day, or by week if there would be too many columns. */
import { type ScaleBand, type ScaleLinear, scaleBand, scaleLinear } from "d3-scale";
import type { Words } from "../../ui/words/words.ts";
import { Chart, GridLine, percent, UnderLabel } from "../chart.tsx";
import { type DayFigures, sumOfDays } from "./reading-figures.ts";

const height = 208;
const top = 22;
const ground = 180;
/** More columns than this would be thinner than a line on a phone. */
const maxColumns = 100;

interface Column extends Omit<DayFigures, "day"> {
  readonly name: string;
  readonly from: string;
}

/** Whole weeks, counted back from the last day. */
function inWeeks({ daysChart }: Words["desk"], days: readonly DayFigures[]): Column[] {
  const weeks: Column[] = [];
  for (let end = days.length; end > 0; end -= 7) {
    const part = days.slice(Math.max(0, end - 7), end);
    const [first] = part;
    if (first === undefined) break;
    const from = first.day;
    weeks.unshift({ ...sumOfDays(part), from, name: daysChart.weekFrom(from) });
  }
  return weeks;
}

const asColumns = (words: Words["desk"], days: readonly DayFigures[]): Column[] =>
  days.length > maxColumns
    ? inWeeks(words, days)
    : days.map((day) => ({ ...day, from: day.day, name: words.dates.shortDay(day.day) }));

interface DaysChartProps {
  readonly words: Words["desk"];
  readonly id: string;
  readonly title: string;
  readonly days: readonly DayFigures[];
}

export function DaysChart({ words, id, title, days }: DaysChartProps) {
  const { daysChart, measures, numbers, dates } = words;
  const columns = asColumns(words, days);
  const isByWeek = columns.length < days.length;
  const most = Math.max(1, ...columns.map(({ views }) => views));
  const across = scaleBand<number>()
    .domain(columns.map((_, index) => index))
    .range([0, 100])
    .paddingInner(columns.length > 60 ? 0.12 : 0.22);
  const up = scaleLinear().domain([0, most]).nice(3).range([ground, top]);
  const total = sumOfDays(days);
  const peak = columns.reduce((best, column) => (column.views > best.views ? column : best), columns[0] as Column);
  // A label every few whole weeks, or every quarter of a year: five at most.
  const every = isByWeek ? 13 : 7 * Math.ceil(columns.length / 35);
  return (
    <Chart
      id={id}
      title={title}
      height={height}
      hasScale
      words={words}
      description={
        total.views === 0
          ? daysChart.noViews(days.length)
          : daysChart.words(total.views, total.reads, days.length, peak.views, dates.shortDay(peak.from), isByWeek)
      }
      legend={[
        ["fill-views", isByWeek ? daysChart.viewsByWeek : measures.views],
        ["fill-reads", measures.reads],
      ]}
      table={{
        head: [isByWeek ? daysChart.week : daysChart.day, measures.views, measures.reads, measures.completions],
        rows: [...columns]
          .reverse()
          .map(({ name, views, reads, finishes }) => [name, ...[views, reads, finishes].map(numbers.count)]),
      }}
    >
      <Columns words={words} columns={columns} across={across} up={up} />
      {up
        .ticks(3)
        .filter((tick) => tick > 0 && Number.isInteger(tick))
        .map((tick) => (
          <GridLine y={up(tick)} name={numbers.count(tick)} />
        ))}
      <GridLine y={ground} name="" isGround />
      {columns
        .map((column, index) => ({ column, index }))
        .filter(({ index }) => (columns.length - 1 - index) % every === 0)
        .map(({ column, index }) => (
          <UnderLabel
            x={(across(index) ?? 0) + across.bandwidth() / 2}
            y={height - 6}
            isBetween={((columns.length - 1 - index) / every) % 2 === 1}
          >
            {dates.shortDay(column.from)}
          </UnderLabel>
        ))}
    </Chart>
  );
}

interface ColumnsProps {
  readonly words: Words["desk"];
  readonly columns: readonly Column[];
  readonly across: ScaleBand<number>;
  readonly up: ScaleLinear<number, number>;
}

const Columns = ({ words, columns, across, up }: ColumnsProps) => (
  <>
    {columns.map(({ name, views, reads }, index) => {
      const x = percent(across(index) ?? 0);
      const width = percent(across.bandwidth());
      return (
        <g>
          <title>{words.daysChart.column(name, views, reads)}</title>
          <rect x={x} width={width} y={up(views)} height={ground - up(views)} class="fill-views" />
          <rect x={x} width={width} y={up(reads)} height={ground - up(reads)} class="fill-reads" />
        </g>
      );
    })}
  </>
);
