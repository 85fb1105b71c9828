/** Reads notices to the author. Those about a stopped edition or an unclear chapter are resolved by a decision, and are not read here. */
import * as v from "valibot";
import { asksAboutInSql } from "../../library/asked-places.ts";
import { sqlText } from "../sql-text.ts";
import type { Execute } from "../wrangler/d1-execute.ts";

const NoticeRow = v.object({
  id: v.string(),
  title: v.string(),
  body: v.string(),
  at: v.string(),
  resolvedAt: v.nullable(v.string()),
});
export type Notice = v.InferOutput<typeof NoticeRow>;

export const openNotice = "resolved_at IS NULL";

/** A statement, and its rows. */
export const selectNotices = (condition: string): string =>
  `SELECT id, title, body, at, resolved_at AS resolvedAt FROM notices
    WHERE ${condition} AND id NOT LIKE 'stopped %' AND NOT EXISTS (SELECT 1 FROM chapter_questions
      WHERE answer IS NULL AND ${asksAboutInSql("place")}) ORDER BY at, id`;
export const parseNotices = (rows: unknown): Notice[] => v.parse(v.array(NoticeRow), rows);

/** The notice of that id, which has the form of one, open or not; and the ids of those that are open. */
export async function readNotice(
  execute: Execute,
  id: string,
): Promise<{ readonly notice: Notice | undefined; readonly open: readonly string[] }> {
  const [found, open] = await execute([selectNotices(`id = ${sqlText(id)}`), selectNotices(openNotice)]);
  return { notice: parseNotices(found)[0], open: parseNotices(open).map((notice) => notice.id) };
}
