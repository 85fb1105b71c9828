/** Reads editions for the desk, and what followed from them: unsubscribes, second emails, emails accepted by Resend. */
import { sql } from "drizzle-orm";
import * as v from "valibot";
import { type Database, iso } from "../../db/database.ts";
import { countDeliveries, type DeliveryCount, deliveriesOfEdition, isOneOf } from "../../editions/delivery-counts.ts";
import { EditionRow, editionColumns } from "../../editions/edition-row.ts";

const parseEditions = (rows: unknown): EditionRow[] => v.parse(v.array(EditionRow), rows);

/** The newest first; with `before`, those that were opened before that one. */
export const listEditions = async (db: Database, limit: number, before?: Pick<EditionRow, "openedAt" | "id">) =>
  parseEditions(
    await db.all(sql`SELECT ${editionColumns} FROM editions e
      WHERE ${before ? sql`(e.opened_at, e.id) < (${before.openedAt}, ${before.id})` : sql`true`}
      ORDER BY e.opened_at DESC, e.id DESC LIMIT ${limit}`),
  );

/**
 * Those that wait for the author, those that are being sent, and those that were opened or done since (in
 * milliseconds): a hundred mails a day make an edition last for weeks.
 */
export const findRecentEditions = async (db: Database, since: number): Promise<EditionRow[]> =>
  parseEditions(
    await db.all(sql`SELECT ${editionColumns} FROM editions e
      WHERE e.state <> 'done' OR e.opened_at >= ${iso(since)} OR e.done_at >= ${iso(since)}
      ORDER BY e.opened_at DESC, e.id DESC`),
  );

/**
 * `countDeliveries` of as many of these editions, in their order, as have `maxRecipients` together, and of the first in any
 * case: what a page may read does not grow with the list. Gives by edition what was counted.
 */
export async function countDeliveriesWithin(
  db: Database,
  editions: readonly string[],
  maxRecipients: number,
): Promise<ReadonlyMap<string, readonly DeliveryCount[]>> {
  const counted = new Map<string, readonly DeliveryCount[]>();
  let read = 0;
  for (const edition of editions) {
    if (read >= maxRecipients) break;
    const counts = await countDeliveries(db, [edition]);
    counted.set(edition, counts);
    read += counts.reduce((sum, { recipients }) => sum + recipients, 0);
  }
  return counted;
}

/** Days after the opening of an edition in which a farewell is put down to it. */
export const unsubscribeWindowDays = 7;

/** How many of those who were sent an edition left within a week of its opening, by edition. */
export const countUnsubscribes = (
  db: Database,
  editions: readonly string[],
): Promise<{ readonly edition: string; readonly count: number }[]> =>
  db.all(sql`SELECT e.id AS edition, COUNT(DISTINCT l.subscriber_id) AS count
    FROM editions e CROSS JOIN consents l ON l.act = 'left' AND l.at >= e.opened_at
      AND l.at < strftime('%Y-%m-%dT%H:%M:%fZ', e.opened_at, ${`+${unsubscribeWindowDays} days`})
    WHERE ${isOneOf(editions)} AND EXISTS (SELECT 1 FROM ${deliveriesOfEdition}
      WHERE d.subscriber_id = l.subscriber_id AND d.state NOT IN ('skipped', 'failed'))
    GROUP BY e.id`);

/** Readers to whom an edition brought two mails: each is to bring one, whatever it carries. */
export async function findDoubles(
  db: Database,
  editions: readonly Pick<EditionRow, "id" | "chapters">[],
): Promise<{ readonly edition: string; readonly recipients: number }[]> {
  // Of one chapter there is one row for each reader: the key of `deliveries` sees to that.
  const several = editions.filter(({ chapters }) => chapters.length > 1).map(({ id }) => id);
  if (several.length === 0) return [];
  return db.all(sql`SELECT edition, COUNT(*) AS recipients FROM (
      SELECT e.id AS edition, d.subscriber_id FROM editions e CROSS JOIN ${deliveriesOfEdition}
      WHERE ${isOneOf(several)} AND d.provider_id IS NOT NULL
      GROUP BY e.id, d.subscriber_id HAVING COUNT(DISTINCT d.provider_id) > 1) GROUP BY edition`);
}

/**
 * Mails of these editions that Resend took since each of these times (in milliseconds), in their order. When it took
 * one is not kept: the time of its last change stands for it, which is seconds later for most, and days for a complaint.
 * All times together, because each copy is read for it.
 */
export async function countAccepted(
  db: Database,
  editions: readonly string[],
  times: readonly number[],
): Promise<number[]> {
  if (editions.length === 0 || times.length === 0) return times.map(() => 0);
  const since = (time: number) => sql`CASE WHEN d.changed_at >= ${iso(time)} THEN d.subscriber_id END`;
  const counts = times.map(
    (time, index) => sql`CASE WHEN json_array_length(e.chapters) = 1 THEN COUNT(${since(time)})
      ELSE COUNT(DISTINCT ${since(time)}) END AS ${sql.raw(`n${index}`)}`,
  );
  const rows = await db.all<Record<string, number>>(sql`SELECT ${sql.join(counts, sql`, `)}
    FROM editions e CROSS JOIN ${deliveriesOfEdition}
    WHERE ${isOneOf(editions)} AND d.state NOT IN ('sending', 'skipped', 'failed', 'uncertain')
      AND d.changed_at >= ${iso(Math.min(...times))}
    GROUP BY e.id`);
  return times.map((_, index) => rows.reduce((sum, row) => sum + (row[`n${index}`] ?? 0), 0));
}
