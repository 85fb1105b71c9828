/** Reads everything that `npm run newsletter` lists, in one call of wrangler. */
import { sql } from "drizzle-orm";
import * as v from "valibot";
import { type EditionStatus, parseEditions, selectEditions } from "../../editions/actions/edition-status.ts";
import { queuedChapters } from "../../editions/chapters/publications.ts";
import {
  type ChapterQuestion,
  isUnanswered,
  parseQuestions,
  selectQuestions,
} from "../../editions/chapters/question-queries.ts";
import { type Newsletter, parseNewsletter, selectNewsletter } from "../../editions/newsletter-row.ts";
import { type Notice, parseNotices } from "../../editions/notice-queries.ts";
import {
  parseSubscriberCounts,
  type SubscriberCount,
  selectSubscriberCounts,
  subscribersIn,
} from "../../subscribers/subscriber-counts.ts";
import { printStatement } from "../sql-text.ts";
import type { Execute } from "../wrangler/d1-execute.ts";
import { openNotices } from "./read-notices.ts";

const Total = v.tuple([v.object({ count: v.number() })]);
const NewsRow = v.object({ id: v.string() });

interface SubscriberTotals {
  /** Confirmed subscribers by frequency. */
  readonly each: number;
  readonly weekly: number;
  readonly monthly: number;
  /** How many of them are paused. */
  readonly paused: number;
  /** Awaiting confirmation. */
  readonly pending: number;
  /** Unsubscribed, bounced, marked as spam, or erased. */
  readonly gone: number;
}

export interface Overview {
  /** Open editions, oldest first. */
  readonly open: readonly EditionStatus[];
  /** Latest completed editions, up to the limit. */
  readonly done: readonly EditionStatus[];
  /** Number of all completed editions. */
  readonly doneTotal: number;
  /** Unanswered questions about chapters. */
  readonly questions: readonly ChapterQuestion[];
  /** Without notices about stopped editions and open questions, which are listed themselves. */
  readonly notices: readonly Notice[];
  readonly newsletter: Newsletter;
  readonly subscribers: SubscriberTotals;
  /** Chapters that are announced and not in an edition yet. */
  readonly news: readonly string[];
}

/** `now` in ISO 8601; `limit`: how many completed editions to read. */
export async function readOverview(execute: Execute, now: string, limit: number): Promise<Overview> {
  const latest = sql`e.id IN (SELECT id FROM editions WHERE state = 'done' ORDER BY done_at DESC, id DESC LIMIT ${limit})`;
  const time = Date.parse(now);
  const [open, openCounts, done, doneCounts, totals, notices, newsletter, subscribers, erased, news, questions] =
    await execute(
      [
        ...selectEditions(sql`e.state IN ('sending', 'stopped')`, sql`e.opened_at, e.id`, time),
        ...selectEditions(latest, sql`e.done_at DESC, e.id DESC`, time),
        sql`SELECT COUNT(*) AS count FROM editions WHERE state = 'done'`,
        openNotices,
        selectNewsletter,
        selectSubscriberCounts(time),
        sql`SELECT COUNT(*) AS count FROM suppressions`,
        queuedChapters,
        selectQuestions(isUnanswered),
      ].map(printStatement),
    );
  return {
    open: parseEditions(open, openCounts),
    done: parseEditions(done, doneCounts),
    doneTotal: v.parse(Total, totals)[0].count,
    questions: parseQuestions(questions),
    notices: parseNotices(notices),
    newsletter: parseNewsletter(newsletter),
    subscribers: totalsOf(parseSubscriberCounts(subscribers), v.parse(Total, erased)[0].count),
    news: v.parse(v.array(NewsRow), news).map(({ id }) => id),
  };
}

function totalsOf(counts: readonly SubscriberCount[], erased: number): SubscriberTotals {
  const confirmed = (isCounted: (count: SubscriberCount) => boolean) =>
    subscribersIn(counts, (count) => count.state === "confirmed" && isCounted(count));
  return {
    each: confirmed(({ frequency }) => frequency === "each"),
    weekly: confirmed(({ frequency }) => frequency === "weekly"),
    monthly: confirmed(({ frequency }) => frequency === "monthly"),
    paused: confirmed(({ isPaused }) => isPaused),
    pending: subscribersIn(counts, ({ state }) => state === "pending"),
    gone: subscribersIn(counts, ({ state }) => state === "unsubscribed" || state === "suppressed") + erased,
  };
}
