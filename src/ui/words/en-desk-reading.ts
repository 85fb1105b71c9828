/** Words the reading statistics of the desk in English: part of the section `desk` of en.ts. */
import { counted, date, number } from "./en-formats.ts";
import type { Mark, Parts } from "./parts.ts";

const answers = { one: "answer", other: "answers" };
const completions = { one: "completion", other: "completions" };
const corrections = { one: "correction", other: "corrections" };
const days = { one: "day", other: "days" };
const reads = { one: "read", other: "reads" };
const views = { one: "view", other: "views" };

const shortDay = date({ day: "numeric", month: "short" });
const month = date({ month: "long", year: "numeric" });
const year = (instant: string): string => instant.slice(0, 4);

export const deskReading = {
  /** Names of columns and rows with numbers. */
  measures: {
    views: "Views",
    reads: "Reads",
    completions: "Completions",
    share: "Share",
    newSubscribers: "New subscribers",
    lostSubscribers: "Lost subscribers",
  },

  reading: {
    lead: "Views are counted on the server. Reads, completions and depth come from the page's script, so a reader without JavaScript counts only as a view. Days are in UTC.",
    period: "Period",
    /** By number of days. */
    spans: { 30: "30 days", 90: "90 days", 364: "52 weeks" },
    all: "All pages",
    allChart: "Views and reads of all pages",
    noViewsYet:
      "No views in this period. A view appears here within a minute; your own visits count too, unless your browser sends Do Not Track.",
    /** `share`: of the views of chapters, if others are among them. */
    totals: <Piece>(
      viewCount: number,
      readCount: number,
      share: string,
      hasOthers: boolean,
      completionCount: number,
      strong: Mark<Piece>,
    ): Parts<Piece> => [
      strong(number(viewCount)),
      " views, ",
      strong(number(readCount)),
      ` reads (${share}${hasOthers ? " of chapters' views" : ""}), `,
      strong(number(completionCount)),
      " completions",
    ],
    atHome: (count: number) => `${counted(count, views)} of the home page included: it has no text to read through.`,
    byChapter: "By chapter:",
    nothingPublished: "No chapter of this book is published yet.",
    notViewed:
      "No chapter of this book was viewed in this period. Once there are views, you can see here how far readers get.",
    /** Headings of the table of chapters. */
    heads: {
      chapter: "Chapter",
      views: "Views",
      reads: "Reads",
      finishes: "Completions",
      share: "Read",
      clear: "Clear",
    },
    /** Heading of the column of small charts. */
    trend: (dayCount: number) => `${counted(dayCount, days)}`,
    others: (count: number) => `${number(count)} others`,
  },

  /** Words of searches without results. */
  searches: {
    title: "Searched for, not found",
    none: "No words this month or last month. A word appears here once three different readers have searched for it and found nothing.",
    notCounted: "Searches are not counted: set TOKEN_KEYS.",
    month: (day: string) => month(day),
    word: "Word",
    count: "Searches",
  },

  /** Views and reads by day, or by week. */
  daysChart: {
    noViews: (dayCount: number) => `No views in ${counted(dayCount, days)}.`,
    /** `day`: the day with the most views, or the first day of that week. */
    words: (viewCount: number, readCount: number, dayCount: number, peak: number, day: string, isByWeek: boolean) =>
      `${counted(viewCount, views)} and ${counted(readCount, reads)} in ${counted(dayCount, days)}; peak: ${counted(peak, views)} ${isByWeek ? "in the week from" : "on"} ${day}.`,
    viewsByWeek: "Views, by week",
    day: "Day",
    week: "Week",
    weekFrom: (day: string) => `Week from ${shortDay(day)} ${year(day)}`,
    column: (name: string, viewCount: number, readCount: number) =>
      `${name}: ${counted(viewCount, views)}, ${counted(readCount, reads)}`,
  },

  depthChart: {
    title: "Reading depth",
    words: (viewCount: number, reached: string) => `Of ${counted(viewCount, views)}: ${reached}.`,
    reached: (share: string, depth: number) => `${share} reached ${depth} %`,
    depth: "Depth",
    shareOfViews: "Share of views",
    /** By percentage. */
    depths: { 25: "A quarter", 50: "Half", 75: "Three quarters", 100: "The end" },
    row: (name: string, depth: number) => `${name} (${depth} %)`,
  },

  /** From one chapter of a book to the next. */
  funnel: {
    title: (book: string) => `Reading funnel: ${book}`,
    none: "No chapters.",
    chapter: "Chapter",
    words: (count: number, first: string, firstViews: number, last: string, lastViews: number) =>
      `${number(count)} chapters. ${first}: ${counted(firstViews, views)}; ${last}: ${counted(lastViews, views)}.`,
    extremes: (most: string, mostShare: string, least: string, leastShare: string) =>
      `Highest continuation: ${most} (${mostShare}); lowest: ${least} (${leastShare}).`,
    continuedLegend: "continued to the next",
    continuedHead: "Continued to the next",
    continuedCell: (count: number, share: string) => `${number(count)} (${share})`,
    continued: (share: string) => `${share} continued`,
    stage: (title: string, viewCount: number, readCount: number, completionCount: number) =>
      `${title}: ${counted(viewCount, views)}, ${counted(readCount, reads)}, ${counted(completionCount, completions)}`,
  },

  /** The numbers of one chapter. */
  chapter: {
    lead: (book: string, minutes: number) =>
      `${book}, ${counted(minutes, { one: "minute", other: "minutes" })} to read. Days are in UTC.`,
    leadUnpublished: (book: string) => `${book}, no longer published. Days are in UTC.`,
    noViews: "No views in this period.",
    daily: "Views per day",
    dailyChart: (title: string) => `Views and reads of ${title}`,
    referrers: "Referrers",
    external: "External",
    from: "From",
    noReferrers: "All views came from other pages of the library.",
    page: "Page",
    previous: "From other pages of the library",
    previousCaption: "Previous page",
    noPrevious: "No views came from other pages.",
    next: "Next pages",
    nextCaption: "Next page within the library",
    noNext: "No one continued to another page of the library.",
    ofViews: (share: string) => `${share} of views`,
    averageTime: "Average time on page",
    ofReadingTime: (share: string) => `${share} of the reading time`,
    perView: "per view",
    halfReached: "Half of all views reached",
    depth: (depth: number) => `${number(depth)} %`,
    ofText: "of the text",
    saidYes: <Piece>(yes: number, all: number, share: string, strong: Mark<Piece>): Parts<Piece> => [
      strong(number(yes)),
      ` of ${counted(all, answers)} (${share}) said yes, all time.`,
    ],
    noAnswers: "No answers. The question is at the end of each chapter.",
    allAnswers: "All answers about this chapter",
    /** Heading of what the author has changed since publication. */
    changes: (count: number, corrected: number) =>
      `Changes (${number(count)}${corrected === 0 ? "" : `, including ${counted(corrected, corrections)}`})`,
  },
};
