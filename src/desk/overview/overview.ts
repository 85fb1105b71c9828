/** Reads everything the overview shows, one query for each part. */
import { sql } from "drizzle-orm";
import type { Database } from "../../db/database.ts";
import { findOpenQuestions } from "../../editions/chapters/question-queries.ts";
import { countDeliveries, type DeliveryCount } from "../../editions/delivery-counts.ts";
import type { EditionRow } from "../../editions/edition-row.ts";
import { findNewsletter } from "../../editions/newsletter-row.ts";
import { findOpenNotices } from "../../editions/notice-queries.ts";
import { homePage } from "../../library/counted-pages.ts";
import type { Quota } from "../../mail/quota.ts";
import { countSubscribers, type SubscriberCount, subscribersIn } from "../../subscribers/subscriber-counts.ts";
import type { Words } from "../../ui/words/words.ts";
import { countAccepted, findDoubles, findRecentEditions, isAmongFirst, isRecent } from "../editions/edition-queries.ts";
import { type ClarityCount, countFeedback } from "../feedback/feedback-queries.ts";
import { addDays, dayOf, daysOf, lastDays, lastWeeks, type Period, recentWeeks } from "../period.ts";
import type { Problem } from "../problem.ts";
import {
  type DayFigures,
  figuresByDay,
  figuresByPage,
  type PageFigures,
  sumOfDays,
} from "../reading/reading-figures.ts";
import { countByDay, countByPage, countMostViewed, countPageByDay } from "../reading/reading-queries.ts";
import { type ChangeCount, countChanges } from "../subscribers/subscriber-queries.ts";
import { countEvents, countMessages, findUncertain, findUncertainMessages, noMessages } from "./problem-queries.ts";
import { type Facts, findProblems, silenceHours } from "./problems.ts";
import { figuresByWeek, type WeekFigures } from "./week-figures.ts";

const dayMs = 86_400_000;
/** Number of days that chapters and sources are shown for. */
export const recentDays = 30;
/** Number of chapters in the short table, with a small chart of `recentDays` each. */
export const chaptersShown = 10;
/** Editions opened and completed earlier are not checked for bounces and complaints. */
const editionDays = 14;
/** Maximum number of deliveries read for the chart by week only; each is a row. */
const maxOldDeliveries = 50_000;

export interface Overview {
  readonly today: string;
  readonly problems: readonly Problem[];
  /** Of the last `recentWeeks`. */
  readonly days: readonly DayFigures[];
  /** Of the last `recentWeeks`, too. */
  readonly changes: readonly ChangeCount[];
  readonly weeks: readonly WeekFigures[];
  readonly homeViewsYesterday: number;
  readonly subscribers: readonly SubscriberCount[];
  /** Of the last `recentDays`. */
  readonly pages: PageFigures;
  /** Views by day in that time, of the `chaptersShown` with the most views. */
  readonly trends: ReadonlyMap<string, readonly number[]>;
  readonly clarity: readonly ClarityCount[];
}

export interface OverviewQuestion {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly isOpen: boolean;
  readonly quota: Quota;
  readonly words: Words;
  /** Known as soon as the first call is answered, which also reads the identities of chapters. */
  readonly names: Promise<Names>;
}
type Names = Pick<Facts, "titleOf" | "chapterAt">;

/** Asks for everything that no other answer decides at the same time, so it is one call of D1. */
export async function readOverview(db: Database, question: OverviewQuestion): Promise<Overview> {
  const today = dayOf(question.now);
  const yesterday = addDays(today, -1);
  const recent = lastDays(today, recentDays);
  const weeks = lastWeeks(today, recentWeeks);
  // Includes last month, which this month is compared with.
  const period: Period = { from: weeks[0]?.from ?? today, to: today };
  const [names, subscribers, sent, facts, days, pages, trends, changes, clarity, homeDays] = await Promise.all([
    question.names,
    countSubscribers(db, question.now),
    readSent(db, question.now, Date.parse(period.from)),
    readFacts(db, question.now),
    countByDay(db, period),
    countByPage(db, recent),
    countMostViewed(db, recent, chaptersShown),
    countChanges(db, period),
    countFeedback(db),
    countPageByDay(db, homePage, { from: yesterday, to: yesterday }),
  ]);
  const confirmed = subscribersIn(subscribers, ({ state }) => state === "confirmed");
  const figures = figuresByDay(days, daysOf(period));
  const byPage = figuresByPage(pages);
  return {
    today,
    problems: problemsAmong({ ...question, ...names, ...facts }, sent),
    days: figures,
    pages: byPage,
    changes,
    weeks: figuresByWeek(weeks, {
      days: figures,
      changes,
      confirmedNow: confirmed,
      ...sent,
      deliveriesSince: deliveriesSince(sent.editions, { now: question.now, from: period.from, confirmed }),
    }),
    homeViewsYesterday: sumOfDays(figuresByDay(homeDays, [yesterday])).views,
    subscribers,
    trends,
    clarity,
  };
}

