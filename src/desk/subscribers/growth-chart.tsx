/** The list of subscribers by month: who came above the line, who went below it, and how many there were. */
import { scaleBand, scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { Chart, GridLine, percent } from "../chart.tsx";
import { counted, monthAbbreviation, printedCount, printedMonth } from "../numbers.ts";
import { gained, lost, type MonthFigures } from "./growth-figures.ts";

const bandOf = (months: readonly MonthFigures[]) =>
  scaleBand<number>()
    .domain(months.map((_, index) => index))
    .range([0, 100])
    .paddingInner(0.3)
    .paddingOuter(0.15);

/** Names of months, every second one where all of them would not fit on a phone. */
const MonthLabels = ({ months, y }: { months: readonly MonthFigures[]; y: number }) => {
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
          {monthAbbreviation(month)}
        </text>
      ))}
    </>
  );
};

const changeTop = 22;
const changeFoot = 178;

export function ChangeChart({ id, months }: { id: string; months: readonly MonthFigures[] }) {
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
      title="Subscribers gained and lost, by month"
      words={`In ${counted(months.length, "month")} ${printedCount(came)} gained and ${printedCount(went)} lost.`}
      height={206}
      hasScale
      legend={[
        ["fill-gain", "Gained"],
        ["fill-loss", "Lost"],
      ]}
      table={{
        head: ["Month", "Confirmed", "Resubscribed", "Unsubscribed", "Bounced", "Marked as spam", "Erased"],
        rows: [...months]
          .reverse()
          .map((month) => [
            printedMonth(month.month),
            ...[month.confirmed, month.returned, month.left, month.bounced, month.complained, month.erased].map(
              printedCount,
            ),
          ]),
      }}
    >
      {months.map((month, index) => {
        const x = percent(across(index) ?? 0);
        const width = percent(across.bandwidth());
        return (
          <g>
            <title>{`${printedMonth(month.month)}: ${printedCount(gained(month))} gained, ${printedCount(lost(month))} lost`}</title>
            <rect x={x} width={width} y={up(gained(month))} height={ground - up(gained(month))} class="fill-gain" />
            <rect x={x} width={width} y={ground} height={up(-lost(month)) - ground} class="fill-loss" />
          </g>
        );
      })}
      {up
        .ticks(4)
        .filter((tick) => tick !== 0 && Number.isInteger(tick))
        .map((tick) => (
          <GridLine y={up(tick)} name={printedCount(Math.abs(tick))} />
        ))}
      <GridLine y={ground} name="" isGround />
      <MonthLabels months={months} y={200} />
    </Chart>
  );
}

const sizeTop = 22;
const sizeFoot = 128;

export function SizeChart({ id, months }: { id: string; months: readonly MonthFigures[] }) {
  const across = bandOf(months);
  const up = scaleLinear()
    .domain([0, Math.max(1, ...months.map(({ atEnd }) => atEnd))])
    .nice(3)
    .range([sizeFoot, sizeTop]);
  const points = months.map(({ atEnd }, index): [number, number] => [
    (across(index) ?? 0) + across.bandwidth() / 2,
    up(atEnd),
  ]);
  const [first] = months;
  const last = months.at(-1);
  return (
    <Chart
      id={id}
      title="Confirmed subscribers at the end of each month"
      words={
        first && last
          ? `From ${printedCount(first.atEnd)} in ${printedMonth(first.month)} to ${printedCount(last.atEnd)} now.`
          : ""
      }
      height={156}
      hasScale
      legend={[["fill-gain", "Confirmed, at the end of each month"]]}
      table={{
        head: ["Month", "Total at month end"],
        rows: [...months].reverse().map(({ month, atEnd }) => [printedMonth(month), printedCount(atEnd)]),
      }}
    >
      {up
        .ticks(3)
        .filter((tick) => tick > 0 && Number.isInteger(tick))
        .map((tick) => (
          <GridLine y={up(tick)} name={printedCount(tick)} />
        ))}
      <GridLine y={sizeFoot} name="" isGround />
      <svg
        aria-hidden="true"
        x="0"
        y="0"
        width="100%"
        height={sizeFoot}
        viewBox={`0 0 100 ${sizeFoot}`}
        preserveAspectRatio="none"
      >
        <path d={line()(points) ?? ""} class="chart-line" />
      </svg>
      {points.map(([x, y], index) => (
        <g>
          <title>{`${printedMonth(months[index]?.month ?? "")}: ${printedCount(months[index]?.atEnd ?? 0)}`}</title>
          <circle cx={percent(x)} cy={y} r={index === points.length - 1 ? 4.5 : 3} class="chart-dot" />
        </g>
      ))}
      <MonthLabels months={months} y={150} />
    </Chart>
  );
}
