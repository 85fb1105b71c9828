/** Counts subscribers by state, frequency and pause: the desk runs the statement, `npm run newsletter` prints it for wrangler. */
import { type SQL, sql } from "drizzle-orm";
import * as v from "valibot";
import { type Database, iso } from "../db/database.ts";
import { frequencies, stateAndFrequency, subscriberStates } from "../db/subscriber-tables.ts";

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

/** Reads the index of the list once, in its order. `now` in milliseconds; rows are read by `parseSubscriberCounts`. */
export const selectSubscriberCounts = (now: number): SQL => sql`
  SELECT substr(kind, 1, instr(kind, ' ') - 1) AS state, substr(kind, instr(kind, ' ') + 1) AS frequency, p.value AS isPaused,
    CASE p.value WHEN 1 THEN paused ELSE people - paused END AS count
  FROM (SELECT ${stateAndFrequency} AS kind, COUNT(*) AS people, SUM(COALESCE(paused_until > ${iso(now)}, 0)) AS paused
    FROM subscribers INDEXED BY subscribers_counts GROUP BY ${stateAndFrequency}) CROSS JOIN json_each('[0,1]') p
  WHERE CASE p.value WHEN 1 THEN paused ELSE people - paused END > 0`;

export const parseSubscriberCounts = (rows: unknown): SubscriberCount[] => v.parse(v.array(SubscriberCount), rows);

export const countSubscribers = async (db: Database, now: number): Promise<SubscriberCount[]> =>
  parseSubscriberCounts(await db.all(selectSubscriberCounts(now)));

/** A paused subscriber is confirmed, too. */
export const subscribersIn = (
  counts: readonly SubscriberCount[],
  isCounted: (count: SubscriberCount) => boolean,
): number => counts.filter(isCounted).reduce((sum, { count }) => sum + count, 0);
