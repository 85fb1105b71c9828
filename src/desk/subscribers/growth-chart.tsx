/** Draws subscriber growth by month: gains above the line and losses below it, and the total. */
import { scaleBand, scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import type { Words } from "../../ui/words/words.ts";
import { Chart, type DataTable, GridLine, percent, Stretched } from "../chart.tsx";
import { gained, lost, type MonthFigures } from "./growth-figures.ts";

const bandOf = (months: readonly MonthFigures[]) =>
  scaleBand<number>()
    .domain(months.map((_, index) => index))
    .range([0, 100])
    .paddingInner(0.3)
    .paddingOuter(0.15);

interface GrowthChartProps {
  readonly words: Words["desk"];
  readonly id: string;
  readonly months: readonly MonthFigures[];
}

/** Month labels; every second one is hidden on a phone if they would not fit. */
const MonthLabels = ({ words, months, y }: Omit<GrowthChartProps, "id"> & { readonly y: number }) => {
  const across = bandOf(months);
  return (
    <>
      {months.map(({ month }, index) => (
        <text
          x={percent((across(index) ?? 0) + across.bandwidth() / 2)}
          y={y}
          text-anchor="middle"
          class={
            (months.length - 1 - index) % 2 === 1 && months.length > 6 ? "chart-label not-on-phones" : "chart-label"
          }
        >
          {words.dates.shortMonth(month)}
        </text>
      ))}
    </>
  );
};

const changeTop = 22;
const changeFoot = 178;

export function ChangeChart({ words, id, months }: GrowthChartProps) {
  const { growth, numbers, dates } = words;
  const across = bandOf(months);
  const up = scaleLinear()
    .domain([-Math.max(0, ...months.map(lost)), Math.max(1, ...months.map(gained))])
    .nice(4)
    .range([changeFoot, changeTop]);
  const ground = up(0);
  const came = months.reduce((sum, month) => sum + gained(month), 0);
  const went = months.reduce((sum, month) => sum + lost(month), 0);
  return (
    <Chart
      id={id}
      words={words}
      title={growth.changes}
      description={growth.changesWords(months.length, came, went)}
      height={206}
      hasScale
      legend={[
        ["fill-gain", growth.gained],
        ["fill-loss", growth.lost],
      ]}
      table={changeTable(words, months)}
    >
      {months.map((month, index) => {
        const x = percent(across(index) ?? 0);
        const width = percent(across.bandwidth());
        return (
          <g>
            <title>{growth.change(dates.month(month.month), gained(month), lost(month))}</title>
            <rect x={x} width={width} y={up(gained(month))} height={ground - up(gained(month))} class="fill-gain" />
            <rect x={x} width={width} y={ground} height={up(-lost(month)) - ground} class="fill-loss" />
          </g>
        );
      })}
      {up
        .ticks(4)
        .filter((tick) => tick !== 0 && Number.isInteger(tick))
        .map((tick) => (
          <GridLine y={up(tick)} name={numbers.count(Math.abs(tick))} />
        ))}
      <GridLine y={ground} name="" isGround />
      <MonthLabels words={words} months={months} y={200} />
    </Chart>
  );
}

const changeTable = ({ growth, numbers, dates }: Words["desk"], months: readonly MonthFigures[]): DataTable => ({
  head: [
    growth.month,
    growth.confirmed,
    growth.resubscribed,
    growth.unsubscribed,
    growth.bounced,
    growth.complained,
    growth.erased,
  ],
  rows: [...months]
    .reverse()
    .map(({ month, confirmed, returned, left, bounced, complained, erased }) => [
      dates.month(month),
      ...[confirmed, returned, left, bounced, complained, erased].map(numbers.count),
    ]),
});

const sizeTop = 22;
const sizeFoot = 128;

export function SizeChart({ words, id, months }: GrowthChartProps) {
  const { growth, numbers, dates } = words;
  const across = bandOf(months);
  const up = scaleLinear()
    .domain([0, Math.max(1, ...months.map(({ atEnd }) => atEnd))])
    .nice(3)
    .range([sizeFoot, sizeTop]);
  const points = months.map(({ month, atEnd }, index) => ({
    x: (across(index) ?? 0) + across.bandwidth() / 2,
    y: up(atEnd),
    words: growth.point(dates.month(month), atEnd),
  }));
  const [first] = months;
  const last = months.at(-1);
  return (
    <Chart
      id={id}
      words={words}
      title={growth.size}
      description={first && last ? growth.sizeWords(first.atEnd, dates.month(first.month), last.atEnd) : ""}
      height={156}
      hasScale
      legend={[["fill-gain", growth.sizeLegend]]}
      table={{
        head: [growth.month, growth.total],
        rows: [...months].reverse().map(({ month, atEnd }) => [dates.month(month), numbers.count(atEnd)]),
      }}
    >
      {up
        .ticks(3)
        .filter((tick) => tick > 0 && Number.isInteger(tick))
        .map((tick) => (
          <GridLine y={up(tick)} name={numbers.count(tick)} />
        ))}
      <GridLine y={sizeFoot} name="" isGround />
      <Stretched height={sizeFoot}>
        <path d={line()(points.map(({ x, y }) => [x, y])) ?? ""} class="chart-line" />
      </Stretched>
      {points.map(({ x, y, words }, index) => (
        <g>
          <title>{words}</title>
          <circle cx={percent(x)} cy={y} r={index === points.length - 1 ? 4.5 : 3} class="chart-dot" />
        </g>
      ))}
      <MonthLabels words={words} months={months} y={150} />
    </Chart>
  );
}
