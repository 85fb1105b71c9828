/** Makes the tables of before and after from measurements. */
import { median } from "../median.ts";

/** The same thing measured in both versions. */
export interface Sides<T> {
  readonly before: T;
  readonly after: T;
}

/** One value per round, or the reason why there is none. */
export type Samples = readonly number[] | string;

type Unit = keyof typeof formats;

export interface Row extends Sides<Samples> {
  readonly what: string;
  readonly unit: Unit;
  /** What the later version should reach; empty if nothing was set. */
  readonly target: string;
}

const seconds = (value: number): string => value.toFixed(value < 10 ? 2 : 1);
const whole = (value: number): string => Math.round(value).toLocaleString("en");

const formats = {
  "s of CPU": (value: number) => `${seconds(value)} s CPU`,
  s: (value: number) => `${seconds(value)} s`,
  "ms of CPU": (value: number) => `${value.toFixed(1)} ms CPU`,
  "µs of CPU": (value: number) => `${whole(value)} µs CPU`,
  MB: (value: number) => `${whole(value)} MB`,
  kB: (value: number) => `${value.toFixed(1)} kB`,
  times: (value: number) => `${value.toFixed(2)} ×`,
  number: whole,
} as const;

const head = `| what | before | after | after / before | target |
| --- | ---: | ---: | ---: | --- |`;

/** A section of results.md: what the numbers are relative to, and a line for each row. */
export const comparisonSection = (title: string, text: string, rows: readonly Row[]): string =>
  `## Before and after: ${title}\n\n${text}\n\n${head}\n${rows.map(rowLine).join("\n")}`;

export function rowLine({ what, unit, before, after, target }: Row): string {
  const cell = (samples: Samples) =>
    typeof samples === "string" ? `not measured: ${samples.replaceAll("|", "\\|")}` : formats[unit](median(samples));
  return `| ${[what, cell(before), cell(after), ratioCell(before, after), target].join(" | ")} |`;
}

/** The median of the rounds' ratios, with the least and the greatest if there were several rounds. */
function ratioCell(before: Samples, after: Samples): string {
  if (typeof before === "string" || typeof after === "string") return "–";
  const ratios = after.map((value, round) => value / (before[round] ?? Number.NaN)).filter(Number.isFinite);
  if (ratios.length === 0) return "–";
  const spread = ratios.length === 1 ? "" : ` (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})`;
  return `${median(ratios).toFixed(2)}${spread}`;
}
