/** Counts subscribers by state, frequency and pause: the desk runs the statement, `npm run newsletter` prints it for wrangler. */
import { type SQL, sql } from "drizzle-orm";
import * as v from "valibot";
import { type Database, iso } from "../db/database.ts";
import { frequencies, subscriberStates } from "../db/subscriber-tables.ts";

const SubscriberCount = v.object({
  state: v.picklist(subscriberStates),
  frequency: v.picklist(frequencies),
  isPaused: v.pipe(
    v.number(),
    v.transform((value) => value === 1),
  ),
  count: v.number(),
});
export type SubscriberCount = Readonly<v.InferOutput<typeof SubscriberCount>>;

/** Reads the list once. `now` in milliseconds; rows are read by `parseSubscriberCounts`. */
export const selectSubscriberCounts = (now: number): SQL => sql`
  SELECT state, frequency, COALESCE(paused_until > ${iso(now)}, 0) AS isPaused, COUNT(*) AS count
  FROM subscribers GROUP BY 1, 2, 3`;

export const parseSubscriberCounts = (rows: unknown): SubscriberCount[] => v.parse(v.array(SubscriberCount), rows);

export const countSubscribers = async (db: Database, now: number): Promise<SubscriberCount[]> =>
  parseSubscriberCounts(await db.all(selectSubscriberCounts(now)));

/** A paused subscriber is confirmed, too. */
export const subscribersIn = (
  counts: readonly SubscriberCount[],
  isCounted: (count: SubscriberCount) => boolean,
): number => counts.filter(isCounted).reduce((sum, { count }) => sum + count, 0);
