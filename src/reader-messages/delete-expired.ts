/** Deletes expired messages, and addresses of answered ones, once an hour as part of the cron trigger. */
import { sql } from "drizzle-orm";
import { iso, openDatabase, persist, transact, withoutParameters } from "../db/database.ts";
import { messagesKeptFor } from "../db/reader-message-tables.ts";

const day = 86_400_000;
/** Of the hour: no other hourly work is done then. */
const minute = 30;
/** D1 counts every row written. */
const rowsPerRun = 200;

const cost = { queries: 2, calls: 1 } as const;

/** `now` in milliseconds. Returns the cost; never throws. */
export async function deleteExpiredMessages(binding: D1Database, now: number): Promise<typeof cost | undefined> {
  const minutes = new Date(now).getUTCMinutes();
  if (minutes < minute || minutes >= minute + 5) return undefined;
  const [sentBefore, closedBefore] = [messagesKeptFor.message, messagesKeptFor.address].map((days) =>
    iso(now - days * day),
  );
  const statements = [
    sql`DELETE FROM reader_messages WHERE id IN
      (SELECT id FROM reader_messages WHERE at <= ${sentBefore} ORDER BY at LIMIT ${rowsPerRun})`,
    sql`UPDATE reader_messages SET email = NULL, address_key = NULL WHERE id IN
      (SELECT id FROM reader_messages WHERE address_key IS NOT NULL AND closed_at <= ${closedBefore}
        ORDER BY closed_at LIMIT ${rowsPerRun})`,
  ];
  try {
    await persist(() => transact(openDatabase(binding), statements));
  } catch (error) {
    console.error("Expired messages could not be deleted; the next hourly run will retry.", withoutParameters(error));
  }
  return cost;
}
