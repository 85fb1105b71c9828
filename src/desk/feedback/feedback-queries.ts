/** Counts and reads answers to "Was this clear?". */
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/database.ts";

export interface ClarityCount {
  readonly page: string;
  readonly clear: number;
  readonly unclear: number;
  /** Of these, those without a comment. */
  readonly silentClear: number;
  readonly silentUnclear: number;
}

/** All pages, all time: answers are few, and valid until the chapter is changed. */
export const countFeedback = (db: Database): Promise<ClarityCount[]> =>
  db.all<ClarityCount>(sql`SELECT page, SUM(clear) AS clear, SUM(1 - clear) AS unclear,
    SUM(clear * (words IS NULL)) AS silentClear, SUM((1 - clear) * (words IS NULL)) AS silentUnclear
    FROM feedback GROUP BY page`);

export interface Answer {
  readonly id: string;
  readonly page: string;
  readonly at: string;
  readonly clear: boolean;
  readonly words: string | null;
  readonly archivedAt: string | null;
}

export interface FeedbackFilter {
  readonly page?: string | undefined;
  readonly clear?: boolean | undefined;
  /** Only answers that are not archived. */
  readonly open?: boolean | undefined;
  /** With or without a comment. */
  readonly commented?: boolean | undefined;
}

/** Cursor: the last answer of the previous page. */
export interface After {
  readonly at: string;
  readonly id: string;
}

/** Newest first, at most `limit`. */
export async function listFeedback(
  db: Database,
  { page, clear, open, commented }: FeedbackFilter,
  limit: number,
  after?: After,
): Promise<Answer[]> {
  const conditions: SQL[] = [
    ...(page === undefined ? [] : [sql`page = ${page}`]),
    ...(clear === undefined ? [] : [sql`clear = ${clear ? 1 : 0}`]),
    ...(commented === undefined ? [] : [commented ? sql`words IS NOT NULL` : sql`words IS NULL`]),
    ...(open === true ? [sql`settled_at IS NULL`] : []),
    ...(after === undefined ? [] : [sql`(at, id) < (${after.at}, ${after.id})`]),
  ];
  const where = conditions.length > 0 ? sql`WHERE ${sql.join(conditions, sql` AND `)}` : sql``;
  return select(db, sql`${where} ORDER BY at DESC, id DESC LIMIT ${limit}`);
}

export async function findFeedback(db: Database, id: string): Promise<Answer | undefined> {
  const [answer] = await select(db, sql`WHERE id = ${id}`);
  return answer;
}

async function select(db: Database, which: SQL): Promise<Answer[]> {
  const rows = await db.all<Omit<Answer, "clear"> & { clear: number }>(
    sql`SELECT id, page, at, clear, words, settled_at AS archivedAt FROM feedback ${which}`,
  );
  return rows.map((row) => ({ ...row, clear: row.clear === 1 }));
}
