/** Reading depth: a bar for each quarter, against all views. */
import { Chart, percent } from "../chart.tsx";
import { counted, printedCount, printedShare } from "../numbers.ts";
import { depths, type Figures } from "./reading-figures.ts";

const lettering = 18;
const bar = 12;
const row = lettering + bar + 12;

const names = ["A quarter", "Half", "Three quarters", "The end"] as const;

export function DepthChart({ id, figures: { views, reached } }: { id: string; figures: Figures }) {
  const bars = depths.map((depth, index) => ({ depth, name: names[index] ?? "", count: reached[index] ?? 0 }));
  return (
    <Chart
      id={id}
      title="Reading depth"
      words={`Of ${counted(views, "view")}: ${bars.map(({ depth, count }) => `${printedShare(count, views)} reached ${depth} %`).join(", ")}.`}
      height={bars.length * row}
      table={{
        head: ["Depth", "Views", "Share of views"],
        rows: bars.map(({ name, depth, count }) => [
          `${name} (${depth} %)`,
          printedCount(count),
          printedShare(count, views),
        ]),
      }}
    >
      {bars.map(({ name, count }, index) => {
        const y = index * row + lettering;
        return (
          <g>
            <text x="0" y={y - 6} class="chart-title">
              {name}
            </text>
            <text x="100%" y={y - 6} text-anchor="end" class="chart-number-end">
              {printedShare(count, views)}
            </text>
            <rect x="0" y={y} height={bar} width="100%" class="fill-track" />
            <rect
              x="0"
              y={y}
              height={bar}
              width={percent((100 * Math.min(count, views)) / Math.max(1, views))}
              class="fill-reads"
            />
          </g>
        );
      })}
    </Chart>
  );
}
