/**
 * Renders the frame of a chart: an SVG with a text alternative, a legend, and the numbers as a table. Horizontal
 * positions are in per cent and vertical ones in pixels, so text keeps its size on a phone.
 */
import type { Child } from "hono/jsx";
import type { Words } from "../ui/words/words.ts";
import { TableHead } from "./table-head.tsx";

export interface DataTable {
  readonly head: readonly [names: string, ...numbers: readonly string[]];
  /** The first cell names the row; the others are numbers. */
  readonly rows: readonly (readonly string[])[];
}

export interface ChartProps {
  readonly words: Words["desk"];
  /** Unique on its page. */
  readonly id: string;
  readonly title: string;
  /** Text alternative: what the chart shows, with its numbers. */
  readonly description: string;
  /** In pixels. */
  readonly height: number;
  /** Legend: CSS class and name of each fill. */
  readonly legend?: readonly (readonly [fill: string, name: string])[];
  readonly table: DataTable;
  /** Whether it has axis labels at its left. */
  readonly hasScale?: boolean;
  readonly children: Child;
}

export const Chart = ({
  words,
  id,
  title,
  description,
  height,
  legend,
  table,
  hasScale = false,
  children,
}: ChartProps) => (
  <figure class="chart">
    {legend && (
      <p class="chart-legend">
        {legend.map(([fill, name]) => (
          <>
            <span>
              <svg width="11" height="11" aria-hidden="true">
                <rect width="11" height="11" class={fill} />
              </svg>
              {name}
            </span>{" "}
          </>
        ))}
      </p>
    )}
    <svg
      class={hasScale ? "chart-drawing has-scale" : "chart-drawing"}
      role="img"
      aria-labelledby={`${id}-title ${id}-words`}
      height={height}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-words`}>{description}</desc>
      {children}
    </svg>
    <details class="chart-numbers">
      <summary>{words.frame.numbers}</summary>
      {/* Focusable, so a table wider than the screen can be scrolled with the keyboard. */}
      <section class="table" tabindex={0} aria-label={words.frame.numbersOf(title)}>
        <NumbersTable {...table} />
      </section>
    </details>
  </figure>
);

export const NumbersTable = ({ head: [names, ...numbers], rows }: DataTable) => (
  <table class="numbers">
    <TableHead {...{ names, numbers }} />
    <tbody>
      {rows.map(([name, ...numbers]) => (
        <tr>
          <th scope="row">{name}</th>
          {numbers.map((number) => (
            <td class="number">{number}</td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);

/** `12.5%`. */
export const percent = (share: number): string => `${Number(share.toFixed(3))}%`;

/** Paths whose horizontal positions are in per cent. `height` in pixels. */
export const Stretched = ({ height, children }: { height: number; children: Child }) => (
  <svg
    aria-hidden="true"
    x="0"
    y="0"
    width="100%"
    height={height}
    viewBox={`0 0 100 ${height}`}
    preserveAspectRatio="none"
  >
    {children}
  </svg>
);

/** A horizontal grid line with its label. `y` in pixels. */
export const GridLine = ({ y, name, isGround = false }: { y: number; name: string; isGround?: boolean }) => (
  <>
    <line x1="0" x2="100%" y1={y} y2={y} class={isGround ? "chart-ground" : "chart-grid"} />
    {name !== "" && (
      <text x="-8" y={y + 5} text-anchor="end">
        {name}
      </text>
    )}
  </>
);

/**
 * A label of the horizontal axis. `x` in per cent; at the edges the label is aligned to stay inside the chart.
 * `isBetween`: hidden on a narrow phone.
 */
export const UnderLabel = ({
  x,
  y,
  isBetween = false,
  children,
}: {
  x: number;
  y: number;
  isBetween?: boolean;
  children: string;
}) => (
  <text
    x={percent(x)}
    y={y}
    class={isBetween ? "chart-label is-between" : "chart-label"}
    text-anchor={x < 4 ? "start" : x > 96 ? "end" : "middle"}
  >
    {children}
  </text>
);
