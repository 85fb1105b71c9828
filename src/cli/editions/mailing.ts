/** Mailings as the database knows them: one row of `editions`, and in which states its readers are. */
import * as v from "valibot";
import { isAhead, isThere, wants } from "./waiting.ts";

const Time = v.nullable(v.string());

const MailingRow = v.object({
  id: v.string(),
  audience: v.picklist(["each", "weekly", "monthly"]),
  chapters: v.pipe(
    v.string(),
    v.transform((json) => v.parse(v.array(v.string()), JSON.parse(json))),
  ),
  state: v.picklist(["sending", "done", "stopped"]),
  openedAt: v.string(),
  doneAt: Time,
  stoppedAt: Time,
  stopReason: v.nullable(v.string()),
  /** Readers in batches that nobody has tried to post. */
  untried: v.number(),
  /** Readers in batches that may have been posted: the end of an attempt is not known, or it goes on at this moment. */
  tried: v.number(),
  /** Readers who get a mail when they are come to, if nothing changes until then. */
  ahead: v.number(),
});
const TallyRow = v.object({
  edition: v.string(),
  state: v.string(),
  reason: v.nullable(v.string()),
  count: v.number(),
});

/** How many readers of an edition have copies in a state, and why. A reader whose chapters differ counts in each. */
export type Tally = v.InferOutput<typeof TallyRow>;
export type Mailing = v.InferOutput<typeof MailingRow> & { readonly tallies: readonly Tally[] };

/** Two statements, of `editions e`: see `parseMailings`. `order` may name columns of `e`. */
export const selectMailings = (condition: string, order: string, now: string): readonly [string, string] => [
  `SELECT e.id, e.audience, e.chapters, e.state, e.opened_at AS openedAt, e.done_at AS doneAt,
      e.stopped_at AS stoppedAt, e.stop_reason AS stopReason,
      ${inBatches("IS NULL")} AS untried, ${inBatches("IS NOT NULL")} AS tried,
      CASE WHEN e.state = 'done' THEN 0 ELSE (SELECT COUNT(*) FROM subscribers s
        WHERE ${isAhead} AND ${isThere(now)} AND EXISTS (SELECT 1 FROM json_each(e.chapters) c WHERE ${wants})) END AS ahead
    FROM editions e WHERE ${condition} ORDER BY ${order}`,
  // Chapter by chapter, because the key of `deliveries` begins with it, and there is no other index.
  `SELECT e.id AS edition, d.state, d.reason, COUNT(DISTINCT d.subscriber_id) AS count
    FROM editions e, json_each(e.chapters) c JOIN deliveries d ON d.chapter_id = c.value AND d.edition_id = e.id
    WHERE ${condition} GROUP BY e.id, d.state, d.reason ORDER BY count DESC, d.reason`,
];

const inBatches = (unknownSince: string): string => `(SELECT COALESCE(SUM(json_array_length(b.members)), 0)
        FROM batches b WHERE b.edition_id = e.id AND b.state = 'sealed' AND b.unknown_since ${unknownSince})`;

/** The rows of the two. */
export function parseMailings(mailings: unknown, tallies: unknown): Mailing[] {
  const counted = v.parse(v.array(TallyRow), tallies);
  return v.parse(v.array(MailingRow), mailings).map((mailing) => ({
    ...mailing,
    tallies: counted.filter(({ edition }) => edition === mailing.id),
  }));
}