/** Problems are looked for among the editions since then (milliseconds). */
const problemsSince = (now: number): number =>
  Math.min(Date.parse(`${dayOf(now).slice(0, 7)}-01`), now - editionDays * dayMs);

/** As the condition `isRecent`. */
const isStillRecent = ({ state, openedAt, doneAt }: EditionRow, since: number): boolean =>
  state !== "done" || Date.parse(openedAt) >= since || (doneAt !== null && Date.parse(doneAt) >= since);

interface Sent {
  /** Newest first. */
  readonly editions: readonly EditionRow[];
  readonly deliveries: readonly DeliveryCount[];
}

/**
 * The editions with their deliveries. Old ones, which only the chart by week shows, are counted until `maxOldDeliveries`
 * may have been read. `since`: of the chart, in milliseconds.
 */
async function readSent(db: Database, now: number, since: number): Promise<Sent> {
  const problems = problemsSince(now);
  const shown = Math.min(since, problems);
  const [editions, deliveries] = await Promise.all([
    findRecentEditions(db, shown),
    countDeliveries(
      db,
      sql`(${isRecent(problems)} OR ${isAmongFirst(sql`${isRecent(shown)} AND NOT ${isRecent(problems)}`, maxOldDeliveries)})`,
    ),
  ]);
  return { editions, deliveries };
}

/** The first day of which all editions were counted: the day after the first edition that `isAmongFirst` omits. */
function deliveriesSince(
  editions: readonly EditionRow[],
  { now, from, confirmed }: { readonly now: number; readonly from: string; readonly confirmed: number },
): string {
  const old = editions.filter((edition) => !isStillRecent(edition, problemsSince(now)));
  const omitted = old[Math.floor(maxOldDeliveries / Math.max(1, confirmed))];
  return omitted ? addDays(dayOf(Date.parse(omitted.openedAt)), 1) : from;
}

/**
 * Reads one row per delivery of the editions of this month and the last fourteen days, and one per webhook event of a
 * week.
 */
export async function readProblems(db: Database, question: OverviewQuestion): Promise<Problem[]> {
  const { now } = question;
  const [names, sent, facts] = await Promise.all([question.names, readSent(db, now, now), readFacts(db, now)]);
  return problemsAmong({ ...question, ...names, ...facts }, sent);
}

function problemsAmong(facts: Omit<Facts, keyof Sent>, sent: Sent): Problem[] {
  const editions = sent.editions.filter((edition) => isStillRecent(edition, problemsSince(facts.now)));
  const ids = editions.map(({ id }) => id);
  const deliveries = sent.deliveries.filter(({ edition }) => ids.includes(edition));
  return findProblems({ ...facts, editions, deliveries });
}

/** What the rules of problems.ts need besides the editions and their deliveries. */
type ReadFacts = Omit<Facts, keyof Sent | keyof OverviewQuestion | keyof Names>;

async function readFacts(db: Database, now: number): Promise<ReadFacts> {
  const today = dayOf(now);
  const weekAgo = now - 7 * dayMs;
  const times = [weekAgo - 2 * dayMs, Date.parse(today), Date.parse(`${today.slice(0, 7)}-01`)];
  const recent = isRecent(problemsSince(now));
  const [newsletter, doubles, questions, uncertain, uncertainMessages, notices, events, messages, copies] =
    await Promise.all([
      findNewsletter(db),
      findDoubles(db, recent),
      findOpenQuestions(db),
      findUncertain(db),
      findUncertainMessages(db),
      findOpenNotices(db),
      countEvents(db, weekAgo),
      countMessages(db, [[weekAgo, now - silenceHours * 3_600_000], ...times.map((since) => [since, now] as const)]),
      countAccepted(db, recent, times),
    ]);
  const [messagesBefore = noMessages, ...since] = messages;
  const [emailsAccepted = 0, emailsToday = 0, emailsThisMonth = 0] = copies.map(
    (count, index) => count + (since[index]?.accepted ?? 0),
  );
  return {
    newsletter,
    doubles,
    questions,
    uncertain,
    uncertainMessages,
    notices,
    events,
    messagesBefore,
    emailsAccepted,
    emailsToday,
    emailsThisMonth,
  };
}
