/** What `npm run newsletter` lists, read in one go. */
import { sql } from "drizzle-orm";
import * as v from "valibot";
import { type EditionStatus, parseEditions, selectEditions } from "../../editions/actions/edition-status.ts";
import { printStatement, sqlText } from "../sql-text.ts";
import type { Execute } from "../wrangler/d1-execute.ts";
import { type Notice, openNotice, parseNotices, selectNotices } from "./read-notices.ts";
import { type ChapterQuestion, isOpen, parseQuestions, selectQuestions } from "./read-questions.ts";

const Count = v.number();
const NewsletterRow = v.object({
  beganAt: v.string(),
  holdUntil: v.nullable(v.string()),
  holdReason: v.nullable(v.string()),
});
const ReadersRow = v.object({ each: Count, weekly: Count, monthly: Count, paused: Count, pending: Count, gone: Count });
const NewsRow = v.object({ id: v.string() });
const TotalRow = v.object({ count: Count });

/** Undefined before the first run of the cron trigger with an open newsletter. */
export type Newsletter = v.InferOutput<typeof NewsletterRow> | undefined;
/** Confirmed subscribers by what they chose, and how many of them pause; `pending` have not confirmed yet, `gone` have left, bounced, complained or had everything erased. */
type Readers = v.InferOutput<typeof ReadersRow>;

export interface Overview {
  /** Those that are open, the oldest first. */
  readonly open: readonly EditionStatus[];
  /** The latest that are done, up to the limit. */
  readonly done: readonly EditionStatus[];
  /** How many are done in all. */
  readonly doneTotal: number;
  /** Chapters that wait for the author's answer. */
  readonly questions: readonly ChapterQuestion[];
  /** Without those about a stopped edition, which `open` has, and about open questions. */
  readonly notices: readonly Notice[];
  readonly newsletter: Newsletter;
  readonly readers: Readers;
  /** Chapters that are news, and in no edition yet. */
  readonly news: readonly string[];
}

/** The one row of the newsletter itself. */
export const selectNewsletter =
  "SELECT began_at AS beganAt, hold_until AS holdUntil, hold_reason AS holdReason FROM newsletter WHERE id = 1";
export const parseNewsletter = (rows: unknown): Newsletter => v.parse(v.array(NewsletterRow), rows)[0];

/** `now` in ISO 8601; `limit`: how many finished editions are read. */
export async function readOverview(execute: Execute, now: string, limit: number): Promise<Overview> {
  const latest = sql`e.id IN (SELECT id FROM editions WHERE state = 'done' ORDER BY done_at DESC, id DESC LIMIT ${limit})`;
  const time = Date.parse(now);
  const [open, openTallies, done, doneTallies, totals, notices, newsletter, readers, news, questions] = await execute([
    ...selectEditions(sql`e.state IN ('sending', 'stopped')`, sql`e.opened_at, e.id`, time).map(printStatement),
    ...selectEditions(latest, sql`e.done_at DESC, e.id DESC`, time).map(printStatement),
    "SELECT COUNT(*) AS count FROM editions WHERE state = 'done'",
    selectNotices(openNotice),
    selectNewsletter,
    `SELECT ${counted("each", "state = 'confirmed' AND frequency = 'each'")},
        ${counted("weekly", "state = 'confirmed' AND frequency = 'weekly'")},
        ${counted("monthly", "state = 'confirmed' AND frequency = 'monthly'")},
        ${counted("paused", `state = 'confirmed' AND paused_until > ${sqlText(now)}`)},
        ${counted("pending", "state = 'pending'")},
        COUNT(*) FILTER (WHERE state IN ('unsubscribed', 'suppressed')) + (SELECT COUNT(*) FROM suppressions) AS gone
      FROM subscribers`,
    `SELECT chapter_id AS id FROM publications WHERE announced_at IS NOT NULL AND edition_id IS NULL
      ORDER BY published_at, announced_at, chapter_id`,
    selectQuestions,
  ]);
  return {
    open: parseEditions(open, openTallies),
    done: parseEditions(done, doneTallies),
    doneTotal: v.parse(v.tuple([TotalRow]), totals)[0].count,
    questions: parseQuestions(questions).filter(isOpen),
    notices: parseNotices(notices),
    newsletter: parseNewsletter(newsletter),
    readers: v.parse(v.tuple([ReadersRow]), readers)[0],
    news: v.parse(v.array(NewsRow), news).map(({ id }) => id),
  };
}

const counted = (name: string, condition: string): string => `COUNT(*) FILTER (WHERE ${condition}) AS ${name}`;
