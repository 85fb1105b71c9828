/** An answer to "Was this clear?" that the author has read is put aside: kept, and left out where only the others are wanted. */
import { sql } from "drizzle-orm";
import { type Database, iso, persist } from "../db/database.ts";

/** Once put aside, it keeps its time. `now` in milliseconds. */
export const settleFeedback = (db: Database, id: string, now: number): Promise<unknown> =>
  persist(() => db.run(sql`UPDATE feedback SET settled_at = ${iso(now)} WHERE id = ${id} AND settled_at IS NULL`));
