/**
 * Computes the figures of a page, a book or the library from the counts of reading-queries.ts. Sums and quotients only.
 */
import { homePage } from "../../library/counted-pages.ts";
import type { DayCount, PageCount } from "./reading-queries.ts";

export const depths = [25, 50, 75, 100] as const;

export interface Figures {
  readonly views: number;
  readonly reads: number;
  readonly finishes: number;
  /** Time in view, summed over all views. */
  readonly seconds: number;
  /** Views that reached each depth, in the order of `depths`. */
  readonly reached: readonly number[];
  /** Views by source. */
  readonly sources: ReadonlyMap<string, number>;
}

const nothing: Figures = { views: 0, reads: 0, finishes: 0, seconds: 0, reached: [0, 0, 0, 0], sources: new Map() };

function figuresOf(counts: readonly PageCount[]): Figures {
  const sum = (measure: PageCount["measure"]) =>
    counts.filter((count) => count.measure === measure).reduce((total, { count }) => total + count, 0);
  const sources = new Map<string, number>();
  for (const { measure, source, count } of counts) {
    if (measure === "view") sources.set(source, (sources.get(source) ?? 0) + count);
  }
  return {
    views: sum("view"),
    reads: sum("read"),
    finishes: sum("finish"),
    seconds: sum("seconds"),
    reached: depths.map((depth) => sum(`depth-${depth}`)),
    sources,
  };
}

export type PageFigures = ReadonlyMap<string, Figures>;

export function figuresByPage(counts: readonly PageCount[]): PageFigures {
  const byPage = Map.groupBy(counts, ({ page }) => page);
  return new Map([...byPage].map(([page, own]) => [page, figuresOf(own)]));
}

export const figuresFor = (pages: PageFigures, page: string): Figures => pages.get(page) ?? nothing;

/** Whether a source is a page of the library: page keys contain a slash, hosts do not. */
export const isPage = (source: string): boolean => source === homePage || source.includes("/");

/** Views of `page` that came from the page `from`. */
export const wentOn = (pages: PageFigures, from: string, page: string): number =>
  figuresFor(pages, page).sources.get(from) ?? 0;

export interface Flow {
  readonly name: string;
  readonly count: number;
}

const mostFirst = (a: Flow, b: Flow): number => b.count - a.count || (a.name < b.name ? -1 : 1);

/** Pages of the library that readers opened from a page. */
export const wentTo = (pages: PageFigures, from: string): Flow[] =>
  [...pages]
    .map(([name, { sources }]) => ({ name, count: sources.get(from) ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort(mostFirst);

/** External sources: hosts, the newsletter, and unknown. */
export const fromOutside = ({ sources }: Pick<Figures, "sources">): Flow[] => flows(sources, false);

/** Internal sources: pages of the library. */
export const fromWithin = ({ sources }: Pick<Figures, "sources">): Flow[] => flows(sources, true);

const flows = (sources: Figures["sources"], within: boolean): Flow[] =>
  [...sources]
    .map(([name, count]) => ({ name, count }))
    .filter(({ name }) => isPage(name) === within)
    .sort(mostFirst);

/** Median reading depth in per cent, interpolated linearly between the measured depths. Undefined without views. */
export function medianDepth({ views, reached }: Pick<Figures, "views" | "reached">): number | undefined {
  if (views === 0) return undefined;
  const marks = [
    { depth: 0, share: 1 },
    ...depths.map((depth, index) => ({ depth, share: (reached[index] ?? 0) / views })),
  ];
  for (const [index, mark] of marks.entries()) {
    if (mark.share >= 0.5) continue;
    const before = marks[index - 1] ?? { depth: 0, share: 1 };
    return before.depth + ((mark.depth - before.depth) * (before.share - 0.5)) / (before.share - mark.share);
  }
  return 100;
}

export interface DayFigures {
  readonly day: string;
  readonly views: number;
  readonly reads: number;
  readonly finishes: number;
}

/** One entry per day, in their order; zeros for a day without counts. */
export function figuresByDay(counts: readonly DayCount[], days: readonly string[]): DayFigures[] {
  const known = new Map(counts.map(({ day, measure, count }) => [`${day} ${measure}`, count]));
  const of = (day: string, measure: string) => known.get(`${day} ${measure}`) ?? 0;
  return days.map((day) => ({ day, views: of(day, "view"), reads: of(day, "read"), finishes: of(day, "finish") }));
}

export const sumOfDays = (days: readonly DayFigures[]): Omit<DayFigures, "day"> => ({
  views: days.reduce((sum, { views }) => sum + views, 0),
  reads: days.reduce((sum, { reads }) => sum + reads, 0),
  finishes: days.reduce((sum, { finishes }) => sum + finishes, 0),
});
