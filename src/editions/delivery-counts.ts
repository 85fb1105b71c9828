/**
 * Counts the recipients of editions by the state of their deliveries. The key of `deliveries` is (chapter, subscriber) and
 * there is no index by edition, so every query goes through an edition's chapters, never through the whole table.
 */
import { type SQL, sql } from "drizzle-orm";
import * as v from "valibot";
import type { Database } from "../db/database.ts";
import { deliveryStates } from "../db/newsletter-tables.ts";

const DeliveryCount = v.object({
  edition: v.string(),
  state: v.picklist(deliveryStates),
  reason: v.nullable(v.string()),
  /** A recipient with several chapters in the same state counts once. */
  recipients: v.number(),
  /** When the first and the last delivery entered this state. */
  firstAt: v.string(),
  lastAt: v.string(),
});
export type DeliveryCount = Readonly<v.InferOutput<typeof DeliveryCount>>;
/** Of one edition. */
export type StateCount = Pick<DeliveryCount, "state" | "reason" | "recipients">;

/** Deliveries `d` of an edition, chapter by chapter. Joined in this order, because there is no index by edition. */
const deliveriesOf = (edition: SQL): SQL => sql`json_each(${edition}.chapters) c
  CROSS JOIN deliveries d ON d.chapter_id = c.value AND d.edition_id = ${edition}.id`;

/** Deliveries `d` of an edition `e`. */
export const deliveriesOfEdition: SQL = deliveriesOf(sql`e`);

const stateColumns = (
  edition: SQL,
): SQL => sql`d.state, d.reason, MIN(d.changed_at) AS firstAt, MAX(d.changed_at) AS lastAt,
  CASE WHEN json_array_length(${edition}.chapters) = 1 THEN COUNT(*) ELSE COUNT(DISTINCT d.subscriber_id) END AS recipients`;

/** Editions `e`; rows are read by `parseDeliveryCounts`. Reads one row for each delivery. */
export const selectDeliveryCounts = (condition: SQL): SQL => sql`
  SELECT e.id AS edition, ${stateColumns(sql`e`)} FROM editions e CROSS JOIN ${deliveriesOfEdition} WHERE ${condition}
  GROUP BY e.id, d.state, d.reason ORDER BY recipients DESC, d.reason`;

/** The same of one edition, a row of `edition` in the statement around it. */
export const selectStates = (edition: SQL): SQL =>
  sql`SELECT ${stateColumns(edition)} FROM ${deliveriesOf(edition)} GROUP BY d.state, d.reason`;

export const parseDeliveryCounts = (rows: unknown): DeliveryCount[] => v.parse(v.array(DeliveryCount), rows);

/** As a condition on editions `e`. */
export const isOneOf = (editions: readonly string[]): SQL =>
  sql`e.id IN (SELECT value FROM json_each(${JSON.stringify(editions)}))`;

export const countDeliveries = async (db: Database, condition: SQL): Promise<DeliveryCount[]> =>
  parseDeliveryCounts(await db.all(selectDeliveryCounts(condition)));
