/** Draws the views of a page by day as bars of a few pixels, for a cell of a table. */
import type { Words } from "../../ui/words/words.ts";

const height = 22;
const step = 4;

interface SparkBarsProps {
  readonly words: Words["desk"];
  readonly name: string;
  /** One for each day. */
  readonly counts: readonly number[];
  readonly days: readonly string[];
}

export function SparkBars({ words: { overview, dates }, name, counts, days }: SparkBarsProps) {
  const most = Math.max(0, ...counts);
  const peak = days[counts.indexOf(most)];
  return (
    <svg
      class="spark-bars"
      role="img"
      width={days.length * step}
      height={height}
      aria-label={
        most === 0 || peak === undefined ? overview.noTrend(name) : overview.trend(name, most, dates.shortDay(peak))
      }
    >
      <path
        class="fill-views"
        d={counts.map((count, index) => barAt(index, (height * count) / Math.max(1, most))).join("")}
      />
    </svg>
  );
}

/** At least half a pixel, so that few views are visible. */
const barAt = (index: number, size: number): string =>
  size === 0 ? "" : `M${index * step} ${height}v-${Math.max(0.5, size).toFixed(1)}h${step - 1}V${height}z`;
