/** Reads editions for the desk, with their unsubscribes, duplicate emails and accepted emails. */
import { sql } from "drizzle-orm";
import * as v from "valibot";
import { type Database, iso } from "../../db/database.ts";
import { countDeliveries, type DeliveryCount, deliveriesOfEdition, isOneOf } from "../../editions/delivery-counts.ts";
import { EditionRow, editionColumns } from "../../editions/edition-row.ts";

const parseEditions = (rows: unknown): EditionRow[] => v.parse(v.array(EditionRow), rows);

/** Newest first. `before` is the last edition of the previous page. */
export const listEditions = async (db: Database, limit: number, before?: Pick<EditionRow, "openedAt" | "id">) =>
  parseEditions(
    await db.all(sql`SELECT ${editionColumns} FROM editions e
      WHERE ${before ? sql`(e.opened_at, e.id) < (${before.openedAt}, ${before.id})` : sql`true`}
      ORDER BY e.opened_at DESC, e.id DESC LIMIT ${limit}`),
  );

/**
 * Editions that are not completed, or were opened or completed since `since` (milliseconds). With a hundred emails a
 * day, an edition can take weeks.
 */
export const findRecentEditions = async (db: Database, since: number): Promise<EditionRow[]> =>
  parseEditions(
    await db.all(sql`SELECT ${editionColumns} FROM editions e
      WHERE e.state <> 'done' OR e.opened_at >= ${iso(since)} OR e.done_at >= ${iso(since)}
      ORDER BY e.opened_at DESC, e.id DESC`),
  );

/**
 * `countDeliveries` by edition, in the given order, until `maxRecipients` are counted. The first edition is always
 * counted; editions that were not have no entry. Bounds what one page reads.
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

/** An unsubscribe within this many days of an edition's opening is attributed to the edition. */
export const unsubscribeWindowDays = 7;

/** By edition, how many of its recipients unsubscribed within `unsubscribeWindowDays`. */
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

/** Recipients with two emails of one edition. An edition is one email per subscriber, however many chapters it has. */
export async function findDoubles(
  db: Database,
  editions: readonly Pick<EditionRow, "id" | "chapters">[],
): Promise<{ readonly edition: string; readonly recipients: number }[]> {
  // One chapter cannot be sent twice: the key of `deliveries` allows one row per subscriber.
  const several = editions.filter(({ chapters }) => chapters.length > 1).map(({ id }) => id);
  if (several.length === 0) return [];
  return db.all(sql`SELECT edition, COUNT(*) AS recipients FROM (
      SELECT e.id AS edition, d.subscriber_id FROM editions e CROSS JOIN ${deliveriesOfEdition}
      WHERE ${isOneOf(several)} AND d.provider_id IS NOT NULL
      GROUP BY e.id, d.subscriber_id HAVING COUNT(DISTINCT d.provider_id) > 1) GROUP BY edition`);
}

/**
 * Emails of these editions that Resend accepted since each of `times` (milliseconds), in their order. The time of
 * acceptance is not stored; the time of the last change is used instead, which is seconds later for most emails and
 * days later for a complaint. One query for all times, because it reads every delivery.
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
