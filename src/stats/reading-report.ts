/** Parses the reports of a chapter's script and decides which measures they add to. */
import * as v from "valibot";
import { hasReadingTime } from "../library/reading-time.ts";
import { depths, type Measure } from "./measures.ts";

/** Progress of a view: seconds in view, and depth in per cent of the text, in quarters. */
interface Progress {
  readonly seconds: number;
  readonly depth: number;
}

/** A view longer than a day is invalid. */
const Progress = v.object({
  seconds: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(86_400)),
  depth: v.picklist([0, ...depths]),
});

/**
 * `before` is the previous report, zero at first, so reports add up without an id for the visit. Progress never
 * decreases.
 */
const Report = v.pipe(
  v.object({ path: v.pipe(v.string(), v.maxLength(300)), before: Progress, now: Progress }),
  v.check(({ before, now }) => now.seconds >= before.seconds && now.depth >= before.depth),
);

export type Report = v.InferOutput<typeof Report>;

/** Undefined for an invalid report. */
export function parseReport(text: string): Report | undefined {
  const report = v.safeParse(v.pipe(v.string(), v.parseJson(), Report), text);
  return report.success ? report.output : undefined;
}

/**
 * Limits the seconds that one report adds, in reading times of the chapter. Only a screen left on and touched now and
 * then exceeds it.
 */
const maxReadings = 4;

/** Counts that a report adds. `minutes`: the chapter's reading time. */
export function countsOf({ before, now }: Pick<Report, "before" | "now">, minutes: number): [Measure, number][] {
  const had = new Set(reached(before, minutes));
  const fresh = reached(now, minutes).filter((measure) => !had.has(measure));
  const seconds = Math.min(now.seconds - before.seconds, maxReadings * minutes * 60);
  return [
    ...fresh.map((measure): [Measure, number] => [measure, 1]),
    ...(seconds > 0 ? [["seconds", seconds] as [Measure, number]] : []),
  ];
}

function reached({ seconds, depth }: Progress, minutes: number): Measure[] {
  const isLongEnough = hasReadingTime(seconds, minutes);
  return [
    ...depths.filter((quarter) => quarter <= depth).map((quarter): Measure => `depth-${quarter}`),
    ...(isLongEnough && depth >= 50 ? (["read"] as const) : []),
    ...(isLongEnough && depth >= 100 ? (["finish"] as const) : []),
  ];
}
