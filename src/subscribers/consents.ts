/** Records consent, and its withdrawal, with the wording shown, in the transaction of the change that it proves. */
import { type SQL, sql } from "drizzle-orm";
import type { consents } from "../db/subscriber-tables.ts";

export interface Consent {
  readonly act: (typeof consents.$inferSelect)["act"];
  /** ISO 8601. */
  readonly at: string;
  /** Path of the page with the button; `mail` for the button of an email client. */
  readonly page: string;
  /** The wording at the button. */
  readonly wording: string;
}

/**
 * Goes before the change in the same transaction; `holds` says whether the change will be made. Inserted once, however
 * often it is retried.
 */
export const consentRow = (subscriberId: string, { act, at, page, wording }: Consent, holds: SQL): SQL =>
  sql`INSERT INTO consents (subscriber_id, at, act, page, wording)
    SELECT ${subscriberId}, ${at}, ${act}, ${page}, ${wording}
    WHERE ${holds}
      AND NOT EXISTS (SELECT 1 FROM consents WHERE subscriber_id = ${subscriberId} AND at = ${at} AND act = ${act})`;
