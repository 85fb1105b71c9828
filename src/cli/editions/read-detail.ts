/** Reads one edition in detail, and lists the ids of all others for suggestions. */
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
const ProblemDeliveryRow = v.object({
  chapter: v.string(),
  email: v.nullable(v.string()),
  state: v.picklist(["uncertain", "failed", "bounced", "complained"]),
  reason: v.nullable(v.string()),
});

/** A batch without an outcome. */
type Batch = v.InferOutput<typeof BatchRow>;
/** A delivery that did not arrive, or may not have. `email` is null if the subscriber's data was erased. */
export type ProblemDelivery = v.InferOutput<typeof ProblemDeliveryRow>;

export interface Detail {
  readonly edition: EditionStatus;
  readonly newsletter: Newsletter;
  readonly batches: readonly Batch[];
  /** The first ones, up to the limit. */
  readonly deliveries: readonly ProblemDelivery[];
  readonly deliveriesTotal: number;
}

/** Reads an edition by its id, already validated by `isEditionId`; `undefined` if there is none. `now` in ISO 8601. */
export async function readDetail(
  execute: Execute,
  id: string,
  now: string,
  limit: number,
): Promise<Detail | undefined> {
  const fromProblemDeliveries = sql`FROM editions e CROSS JOIN ${deliveriesOfEdition}
      LEFT JOIN subscribers s ON s.id = d.subscriber_id
      WHERE e.id = ${id} AND d.state IN ('uncertain', 'failed', 'bounced', 'complained')`;
  const [rows, tallies, newsletter, batches, deliveries, totals] = await execute([
    ...selectEditions(sql`e.id = ${id}`, sql`e.id`, Date.parse(now)).map(printStatement),
    printStatement(selectNewsletter),
    printStatement(sql`SELECT json_array_length(members) AS readers, unknown_since AS unknownSince, next_attempt_at AS nextAttemptAt,
        attempts, error FROM batches WHERE edition_id = ${id} AND state = 'sealed' ORDER BY next_attempt_at, id`),
    printStatement(sql`SELECT d.chapter_id AS chapter, s.email, d.state, d.reason ${fromProblemDeliveries}
      ORDER BY d.state DESC, s.address_key, d.chapter_id LIMIT ${limit}`),
    printStatement(sql`SELECT COUNT(*) AS count ${fromProblemDeliveries}`),
  ]);
  const [edition] = parseEditions(rows, tallies);
  if (!edition) return undefined;
  return {
    edition,
    newsletter: parseNewsletter(newsletter),
    batches: v.parse(v.array(BatchRow), batches),
    deliveries: v.parse(v.array(ProblemDeliveryRow), deliveries),
    deliveriesTotal: v.parse(v.tuple([v.object({ count: v.number() })]), totals)[0].count,
  };
}

/** Ids of editions, newest first, for suggestions. */
export async function listEditions(execute: Execute): Promise<string[]> {
  const [rows] = await execute(["SELECT id FROM editions ORDER BY opened_at DESC, id LIMIT 1000"]);
  return v.parse(v.array(v.object({ id: v.string() })), rows).map(({ id }) => id);
}
