/** Archives and deletes answers to "Was this clear?". */
import { sql } from "drizzle-orm";
import { type Database, iso, persist } from "../../db/database.ts";

/** Archived answers are kept, and a filter hides them. Archiving again keeps the first time. `now` in milliseconds. */
export const archiveFeedback = (db: Database, id: string, now: number): Promise<unknown> =>
  persist(() => db.run(sql`UPDATE feedback SET settled_at = ${iso(now)} WHERE id = ${id} AND settled_at IS NULL`));

/** Deletes the row, so the answer no longer counts. Idempotent. */
export const deleteFeedback = (db: Database, id: string): Promise<unknown> =>
  persist(() => db.run(sql`DELETE FROM feedback WHERE id = ${id}`));
