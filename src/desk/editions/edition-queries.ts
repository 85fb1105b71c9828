/** Reads editions for the desk, with their unsubscribes, duplicate emails and accepted emails. */
import { type SQL, sql } from "drizzle-orm";
import * as v from "valibot";
import { type Database, iso } from "../../db/database.ts";
import {
  type DeliveryCount,
  deliveriesOfEdition,
  parseDeliveryCounts,
  selectStates,
} from "../../editions/delivery-counts.ts";
import { EditionRow, editionColumns } from "../../editions/edition-row.ts";

const parseEditions = (rows: unknown): EditionRow[] => v.parse(v.array(EditionRow), rows);

/** Newest first, as a rest of a statement on editions `e`. `before` is the last edition of the previous page. */
const latest = (limit: number, before?: Pick<EditionRow, "openedAt" | "id">): SQL =>
  sql`WHERE ${before ? sql`(e.opened_at, e.id) < (${before.openedAt}, ${before.id})` : sql`true`}
    ORDER BY e.opened_at DESC, e.id DESC LIMIT ${limit}`;

export const listEditions = async (db: Database, ...which: Parameters<typeof latest>) =>
  parseEditions(await db.all(sql`SELECT ${editionColumns} FROM editions e ${latest(...which)}`));

/** A condition on editions `e`: those that `listEditions` lists, so that other queries need not wait for it. */
export const isAmongLatest = (...which: Parameters<typeof latest>): SQL =>
  sql`e.id IN (SELECT e.id FROM editions e ${latest(...which)})`;

/**
 * A condition on editions `e`: not completed, or opened or completed since `since` (milliseconds). With a hundred emails
 * a day, an edition can take weeks.
 */
export const isRecent = (since: number): SQL =>
  sql`(e.state <> 'done' OR e.opened_at >= ${iso(since)} OR COALESCE(e.done_at >= ${iso(since)}, false))`;

/**
 * A condition on editions `e`: as many of the latest ones that meet `condition` as may be read for `maxDeliveries`, if
 * every confirmed subscriber has received each.
 */
export const isAmongFirst = (condition: SQL, maxDeliveries: number): SQL => sql`e.id IN (SELECT id FROM
  (SELECT e.id, ROW_NUMBER() OVER (ORDER BY e.opened_at DESC, e.id DESC) AS place FROM editions e WHERE ${condition})
  WHERE place * (SELECT MAX(1, COUNT(*)) FROM subscribers WHERE state = 'confirmed') <= ${maxDeliveries})`;

export const findRecentEditions = async (db: Database, since: number): Promise<EditionRow[]> =>
  parseEditions(
    await db.all(sql`SELECT ${editionColumns} FROM editions e WHERE ${isRecent(since)}
      ORDER BY e.opened_at DESC, e.id DESC`),
  );

/**
 * `countDeliveries` by edition, newest first, until `maxRecipients` are counted. The latest edition is always counted;
 * editions that were not have no entry. Bounds what one page reads, in one statement: each step adds what the steps
 * before it have counted before it counts the next edition.
 */
export async function countDeliveriesWithin(
  db: Database,
  condition: SQL,
  maxRecipients: number,
): Promise<ReadonlyMap<string, readonly DeliveryCount[]>> {
  const counts = sql`(SELECT json_group_array(json_object('edition', listed.id, 'state', state, 'reason', reason,
      'firstAt', firstAt, 'lastAt', lastAt, 'recipients', recipients) ORDER BY recipients DESC, reason)
    FROM (${selectStates(sql`listed`)}))`;
  const soFar = sql`before + COALESCE((SELECT SUM(value ->> 'recipients') FROM json_each(counted.counts)), 0)`;
  const rows = await db.all<{ id: string; counts: string }>(sql`WITH RECURSIVE
    listed AS MATERIALIZED (SELECT ROW_NUMBER() OVER (ORDER BY e.opened_at DESC, e.id DESC) AS place, e.id, e.chapters
      FROM editions e WHERE ${condition}),
    counted (place, id, counts, before) AS (
      SELECT place, id, ${counts}, 0 FROM listed WHERE place = 1
      UNION ALL
      SELECT listed.place, listed.id, ${counts}, ${soFar} FROM counted JOIN listed ON listed.place = counted.place + 1
        WHERE ${soFar} < ${maxRecipients})
    SELECT id, counts FROM counted ORDER BY place`);
  return new Map(rows.map(({ id, counts }) => [id, parseDeliveryCounts(JSON.parse(counts))]));
}

/** An unsubscribe within this many days of an edition's opening is attributed to the edition. */
export const unsubscribeWindowDays = 7;

/** By edition, how many of its recipients unsubscribed within `unsubscribeWindowDays`. */
export const countUnsubscribes = (
  db: Database,
  condition: SQL,
): Promise<{ readonly edition: string; readonly count: number }[]> =>
  db.all(sql`SELECT e.id AS edition, COUNT(DISTINCT l.subscriber_id) AS count
    FROM editions e CROSS JOIN consents l ON l.act = 'left' AND l.at >= e.opened_at
      AND l.at < strftime('%Y-%m-%dT%H:%M:%fZ', e.opened_at, ${`+${unsubscribeWindowDays} days`})
    WHERE ${condition} AND EXISTS (SELECT 1 FROM ${deliveriesOfEdition}
      WHERE d.subscriber_id = l.subscriber_id AND d.state NOT IN ('skipped', 'failed'))
    GROUP BY e.id`);

/** Recipients with two emails of one edition. An edition is one email per subscriber, however many chapters it has. */
export const findDoubles = (
  db: Database,
  condition: SQL,
): Promise<{ readonly edition: string; readonly recipients: number }[]> =>
  // One chapter cannot be sent twice: the key of `deliveries` allows one row per subscriber.
  db.all(sql`SELECT edition, COUNT(*) AS recipients FROM (
      SELECT e.id AS edition, d.subscriber_id FROM editions e CROSS JOIN ${deliveriesOfEdition}
      WHERE ${condition} AND json_array_length(e.chapters) > 1 AND d.provider_id IS NOT NULL
      GROUP BY e.id, d.subscriber_id HAVING COUNT(DISTINCT d.provider_id) > 1) GROUP BY edition`);

/**
 * Emails of these editions that Resend accepted since each of `times` (milliseconds), in their order. The time of
 * acceptance is not stored; the time of the last change is used instead, which is seconds later for most emails and
 * days later for a complaint. One query for all times, because it reads every delivery.
 */
export async function countAccepted(db: Database, condition: SQL, times: readonly number[]): Promise<number[]> {
  const since = (time: number) => sql`CASE WHEN d.changed_at >= ${iso(time)} THEN d.subscriber_id END`;
  const counts = times.map(
    (time, index) => sql`CASE WHEN json_array_length(e.chapters) = 1 THEN COUNT(${since(time)})
      ELSE COUNT(DISTINCT ${since(time)}) END AS ${sql.raw(`n${index}`)}`,
  );
  const rows = await db.all<Record<string, number>>(sql`SELECT ${sql.join(counts, sql`, `)}
    FROM editions e CROSS JOIN ${deliveriesOfEdition}
    WHERE ${condition} AND d.state NOT IN ('sending', 'skipped', 'failed', 'uncertain')
      AND d.changed_at >= ${iso(Math.min(...times))}
    GROUP BY e.id`);
  return times.map((_, index) => rows.reduce((sum, row) => sum + (row[`n${index}`] ?? 0), 0));
}
