/** Reads everything the overview shows, one query for each part. */
import type { Database } from "../../db/database.ts";
import { findOpenQuestions } from "../../editions/chapters/question-queries.ts";
import { countDeliveries } from "../../editions/delivery-counts.ts";
import type { EditionRow } from "../../editions/edition-row.ts";
import { findNewsletter } from "../../editions/newsletter-row.ts";
import { findOpenNotices } from "../../editions/notice-queries.ts";
import type { Quota } from "../../mail/quota.ts";
import { countSubscribers, type SubscriberCount } from "../../subscribers/subscriber-counts.ts";
import type { Words } from "../../ui/words/words.ts";
import { countAccepted, findDoubles, findRecentEditions } from "../editions/edition-queries.ts";
import { type ClarityCount, countFeedback } from "../feedback/feedback-queries.ts";
import { dayOf, daysOf, lastDays, lastMonths, type Period, recentMonths, sameDaysOfLastMonth } from "../period.ts";
import type { Problem } from "../problem.ts";
import type { ChapterAt } from "../questions/chapter-questions.ts";
import { type DayFigures, figuresByDay, figuresByPage, type PageFigures } from "../reading/reading-figures.ts";
import { countByDay, countByPage } from "../reading/reading-queries.ts";
import { type ChangeCount, countChanges } from "../subscribers/subscriber-queries.ts";
import { countEvents, countMessages, findUncertain, findUncertainMessages } from "./problem-queries.ts";
import { findProblems, silenceHours } from "./problems.ts";

const dayMs = 86_400_000;
/** Number of days that chapters and sources are shown for. */
export const recentDays = 30;
/** Editions opened and completed earlier are not checked for bounces and complaints. */
const editionDays = 14;

export interface Overview {
  readonly today: string;
  readonly problems: readonly Problem[];
  /** From the first of last month or `recentDays` ago, whichever is earlier, until today. */
  readonly days: readonly DayFigures[];
  /** Of the last `recentMonths`. */
  readonly changes: readonly ChangeCount[];
  readonly subscribers: readonly SubscriberCount[];
  /** Of the last `recentDays`. */
  readonly pages: PageFigures;
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
  const lastMonth = sameDaysOfLastMonth(today).from;
  const period: Period = { from: lastMonth < recent.from ? lastMonth : recent.from, to: today };
  const [problems, days, pages, changes, subscribers, clarity] = await Promise.all([
    readProblems(db, question),
    countByDay(db, period),
    countByPage(db, recent),
    countChanges(db, { from: `${lastMonths(today, recentMonths)[0]}-01`, to: today }),
    countSubscribers(db, question.now),
    countFeedback(db),
  ]);
  return {
    today,
    problems,
    days: figuresByDay(days, daysOf(period)),
    pages: figuresByPage(pages),
    changes,
    subscribers,
    clarity,
  };
}

/**
 * Reads one row per delivery of the editions of this month and the last fourteen days, and one per webhook event of a
 * week.
 */
export async function readProblems(
  db: Database,
  { now, isOpen, quota, words, titleOf, chapterAt }: OverviewQuestion,
): Promise<Problem[]> {
  const today = dayOf(now);
  const thisMonth = Date.parse(`${today.slice(0, 7)}-01`);
  const weekAgo = now - 7 * dayMs;
  const editions = await findRecentEditions(db, Math.min(thisMonth, now - editionDays * dayMs));
  const ids = editions.map(({ id }) => id);
  const [
    newsletter,
    deliveries,
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
    countDeliveries(db, ids),
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
    now,
    isOpen,
    newsletter,
    editions,
    deliveries,
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
    quota,
    words,
    titleOf,
    chapterAt,
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
