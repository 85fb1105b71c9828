/** Reads notices to the author: the desk runs the statements, `npm run newsletter` prints them for wrangler. */
import { type SQL, sql } from "drizzle-orm";
import * as v from "valibot";
import type { Database } from "../db/database.ts";
import { asksAboutInSql } from "../library/asked-places.ts";

const NoticeRow = v.object({
  id: v.string(),
  title: v.string(),
  body: v.string(),
  at: v.string(),
  resolvedAt: v.nullable(v.string()),
});
export type Notice = v.InferOutput<typeof NoticeRow>;

/** Rows of it are read by `parseNotices`. */
export const selectNotices = (condition: SQL, order: SQL): SQL =>
  sql`SELECT id, title, body, at, resolved_at AS resolvedAt FROM notices WHERE ${condition} ORDER BY ${order}`;

export const isOpenNotice: SQL = sql`resolved_at IS NULL`;

/** Reading resolves it. A stopped edition and an unclear chapter need a decision instead. */
export const isDismissible: SQL = sql`id NOT LIKE 'stopped %' AND NOT EXISTS (SELECT 1 FROM chapter_questions
  WHERE answer IS NULL AND ${sql.raw(asksAboutInSql("place"))})`;

export const parseNotices = (rows: unknown): Notice[] => v.parse(v.array(NoticeRow), rows);

/** All open ones, the latest first. */
export const findOpenNotices = async (db: Database): Promise<Notice[]> =>
  parseNotices(await db.all(selectNotices(isOpenNotice, sql`at DESC, id`)));
