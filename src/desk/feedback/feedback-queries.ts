/** Answers to "Was this clear?": how many of each kind, and what was written. */
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/database.ts";

export interface ClarityCount {
  readonly page: string;
  readonly clear: number;
  readonly unclear: number;
}

/** Of every page, of all times: answers are few, and stay true until the chapter is mended. */
export const countFeedback = (db: Database): Promise<ClarityCount[]> =>
  db.all<ClarityCount>(sql`SELECT page, SUM(clear) AS clear, SUM(1 - clear) AS unclear FROM feedback GROUP BY page`);

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
  /** Only those that the author has not put aside. */
  readonly open?: boolean | undefined;
}

/** Where a list goes on: behind this answer. */
export interface After {
  readonly at: string;
  readonly id: string;
}

/** The newest first, `limit` at most. */
export async function listFeedback(
  db: Database,
  { page, clear, open }: FeedbackFilter,
  limit: number,
  after?: After,
): Promise<Answer[]> {
  const conditions: SQL[] = [
    ...(page === undefined ? [] : [sql`page = ${page}`]),
    ...(clear === undefined ? [] : [sql`clear = ${clear ? 1 : 0}`]),
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
