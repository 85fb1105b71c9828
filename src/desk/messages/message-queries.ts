/** Counts and reads messages from readers, and changes their state. */
import { type SQL, sql } from "drizzle-orm";
import { type Database, iso, persist } from "../../db/database.ts";
import type { ReaderMessageState } from "../../db/reader-message-tables.ts";

export interface ReaderMessage {
  readonly id: string;
  readonly at: string;
  /** As in `reader_messages`: `book/id`, `book/`, or null. */
  readonly page: string | null;
  readonly fragment: string | null;
  readonly place: string | null;
  readonly quote: string | null;
  readonly message: string;
  readonly email: string | null;
  readonly state: ReaderMessageState;
  readonly closedAt: string | null;
}

/** Cursor: the last message of the previous page. */
export type After = Pick<ReaderMessage, "at" | "id">;

export const countMessages = (db: Database): Promise<{ state: ReaderMessageState; count: number }[]> =>
  db.all(sql`SELECT state, COUNT(*) AS count FROM reader_messages GROUP BY state`);

/** Newest first, at most `limit`. */
export const listMessages = (
  db: Database,
  state: ReaderMessageState,
  limit: number,
  after?: After,
): Promise<ReaderMessage[]> =>
  select(
    db,
    sql`WHERE state = ${state} ${after === undefined ? sql`` : sql`AND (at, id) < (${after.at}, ${after.id})`}
      ORDER BY at DESC, id DESC LIMIT ${limit}`,
  );

export const findMessage = async (db: Database, id: string): Promise<ReaderMessage | undefined> =>
  (await select(db, sql`WHERE id = ${id}`))[0];

const select = (db: Database, which: SQL): Promise<ReaderMessage[]> =>
  db.all(sql`SELECT id, at, page, fragment, place, quote, message, email, state, closed_at AS closedAt
    FROM reader_messages ${which}`);

/**
 * From the first answer or end on, the reader's address expires; changing from one to the other starts no new time.
 * `now` in milliseconds.
 */
export const markMessage = (db: Database, id: string, state: ReaderMessageState, now: number): Promise<unknown> =>
  persist(() =>
    db.run(sql`UPDATE reader_messages SET state = ${state},
      closed_at = ${state === "open" ? sql`NULL` : sql`COALESCE(closed_at, ${iso(now)})`} WHERE id = ${id}`),
  );

/** Idempotent. */
export const deleteMessage = (db: Database, id: string): Promise<unknown> =>
  persist(() => db.run(sql`DELETE FROM reader_messages WHERE id = ${id}`));
