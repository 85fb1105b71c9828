/** One mailing with everything that is known of it, and the names of all others, for whom it is not the right one. */
import { sql } from "drizzle-orm";
import * as v from "valibot";
import { type EditionStatus, parseEditions, selectEditions } from "../../editions/actions/edition-status.ts";
import { deliveriesOfEdition } from "../../editions/delivery-counts.ts";
import { type Newsletter, parseNewsletter, selectNewsletter } from "../../editions/newsletter-row.ts";
import { printStatement } from "../sql-text.ts";
import type { Execute } from "../wrangler/d1-execute.ts";

const BatchRow = v.object({
  readers: v.number(),
  unknownSince: v.nullable(v.string()),
  nextAttemptAt: v.string(),
  attempts: v.number(),
  error: v.nullable(v.string()),
});
const DoubtRow = v.object({
  chapter: v.string(),
  email: v.nullable(v.string()),
  state: v.picklist(["uncertain", "failed", "bounced", "complained"]),
  reason: v.nullable(v.string()),
});

/** A batch that is not settled. */
type Batch = v.InferOutput<typeof BatchRow>;
/** A copy that did not arrive, or may not have. The address is null when its owner had everything erased. */
export type Doubt = v.InferOutput<typeof DoubtRow>;

export interface Detail {
  readonly mailing: EditionStatus;
  readonly newsletter: Newsletter;
  readonly batches: readonly Batch[];
  /** The first of them, up to the limit. */
  readonly doubts: readonly Doubt[];
  readonly doubtsTotal: number;
}

/** The edition of that id, which has the form of one; `undefined` when there is none. `now` in ISO 8601. */
export async function readDetail(
  execute: Execute,
  edition: string,
  now: string,
  limit: number,
): Promise<Detail | undefined> {
  const doubtful = sql`FROM editions e CROSS JOIN ${deliveriesOfEdition}
      LEFT JOIN subscribers s ON s.id = d.subscriber_id
      WHERE e.id = ${edition} AND d.state IN ('uncertain', 'failed', 'bounced', 'complained')`;
  const [mailings, tallies, newsletter, batches, doubts, totals] = await execute([
    ...selectEditions(sql`e.id = ${edition}`, sql`e.id`, Date.parse(now)).map(printStatement),
    printStatement(selectNewsletter),
    printStatement(sql`SELECT json_array_length(members) AS readers, unknown_since AS unknownSince, next_attempt_at AS nextAttemptAt,
        attempts, error FROM batches WHERE edition_id = ${edition} AND state = 'sealed' ORDER BY next_attempt_at, id`),
    printStatement(sql`SELECT d.chapter_id AS chapter, s.email, d.state, d.reason ${doubtful}
      ORDER BY d.state DESC, s.address_key, d.chapter_id LIMIT ${limit}`),
    printStatement(sql`SELECT COUNT(*) AS count ${doubtful}`),
  ]);
  const [mailing] = parseEditions(mailings, tallies);
  if (!mailing) return undefined;
  return {
    mailing,
    newsletter: parseNewsletter(newsletter),
    batches: v.parse(v.array(BatchRow), batches),
    doubts: v.parse(v.array(DoubtRow), doubts),
    doubtsTotal: v.parse(v.tuple([v.object({ count: v.number() })]), totals)[0].count,
  };
}

/** Ids of editions, the newest first, for suggestions. */
export async function listEditions(execute: Execute): Promise<string[]> {
  const [rows] = await execute(["SELECT id FROM editions ORDER BY opened_at DESC, id LIMIT 1000"]);
  return v.parse(v.array(v.object({ id: v.string() })), rows).map(({ id }) => id);
}
