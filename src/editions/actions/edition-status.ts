/** Reads the status of an edition and the counts by which the author decides about it, at the desk and in the terminal. */
import { type SQL, sql } from "drizzle-orm";
import * as v from "valibot";
import { type Database, transact } from "../../db/database.ts";
import type { DeliveryState } from "../delivery.ts";
import { parseDeliveryCounts, type StateCount, selectDeliveryCounts } from "../delivery-counts.ts";
import { EditionRow, editionColumns } from "../edition-row.ts";
import { canBeEmailed, isAhead, wants } from "../recipients.ts";

const StatusRow = v.object({
  ...EditionRow.entries,
  /** Recipients in batches that no run has tried to send. */
  untried: v.number(),
  /** Recipients in batches that may have been sent: the outcome of an attempt is unknown, or an attempt is under way. */
  tried: v.number(),
  /** Recipients who get an email when the edition is sealed as far as them, if nothing changes until then. */
  ahead: v.number(),
  /** Nothing is sent to anybody before this time. */
  holdUntil: v.nullable(v.string()),
});

export type EditionStatus = v.InferOutput<typeof StatusRow> & { readonly deliveries: readonly StateCount[] };

/**
 * Two statements about editions `e`; `parseEditions` reads their rows. `condition` and `order` may name columns of `e`;
 * `now` in milliseconds. For an open edition, they read one row per subscriber after its cursor.
 */
export const selectEditions = (condition: SQL, order: SQL, now: number): readonly [SQL, SQL] => [
  sql`SELECT ${editionColumns},
      ${inBatches(sql`IS NULL`)} AS untried, ${inBatches(sql`IS NOT NULL`)} AS tried,
      CASE WHEN e.state = 'done' THEN 0 ELSE (SELECT COUNT(*) FROM subscribers s
        WHERE ${isAhead} AND ${canBeEmailed(now)} AND EXISTS (SELECT 1 FROM json_each(e.chapters) c WHERE ${wants})) END AS ahead,
      (SELECT hold_until FROM newsletter) AS holdUntil
    FROM editions e WHERE ${condition} ORDER BY ${order}`,
  selectDeliveryCounts(condition),
];

const inBatches = (unknownSince: SQL): SQL => sql`(SELECT COALESCE(SUM(json_array_length(b.members)), 0)
  FROM batches b WHERE b.edition_id = e.id AND b.state = 'sealed' AND b.unknown_since ${unknownSince})`;

/** Combines the rows of both statements. */
export function parseEditions(editions: unknown, counts: unknown): EditionStatus[] {
  const counted = parseDeliveryCounts(counts);
  return v.parse(v.array(StatusRow), editions).map((row) => ({
    ...row,
    deliveries: counted
      .filter(({ edition }) => edition === row.id)
      .map(({ state, reason, recipients }) => ({ state, reason, recipients })),
  }));
}

/** `now` in milliseconds. */
export async function readEditionStatus(db: Database, id: string, now: number): Promise<EditionStatus | undefined> {
  const [editions, counts] = await transact(db, selectEditions(sql`e.id = ${id}`, sql`e.id`, now));
  return parseEditions(editions, counts)[0];
}

/** Recipients with deliveries in any of these states. */
export const recipientsIn = (
  { deliveries }: Pick<EditionStatus, "deliveries">,
  states: readonly DeliveryState[],
): number =>
  deliveries.filter(({ state }) => states.includes(state)).reduce((sum, { recipients }) => sum + recipients, 0);
