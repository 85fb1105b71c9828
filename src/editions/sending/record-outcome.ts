/** Records the outcome of sending a batch: each kind of outcome is one transaction. */
import { sql } from "drizzle-orm";
import { iso, persist, transact } from "../../db/database.ts";
import type { MessageResult, Outcome } from "../../mail/mailer.ts";
import type { Cost } from "../call-budget.ts";
import { chunk } from "../chunk.ts";
import { arrows, beginningsOf } from "../delivery.ts";
import { goOnCommands, raiseTrouble } from "../notices.ts";
import type { SendContext } from "../send-context.ts";
import type { Claimed } from "./claim.ts";
import { stopEdition } from "./stop-edition.ts";
import { completeConflict, completeUncertain } from "./uncertain.ts";

const { accept, fail } = arrows;
const minute = 60_000;
const hour = 60 * minute;

/** This many single rejections are not a matter of individual addresses: the edition stops. */
const maxRejected = 5;

/** Whether this run can send more. */
export type Next = "go on" | "stop";

/** For a batch that was accepted or halved. */
export const outcomeCost: Cost = { queries: 2, calls: 1 };
/** What the most expensive outcome adds, once per run: two notices, and stopping an edition. */
export const worstOutcomeCost: Cost = { queries: 7, calls: 6 };

/** `wasOutOfQuota`: nothing has been accepted since the day's quota was used up. */
export async function recordOutcome(
  context: SendContext,
  batch: Claimed,
  outcome: Outcome,
  wasOutOfQuota: boolean,
): Promise<Next> {
  switch (outcome.kind) {
    case "accepted":
      await completeBatch(context, batch, outcome.results, null);
      return "go on";
    case "refused":
      return await recordRejection(context, batch, outcome.reason);
    case "unknown":
      await postpone(context, batch, Math.min(2 ** batch.attempts, 60) * minute, outcome.reason, "perhaps sent");
      return "stop";
    case "later":
      await hold(context, batch, context.now() + outcome.seconds * 1000, outcome.reason);
      return "stop";
    case "quota":
      await recordQuota(context, batch, outcome, wasOutOfQuota);
      return "stop";
    case "misconfigured":
      await hold(context, batch, context.now() + hour, outcome.reason);
      await raiseTrouble(context, outcome);
      return "stop";
    case "conflict":
      await completeConflict(context, batch, outcome.reason);
      return "stop";
  }
}

/**
 * Halves the batch, so that the one bad email is found and the others are sent. If an earlier attempt may have been
 * accepted, halves could be second emails: then the batch is uncertain.
 */
async function recordRejection(context: SendContext, batch: Claimed, reason: string): Promise<Next> {
  if (!batch.isFresh) {
    await completeUncertain(context, batch, `refused after an attempt without an answer: ${reason}`);
    return "go on";
  }
  if (batch.members.length > 1) {
    await split(context, batch, context.now(), reason);
    return "go on";
  }
  await completeBatch(context, batch, [{ error: reason }], reason);
  const [row] = await context.db.all<{ count: number }>(sql`SELECT COUNT(*) AS count FROM batches
    WHERE edition_id = ${batch.edition.id} AND state = 'settled' AND error IS NOT NULL`);
  if (!row || row.count % maxRejected > 0) return "go on";
  const { id } = batch.edition;
  await stopEdition(
    context,
    batch.edition,
    "refused",
    context.words.notices.stopped.rejected(id, row.count, reason, goOnCommands(id)),
  );
  return "stop";
}

/**
 * A batch rejected right after the day's quota was renewed may be too large for what transactional emails leave of it: it
 * is halved until it fits.
 */
async function recordQuota(
  context: SendContext,
  batch: Claimed,
  trouble: Extract<Outcome, { kind: "quota" }>,
  wasOutOfQuota: boolean,
): Promise<void> {
  const { period, reason } = trouble;
  const until = renewalOf(context.now());
  const isTooLarge = period === "day" && wasOutOfQuota && batch.isFresh && batch.members.length > 1;
  if (isTooLarge) await split(context, batch, until, reason);
  await hold(context, batch, until, reason);
  await raiseTrouble(context, trouble);
}

