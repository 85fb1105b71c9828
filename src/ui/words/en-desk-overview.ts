/** Words the overview of the desk in English: part of the section `desk` of en.ts. */
import { counted, number, plural } from "./en-formats.ts";
import type { Mark, Parts } from "./parts.ts";

const days = { one: "day", other: "days" };
const pages = { one: "page", other: "pages" };
const subscribers = { one: "subscriber", other: "subscribers" };
const views = { one: "view", other: "views" };
const weeks = { one: "week", other: "weeks" };

export const deskOverview = {
  overview: {
    attention: "Needs your attention",
    noAttention: "Nothing needs your attention",
    normal:
      "No edition has stopped, there are no open notices, and bounces, complaints, quota, webhooks and the cron trigger all look normal.",
    nothingToWatch: "The newsletter is off, so there is nothing to watch yet. The README explains how to turn it on.",
    dismiss: "Dismiss",
    /** How yesterday went and what needs attention. Each clause is one of those below. */
    sentence: (clauses: readonly string[]) => `${clauses.join("; ")}.`,
    /** `share`: of the views of chapters; undefined if no chapter was viewed. */
    viewsYesterday: (viewCount: number, share: string | undefined) =>
      `Yesterday ${counted(viewCount, views)}${share === undefined ? "" : `, ${share} read`}`,
    noViewsYesterday: "No views yesterday",
    viewsToday: (viewCount: number) => `${counted(viewCount, views)} so far today`,
    noViewsYet: "No views yet",
    subscribersNow: (count: number) => (count === 0 ? "no subscribers yet" : counted(count, subscribers)),
    editionsNeedAttention: (count: number) =>
      plural(count, { one: "one edition needs attention", other: `${number(count)} editions need attention` }),
    itemsNeedAttention: (count: number) =>
      plural(count, { one: "one item needs attention", other: `${number(count)} items need attention` }),
    nothingNeedsAttention: "nothing needs attention",
    weeks: (count: number) => `The last ${counted(count, weeks)}`,
    weeksNote:
      "Weeks are from Monday to Sunday, in UTC; this week, in a paler colour, is not over. An email counts in the week in which its edition was opened.",
    measuresByWeek: {
      views: "Views",
      reads: "Reads",
      subscribers: "Subscribers",
      delivered: "Emails delivered",
    },
    byWeek: (measure: string) => `${measure} by week`,
    week: "Week",
    thisWeek: "This week",
    /** `change`: `+4 %`. */
    lastWeek: (change: string | undefined) => (change === undefined ? "last week" : `last week, ${change}`),
    thisWeekSoFar: "this week so far",
    /** `difference`: `+38`. */
    sinceWeeks: (difference: string, count: number) => `${difference} in ${counted(count, weeks)}`,
    inWeeks: (count: number) => `in ${counted(count, weeks)}`,
    point: (week: string, count: string) => `${week}: ${count}`,
    peak: (count: string, week: string) => `Highest: ${count}, ${week}.`,
    yesterday: "Yesterday",
    todayUntil: (time: string) => `Today until ${time}`,
    yesterdayNote:
      "Compared with the same day a week earlier. Counts have a date but no time, so today cannot be compared until it is over.",
    change: "Change",
    noViews: <Piece>(count: number, chapter: Mark<Piece>): Parts<Piece> => [
      `No views in the last ${counted(count, days)}. Open a `,
      chapter("chapter"),
      " and it appears here within a minute.",
    ],
    chapters: "Chapters",
    chaptersCaption: (count: number, question: string) =>
      `The last ${counted(count, days)}. A read lasts at least half the reading time and reaches half the text; a completion reaches the end. Answers to “${question}” are all-time.`,
    /** The chapters with the most views. */
    mostViewed: (count: number) => `${number(count)} most viewed`,
    allPages: (count: number) => `All ${counted(count, pages)}`,
    /** `day`: the one with the most views. */
    trend: (name: string, peak: number, day: string) => `${name}: at most ${counted(peak, views)} a day, on ${day}`,
    noTrend: (name: string) => `${name}: no views`,
    sources: "Traffic sources",
    sourcesCaption: (viewCount: number, dayCount: number) =>
      `Of ${counted(viewCount, views)} in ${counted(dayCount, days)}`,
    from: "From",
    noSources: "When a reader follows a link from another site, its host name (and nothing more) appears here.",
  },
};
