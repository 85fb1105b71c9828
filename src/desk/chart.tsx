/**
 * The frame of every chart: a drawing that says in words what it shows, what its colours mean, and the numbers
 * behind it as a table. Drawings are as wide as their place: what is across is in per cent, what is up is in pixels,
 * so that lettering keeps its size on a phone.
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
  /** What can be seen, with its numbers, for those who do not see it. */
  readonly description: string;
  /** In pixels. */
  readonly height: number;
  /** What the colours mean: class of a fill, and its name. */
  readonly legend?: readonly (readonly [fill: string, name: string])[];
  readonly table: DataTable;
  /** Numbers stand at its left. */
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
      {/* A keyboard can scroll what is wider than a phone. */}
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

/** A line across, with its number at its left: `y` in pixels. */
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

/** Lettering under a place, in per cent: at the edges it stays within the drawing. `isBetween`: not on a narrow phone. */
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