/** A template just written to KV may not be readable yet; after an hour it is missing. */
export async function recordMissingMail(context: SendContext, batch: Claimed): Promise<Next> {
  const isGone = context.now() - Date.parse(batch.sealedAt) > hour;
  if (isGone) {
    const { id } = batch.edition;
    const body = context.words.notices.stopped.emailMissing(id, goOnCommands(id));
    await stopEdition(context, batch.edition, "mail missing", body);
  }
  await postpone(context, batch, 5 * minute, "The email is not in KV yet, or no longer.", "not sent");
  return isGone ? "stop" : "go on";
}

/**
 * Records the outcome of each member. An acceptance always counts, however late. A webhook may have been faster: states
 * only advance, so its report stays.
 */
function completeBatch(
  context: SendContext,
  batch: Claimed,
  results: readonly MessageResult[],
  error: string | null,
): Promise<unknown> {
  const at = iso(context.now());
  const ends = batch.members.flatMap(({ subscriber, chapters }, index) =>
    chapters.map((chapter) => ({ chapter, subscriber, ...results[index] })),
  );
  const moves = sql`CASE WHEN e.value ->> 'error' IS NULL THEN state IN ${beginningsOf(accept)} ELSE state IN ${beginningsOf(fail)} END`;
  return persist(() =>
    transact(context.db, [
      sql`UPDATE deliveries SET provider_id = COALESCE(provider_id, e.value ->> 'id'),
          reason = CASE WHEN ${moves} THEN e.value ->> 'error' ELSE reason END,
          changed_at = CASE WHEN ${moves} THEN ${at} ELSE changed_at END,
          state = CASE WHEN NOT ${moves} THEN state WHEN e.value ->> 'error' IS NULL THEN ${accept.to} ELSE ${fail.to} END
        FROM json_each(${JSON.stringify(ends)}) e WHERE chapter_id = e.value ->> 'chapter'
          AND subscriber_id = e.value ->> 'subscriber' AND edition_id = ${batch.edition.id}`,
      sql`UPDATE batches SET state = 'settled', members = '[]', error = ${error}, settled_at = ${at}
        WHERE id = ${batch.id} AND generation = ${batch.generation}`,
    ]),
  );
}

/** Halves a batch of which nothing was sent; the halves are due at `notBefore`. */
function split(context: SendContext, batch: Claimed, notBefore: number, reason: string): Promise<unknown> {
  const at = iso(context.now());
  const halves = chunk(batch.members, Math.ceil(batch.members.length / 2)).map((members, index) => ({
    id: `${batch.id}/${index + 1}`,
    members: JSON.stringify(members),
  }));
  return persist(() =>
    transact(context.db, [
      sql`INSERT INTO batches (id, edition_id, members, state, sealed_at, next_attempt_at)
        SELECT value ->> 'id', ${batch.edition.id}, value ->> 'members', 'sealed', ${at}, ${iso(notBefore)}
        FROM json_each(${JSON.stringify(halves)})
        WHERE EXISTS (SELECT 1 FROM batches WHERE id = ${batch.id} AND state = 'sealed' AND attempts = ${batch.attempts})
        ON CONFLICT DO NOTHING`,
      sql`UPDATE batches SET state = 'split', members = '[]', error = ${reason}, settled_at = ${at}
        WHERE id = ${batch.id} AND state = 'sealed' AND attempts = ${batch.attempts}`,
    ]),
  );
}

/** Nothing of the batch was sent, and nothing at all is sent before that time. */
async function hold(context: SendContext, batch: Claimed, until: number, reason: string): Promise<void> {
  await postpone(context, batch, until - context.now(), reason, "not sent");
  await persist(() =>
    context.db.run(sql`UPDATE newsletter SET hold_until = ${iso(until)}, hold_reason = ${reason}
      WHERE id = 1 AND hold_reason IS NOT 'restored'`),
  );
}

/** `not sent`: if this was the first claim that could have sent it, its members may be refreshed. */
function postpone(
  context: SendContext,
  batch: Claimed,
  milliseconds: number,
  reason: string,
  what: "not sent" | "perhaps sent",
): Promise<unknown> {
  const since = what === "not sent" && batch.isFresh ? null : batch.unknownSince;
  return persist(() =>
    context.db.run(sql`UPDATE batches SET next_attempt_at = ${iso(context.now() + milliseconds)}, unknown_since = ${since}, error = ${reason}
      WHERE id = ${batch.id} AND state = 'sealed' AND attempts = ${batch.attempts}`),
  );
}

/** Quotas reset at midnight UTC; five minutes of margin. A monthly quota is checked daily, because it may be raised. */
function renewalOf(now: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 1) + 5 * minute;
}
