/** Reads everything the overview shows, one query for each part. */
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
import { countAccepted, findDoubles, findRecentEditions } from "../editions/edition-queries.ts";
import { type ClarityCount, countFeedback } from "../feedback/feedback-queries.ts";
import { addDays, dayOf, daysOf, lastDays, lastWeeks, type Period, recentWeeks } from "../period.ts";
import type { Problem } from "../problem.ts";
import type { ChapterAt } from "../questions/chapter-questions.ts";
import {
  type DayFigures,
  figuresByDay,
  figuresByPage,
  mostViewed,
  type PageFigures,
  sumOfDays,
} from "../reading/reading-figures.ts";
import { countByDay, countByPage, countPageByDay, countViewsByDay } from "../reading/reading-queries.ts";
import { type ChangeCount, countChanges } from "../subscribers/subscriber-queries.ts";
import { countEvents, countMessages, findUncertain, findUncertainMessages } from "./problem-queries.ts";
import { findProblems, silenceHours } from "./problems.ts";
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
  readonly titleOf: (edition: EditionRow) => string;
  readonly chapterAt: ChapterAt;
}

export async function readOverview(db: Database, question: OverviewQuestion): Promise<Overview> {
  const today = dayOf(question.now);
  const recent = lastDays(today, recentDays);
  const weeks = lastWeeks(today, recentWeeks);
  // Includes last month, which this month is compared with.
  const period: Period = { from: weeks[0]?.from ?? today, to: today };
  const since = Date.parse(period.from);
  const [subscribers, editions] = await Promise.all([
    countSubscribers(db, question.now),
    findRecentEditions(db, Math.min(since, problemsSince(question.now))),
  ]);
  const confirmed = subscribersIn(subscribers, ({ state }) => state === "confirmed");
  const sent = await readSent(db, editions, { now: question.now, since, confirmed });
  const [problems, days, pages, changes, clarity, homeDays] = await Promise.all([
    problemsAmong(db, question, sent),
    countByDay(db, period),
    countByPage(db, recent),
    countChanges(db, period),
    countFeedback(db),
    countPageByDay(db, homePage, { from: addDays(today, -1), to: addDays(today, -1) }),
  ]);
  const figures = figuresByDay(days, daysOf(period));
  const byPage = figuresByPage(pages);
  return {
    today,
    problems,
    days: figures,
    pages: byPage,
    changes,
    weeks: figuresByWeek(weeks, { days: figures, changes, confirmedNow: confirmed, ...sent }),
    homeViewsYesterday: sumOfDays(figuresByDay(homeDays, [addDays(today, -1)])).views,
    subscribers,
    trends: await countViewsByDay(db, mostViewed(byPage, chaptersShown), recent),
    clarity,
  };
}

/** Problems are looked for among the editions since then (milliseconds). */
const problemsSince = (now: number): number =>
  Math.min(Date.parse(`${dayOf(now).slice(0, 7)}-01`), now - editionDays * dayMs);

/** As `findRecentEditions`. */
const isRecent = ({ state, openedAt, doneAt }: EditionRow, since: number): boolean =>
  state !== "done" || Date.parse(openedAt) >= since || (doneAt !== null && Date.parse(doneAt) >= since);

interface Sent {
  /** Newest first. */
  readonly editions: readonly EditionRow[];
  readonly deliveries: readonly DeliveryCount[];
  /** Editions opened before this day were not counted. */
  readonly deliveriesSince: string;
}

/**
 * The editions with their deliveries. Old ones, which only the chart by week shows, are counted until `maxOldDeliveries`
 * may have been read. `since`: of the chart, in milliseconds.
 */
async function readSent(
  db: Database,
  editions: readonly EditionRow[],
  { now, since, confirmed }: { readonly now: number; readonly since: number; readonly confirmed: number },
): Promise<Sent> {
  const old = editions.filter((edition) => !isRecent(edition, problemsSince(now)));
  const omitted = old.slice(Math.floor(maxOldDeliveries / Math.max(1, confirmed)));
  const ids = editions.filter((edition) => !omitted.includes(edition)).map(({ id }) => id);
  const deliveriesSince = omitted[0] ? addDays(dayOf(Date.parse(omitted[0].openedAt)), 1) : dayOf(since);
  return { editions, deliveries: await countDeliveries(db, ids), deliveriesSince };
}

/**
 * Reads one row per delivery of the editions of this month and the last fourteen days, and one per webhook event of a
 * week.
 */
export async function readProblems(db: Database, question: OverviewQuestion): Promise<Problem[]> {
  const { now } = question;
  const editions = await findRecentEditions(db, problemsSince(now));
  return problemsAmong(db, question, await readSent(db, editions, { now, since: now, confirmed: 0 }));
}

async function problemsAmong(db: Database, question: OverviewQuestion, sent: Sent): Promise<Problem[]> {
  const { now, ...rest } = question;
  const today = dayOf(now);
  const thisMonth = Date.parse(`${today.slice(0, 7)}-01`);
  const weekAgo = now - 7 * dayMs;
  const editions = sent.editions.filter((edition) => isRecent(edition, problemsSince(now)));
  const ids = editions.map(({ id }) => id);
  const [
    newsletter,
    doubles,
    questions,
    uncertain,
    uncertainMessages,
    notices,
    events,
    messagesBefore,
    [emailsAccepted = 0, emailsToday = 0, emailsThisMonth = 0],
  ] = await Promise.all([
    findNewsletter(db),
    findDoubles(db, editions),
    findOpenQuestions(db),
    findUncertain(db),
    findUncertainMessages(db),
    findOpenNotices(db),
    countEvents(db, weekAgo),
    countMessages(db, weekAgo, now - silenceHours * 3_600_000),
    countEmailsSince(db, ids, now, [weekAgo - 2 * dayMs, Date.parse(today), thisMonth]),
  ]);
  return findProblems({
    ...rest,
    now,
    newsletter,
    editions,
    deliveries: sent.deliveries.filter(({ edition }) => ids.includes(edition)),
    doubles,
    questions,
    uncertain,
    uncertainMessages,
    notices,
    events,
    emailsAccepted,
    messagesBefore,
    emailsToday,
    emailsThisMonth,
  });
}

/** Emails accepted since each of `times`. `editions`: ids of all editions that may have sent emails since then. */
async function countEmailsSince(
  db: Database,
  editions: readonly string[],
  now: number,
  times: readonly number[],
): Promise<number[]> {
  const [copies, messages] = await Promise.all([
    countAccepted(db, editions, times),
    Promise.all(times.map((since) => countMessages(db, since, now))),
  ]);
  return times.map((_, index) => (copies[index] ?? 0) + (messages[index]?.accepted ?? 0));
}
