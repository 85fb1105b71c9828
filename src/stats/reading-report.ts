/** What the script of a chapter reports: how far its reader was, and how far now. What it amounts to is decided here. */
import * as v from "valibot";
import { depths, type Measure, readShare } from "./measures.ts";

/** How far a view has come: seconds in view, and per cent of the text in quarters. */
interface Progress {
  readonly seconds: number;
  readonly depth: number;
}

/** A view longer than a day is none. */
const Progress = v.object({
  seconds: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(86_400)),
  depth: v.picklist([0, ...depths]),
});

/**
 * `before` is what the script reported last, nothing at first; so reports add up, and none has to be told from
 * another. Neither goes back.
 */
const Report = v.pipe(
  v.object({ path: v.pipe(v.string(), v.maxLength(300)), before: Progress, now: Progress }),
  v.check(({ before, now }) => now.seconds >= before.seconds && now.depth >= before.depth),
);

export type Report = v.InferOutput<typeof Report>;

/** Nothing for whatever is no report. */
export function parseReport(text: string): Report | undefined {
  const report = v.safeParse(v.pipe(v.string(), v.parseJson(), Report), text);
  return report.success ? report.output : undefined;
}

/** Nobody reads a chapter for longer between two reports; a screen that is left on and touched now and then does. */
const maxReadings = 4;

/** Counts that the report adds, of a chapter that takes so many minutes. */
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
  const isLongEnough = seconds >= readShare * minutes * 60;
  return [
    ...depths.filter((quarter) => quarter <= depth).map((quarter): Measure => `depth-${quarter}`),
    ...(isLongEnough && depth >= 50 ? (["read"] as const) : []),
    ...(isLongEnough && depth >= 100 ? (["finish"] as const) : []),
  ];
}
