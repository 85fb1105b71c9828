/** Where an edition stands, and what would become of its recipients: what the author decides by, at the desk and by command. */
import { type SQL, sql } from "drizzle-orm";
import * as v from "valibot";
import { type Database, transact } from "../../db/database.ts";
import { isAhead, isThere, wants } from "../recipients.ts";

const Time = v.nullable(v.string());

const MailingRow = v.object({
  id: v.string(),
  audience: v.picklist(["each", "weekly", "monthly"]),
  /** Identities of chapters, `book/slug`. */
  chapters: v.pipe(
    v.string(),
    v.transform((json) => v.parse(v.array(v.string()), JSON.parse(json))),
  ),
  state: v.picklist(["sending", "done", "stopped"]),
  openedAt: v.string(),
  doneAt: Time,
  stoppedAt: Time,
  stopReason: v.nullable(v.string()),
  /** Recipients in batches that nobody has tried to post. */
  untried: v.number(),
  /** Recipients in batches that may have been posted: the end of an attempt is not known, or it goes on at this moment. */
  tried: v.number(),
  /** Recipients who get an email when the edition comes to them, if nothing changes until then. */
  ahead: v.number(),
  /** Nothing is sent to anybody before this time. */
  holdUntil: Time,
});
const TallyRow = v.object({
  edition: v.string(),
  state: v.string(),
  reason: v.nullable(v.string()),
  count: v.number(),
});

/** How many recipients have deliveries in a state, and why. One whose chapters differ counts in each. */
export type Tally = Omit<v.InferOutput<typeof TallyRow>, "edition">;
export type EditionStatus = v.InferOutput<typeof MailingRow> & { readonly tallies: readonly Tally[] };

/**
 * Two statements about editions `e`, whose rows `parseEditions` reads. `condition` and `order` may name columns of `e`; `now`
 * in milliseconds. They read one row for each recipient an open edition has still to come to.
 */
export const selectEditions = (condition: SQL, order: SQL, now: number): readonly [SQL, SQL] => [
  sql`SELECT e.id, e.audience, e.chapters, e.state, e.opened_at AS openedAt, e.done_at AS doneAt,
      e.stopped_at AS stoppedAt, e.stop_reason AS stopReason,
      ${inBatches(sql`IS NULL`)} AS untried, ${inBatches(sql`IS NOT NULL`)} AS tried,
      CASE WHEN e.state = 'done' THEN 0 ELSE (SELECT COUNT(*) FROM subscribers s
        WHERE ${isAhead} AND ${isThere(now)} AND EXISTS (SELECT 1 FROM json_each(e.chapters) c WHERE ${wants})) END AS ahead,
      (SELECT hold_until FROM newsletter) AS holdUntil
    FROM editions e WHERE ${condition} ORDER BY ${order}`,
  // Chapter by chapter, because the key of `deliveries` begins with it, and there is no other index.
  sql`SELECT e.id AS edition, d.state, d.reason, COUNT(DISTINCT d.subscriber_id) AS count
    FROM editions e, json_each(e.chapters) c JOIN deliveries d ON d.chapter_id = c.value AND d.edition_id = e.id
    WHERE ${condition} GROUP BY e.id, d.state, d.reason ORDER BY count DESC, d.reason`,
];

const inBatches = (unknownSince: SQL): SQL => sql`(SELECT COALESCE(SUM(json_array_length(b.members)), 0)
  FROM batches b WHERE b.edition_id = e.id AND b.state = 'sealed' AND b.unknown_since ${unknownSince})`;

/** The rows of the two. */
export function parseEditions(mailings: unknown, tallies: unknown): EditionStatus[] {
  const counted = v.parse(v.array(TallyRow), tallies);
  return v.parse(v.array(MailingRow), mailings).map((mailing) => ({
    ...mailing,
    tallies: counted.flatMap(({ edition, ...tally }) => (edition === mailing.id ? [tally] : [])),
  }));
}

/** `now` in milliseconds. */
export async function readEditionStatus(db: Database, id: string, now: number): Promise<EditionStatus | undefined> {
  const [mailings, tallies] = await transact(db, selectEditions(sql`e.id = ${id}`, sql`e.id`, now));
  return parseEditions(mailings, tallies)[0];
}

/** Readers with copies in any of these states. */
export const readersIn = ({ tallies }: Pick<EditionStatus, "tallies">, states: readonly string[]): number =>
  tallies.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0);
