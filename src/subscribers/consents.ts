/** What a subscriber agreed to or took back, in the words that stood there: written together with the change that it proves. */
import { type SQL, sql } from "drizzle-orm";
import type { consents } from "../db/subscriber-tables.ts";

export interface Consent {
  readonly act: (typeof consents.$inferSelect)["act"];
  /** ISO 8601. */
  readonly at: string;
  /** Path of the page with the button, or `mail` for a mail program's own. */
  readonly page: string;
  /** The words at the button. */
  readonly wording: string;
}

/** Goes before the change, into the same transaction; `holds` says whether the change will be made. Once, however often it is tried. */
export const consentRow = (subscriberId: string, { act, at, page, wording }: Consent, holds: SQL): SQL =>
  sql`INSERT INTO consents (subscriber_id, at, act, page, wording)
    SELECT ${subscriberId}, ${at}, ${act}, ${page}, ${wording}
    WHERE ${holds}
      AND NOT EXISTS (SELECT 1 FROM consents WHERE subscriber_id = ${subscriberId} AND at = ${at} AND act = ${act})`;
