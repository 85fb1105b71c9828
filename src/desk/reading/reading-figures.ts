/** What the counts of reading-queries.ts say about a page, a book, the library. Sums and quotients only. */
import { homePage } from "../../library/counted-pages.ts";
import type { DayCount, PageCount } from "./reading-queries.ts";

export const depths = [25, 50, 75, 100] as const;

export interface Figures {
  readonly views: number;
  readonly reads: number;
  readonly finishes: number;
  /** In view, of all views together. */
  readonly seconds: number;
  /** Views that came so far down: in the order of `depths`. */
  readonly reached: readonly number[];
  /** Views by where they came from. */
  readonly sources: ReadonlyMap<string, number>;
}

const nothing: Figures = { views: 0, reads: 0, finishes: 0, seconds: 0, reached: [0, 0, 0, 0], sources: new Map() };

/** Of these counts together. */
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

/** Where a view came from. Names of pages have a slash, and names of hosts have none. */
export const isPage = (source: string): boolean => source === homePage || source.includes("/");

/** Views that came to `page` from `from`, a page of the library. */
export const wentOn = (pages: PageFigures, from: string, page: string): number =>
  figuresFor(pages, page).sources.get(from) ?? 0;

export interface Flow {
  readonly name: string;
  readonly count: number;
}

const mostFirst = (a: Flow, b: Flow): number => b.count - a.count || (a.name < b.name ? -1 : 1);

/** Where readers went from a page, within the library. */
export const wentTo = (pages: PageFigures, from: string): Flow[] =>
  [...pages]
    .map(([name, { sources }]) => ({ name, count: sources.get(from) ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort(mostFirst);

/** Sources from outside the library: hosts, the newsletter, and nothing that is known. */
export const fromOutside = ({ sources }: Pick<Figures, "sources">): Flow[] => flows(sources, false);

/** Pages of the library that views came from. */
export const fromWithin = ({ sources }: Pick<Figures, "sources">): Flow[] => flows(sources, true);

const flows = (sources: Figures["sources"], within: boolean): Flow[] =>
  [...sources]
    .map(([name, count]) => ({ name, count }))
    .filter(({ name }) => isPage(name) === within)
    .sort(mostFirst);

/**
 * How far down the text half of the views came, in per cent: between two marks it is taken to fall evenly. Nothing
 * without views.
 */
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

/** For each of these days, in their order; a day on which nothing was counted has zeros. */
export function figuresByDay(counts: readonly DayCount[], days: readonly string[]): DayFigures[] {
  const known = new Map(counts.map(({ day, measure, count }) => [`${day} ${measure}`, count]));
  const of = (day: string, measure: string) => known.get(`${day} ${measure}`) ?? 0;
  return days.map((day) => ({ day, views: of(day, "view"), reads: of(day, "read"), finishes: of(day, "finish") }));
}

/** Of several days together. */
export const sumOfDays = (days: readonly DayFigures[]): Omit<DayFigures, "day"> => ({
  views: days.reduce((sum, { views }) => sum + views, 0),
  reads: days.reduce((sum, { reads }) => sum + reads, 0),
  finishes: days.reduce((sum, { finishes }) => sum + finishes, 0),
});
