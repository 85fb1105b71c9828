/** Draws views, reads, subscribers and delivered emails by week: four small charts, and one table of their numbers. */
import { scaleBand, scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import type { Words } from "../../ui/words/words.ts";
import { NumbersTable, percent, Stretched } from "../chart.tsx";
import { printedChange, printedDifference } from "../numbers.ts";
import type { WeekFigures } from "./week-figures.ts";

type Measure = "views" | "reads" | "subscribers" | "delivered";

const top = 18;
const ground = 74;
const height = 94;

interface SmallMultiplesProps {
  readonly words: Words["desk"];
  /** Oldest first; the last one is the current week. */
  readonly weeks: readonly WeekFigures[];
  /** Without a newsletter there are neither subscribers nor emails. */
  readonly hasNewsletter: boolean;
}

export function SmallMultiples({ words, weeks, hasNewsletter }: SmallMultiplesProps) {
  const { overview, dates, frame, numbers } = words;
  const shown: readonly Measure[] = hasNewsletter ? ["views", "reads", "subscribers", "delivered"] : ["views", "reads"];
  const title = overview.weeks(weeks.length);
  return (
    <section class="weeks" aria-labelledby="weeks">
      <h2 id="weeks">{title}</h2>
      <div class="multiples">
        {shown.map((measure) => (
          <Multiple words={words} weeks={weeks} measure={measure} />
        ))}
      </div>
      <details class="chart-numbers">
        <summary>{frame.numbers}</summary>
        <section class="table" tabindex={0} aria-label={frame.numbersOf(title)}>
          <NumbersTable
            head={[overview.week, ...shown.map((measure) => overview.measuresByWeek[measure])]}
            rows={[...weeks]
              .reverse()
              .map((week) => [
                dates.period(week.from, week.to),
                ...shown.map((measure) => (week[measure] === undefined ? "–" : numbers.count(week[measure]))),
              ])}
          />
        </section>
        <p class="chart-note">{overview.weeksNote}</p>
      </details>
    </section>
  );
}

interface MultipleProps extends Pick<SmallMultiplesProps, "words" | "weeks"> {
  readonly measure: Measure;
}

function Multiple({ words, weeks, measure }: MultipleProps) {
  const { overview, numbers, dates } = words;
  const name = overview.measuresByWeek[measure];
  const { figure, note } = headline(words, weeks, measure);
  const values = weeks.map((week) => week[measure] ?? 0);
  const most = Math.max(1, ...values);
  /** Undefined if all are zero. */
  const peak = weeks[values.indexOf(most)];
  const across = scaleBand<number>()
    .domain(weeks.map((_, index) => index))
    .range([0, 100])
    .paddingInner(0.25);
  const up = scaleLinear().domain([0, most]).range([ground, top]);
  const [first] = weeks;
  return (
    <figure class="multiple">
      <figcaption>
        <span class="multiple-name">{name}</span> <strong>{numbers.count(figure)}</strong>{" "}
        <span class="multiple-note">{note}</span>
      </figcaption>
      <svg class="chart-drawing" role="img" aria-labelledby={`${measure}-title ${measure}-words`} height={height}>
        <title id={`${measure}-title`}>{overview.byWeek(name)}</title>
        <desc id={`${measure}-words`}>
          {`${numbers.count(figure)} ${note}. ${peak ? overview.peak(numbers.count(most), dates.period(peak.from, peak.to)) : ""}`}
        </desc>
        {peak && (
          <>
            <line x1="0" x2="100%" y1={top} y2={top} class="chart-grid" />
            <text x="0" y={top - 5}>
              {numbers.count(most)}
            </text>
          </>
        )}
        {measure === "subscribers" ? (
          <Level words={words} weeks={weeks} heights={values.map(up)} />
        ) : (
          weeks.map((week, index) => (
            <g>
              <title>{pointOf(words, week, measure)}</title>
              <rect
                x={percent(across(index) ?? 0)}
                width={percent(across.bandwidth())}
                y={up(values[index] ?? 0)}
                height={ground - up(values[index] ?? 0)}
                class={`fill-${measure}${index === weeks.length - 1 ? " is-unfinished" : ""}`}
              />
            </g>
          ))
        )}
        <line x1="0" x2="100%" y1={ground} y2={ground} class="chart-ground" />
        <text x="0" y={height - 4}>
          {first ? dates.shortDay(first.from) : ""}
        </text>
        <text x="100%" y={height - 4} text-anchor="end">
          {overview.thisWeek}
        </text>
      </svg>
    </figure>
  );
}

const pointOf = ({ overview, dates, numbers }: Words["desk"], week: WeekFigures, measure: Measure): string =>
  overview.point(dates.period(week.from, week.to), numbers.count(week[measure] ?? 0));

interface LevelProps extends Pick<SmallMultiplesProps, "words" | "weeks"> {
  /** In pixels. */
  readonly heights: readonly number[];
}

/** A number at the end of each week, not a sum: a line with an area, and a dot for now. */
function Level({ words, weeks, heights }: LevelProps) {
  const step = 100 / Math.max(1, heights.length - 1);
  const points = heights.map((y, index): [number, number] => [index * step, y]);
  return (
    <>
      <Stretched height={height}>
        <path d={area().y0(ground)(points) ?? ""} class="level-area" />
        <path d={line()(points) ?? ""} class="chart-line" />
      </Stretched>
      {points.map(([x, y], index) => (
        <g>
          <title>{weeks[index] && pointOf(words, weeks[index], "subscribers")}</title>
          <circle
            cx={percent(x)}
            cy={y}
            r={index === points.length - 1 ? 4 : 6}
            class={index === points.length - 1 ? "chart-dot" : "level-point"}
          />
        </g>
      ))}
    </>
  );
}

/** The last whole week and its change; of a level, today's; of emails, all of them, because most weeks have no edition. */
function headline(
  { overview, numbers }: Words["desk"],
  weeks: readonly WeekFigures[],
  measure: Measure,
): { readonly figure: number; readonly note: string } {
  const values = weeks.map((week) => week[measure] ?? 0);
  const now = values.at(-1) ?? 0;
  if (measure === "subscribers")
    return {
      figure: now,
      note: overview.sinceWeeks(printedDifference(numbers, now - (values[0] ?? 0)), weeks.length - 1),
    };
  if (measure === "delivered")
    return {
      figure: values.reduce((sum, value) => sum + value, 0),
      note: overview.inWeeks(weeks.filter((week) => week.delivered !== undefined).length),
    };
  const [before = 0, last = 0] = values.slice(-3, -1);
  if (values.slice(0, -1).every((value) => value === 0)) return { figure: now, note: overview.thisWeekSoFar };
  return {
    figure: last,
    note: overview.lastWeek(before === 0 ? undefined : printedChange(numbers, last, before)),
  };
}
