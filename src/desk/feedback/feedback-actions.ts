/** What the author does with an answer to "Was this clear?": puts it aside, or deletes it. */
import { sql } from "drizzle-orm";
import { type Database, iso, persist } from "../../db/database.ts";

/** It is kept, and left out where only the others are wanted. Once put aside, it keeps its time. `now` in milliseconds. */
export const archiveFeedback = (db: Database, id: string, now: number): Promise<unknown> =>
  persist(() => db.run(sql`UPDATE feedback SET settled_at = ${iso(now)} WHERE id = ${id} AND settled_at IS NULL`));

/** Nothing of it remains, and it no longer counts. Deleting it again changes nothing. */
export const deleteFeedback = (db: Database, id: string): Promise<unknown> =>
  persist(() => db.run(sql`DELETE FROM feedback WHERE id = ${id}`));
