/** Reads the notices that `npm run newsletter` lists and dismisses. */
import { sql } from "drizzle-orm";
import {
  isDismissible,
  isOpenNotice,
  type Notice,
  parseNotices,
  selectNotices,
} from "../../editions/notice-queries.ts";
import { printStatement } from "../sql-text.ts";
import type { Execute } from "../wrangler/d1-execute.ts";

const byTime = sql`at, id`;

/** Oldest first. */
export const openNotices = selectNotices(sql`${isOpenNotice} AND ${isDismissible}`, byTime);

/** The notice with that id (already validated by `isNoticeId`), open or not, and the ids of all open ones. */
export async function readNotice(
  execute: Execute,
  id: string,
): Promise<{ readonly notice: Notice | undefined; readonly open: readonly string[] }> {
  const one = selectNotices(sql`id = ${id} AND ${isDismissible}`, byTime);
  const [found, open] = await execute([one, openNotices].map(printStatement));
  return { notice: parseNotices(found)[0], open: parseNotices(open).map((notice) => notice.id) };
}
