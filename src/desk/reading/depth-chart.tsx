/** Draws reading depth: a bar for each quarter of the text, relative to all views. */
import type { Words } from "../../ui/words/words.ts";
import { Chart, percent } from "../chart.tsx";
import { printedShare } from "../numbers.ts";
import { depths, type Figures } from "./reading-figures.ts";

const lettering = 18;
const bar = 12;
const row = lettering + bar + 12;

interface DepthChartProps {
  readonly words: Words["desk"];
  readonly id: string;
  readonly figures: Figures;
}

export function DepthChart({ words, id, figures: { views, reached } }: DepthChartProps) {
  const { depthChart, measures, names, numbers } = words;
  const bars = depths.map((depth, index) => {
    const count = reached[index] ?? 0;
    return { depth, name: depthChart.depths[depth], count, share: printedShare(numbers, count, views) };
  });
  return (
    <Chart
      id={id}
      words={words}
      title={depthChart.title}
      description={depthChart.words(
        views,
        names.list(bars.map(({ depth, share }) => depthChart.reached(share, depth))),
      )}
      height={bars.length * row}
      table={{
        head: [depthChart.depth, measures.views, depthChart.shareOfViews],
        rows: bars.map(({ name, depth, count, share }) => [depthChart.row(name, depth), numbers.count(count), share]),
      }}
    >
      {bars.map(({ name, count, share }, index) => {
        const y = index * row + lettering;
        return (
          <g>
            <text x="0" y={y - 6} class="chart-title">
              {name}
            </text>
            <text x="100%" y={y - 6} text-anchor="end" class="chart-number-end">
              {share}
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
