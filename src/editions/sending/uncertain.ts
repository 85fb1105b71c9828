/**
 * Marks deliveries whose outcome can no longer be known as uncertain: reported, never sent again. Webhooks still update
 * those they know of.
 */
import { type SQL, sql } from "drizzle-orm";
import { iso, persist, transact } from "../../db/database.ts";
import { clockToleranceMs, keyLifeMs } from "../../mail/mailer.ts";
import { type Cost, sum } from "../call-budget.ts";
import { arrows, beginningsOf } from "../delivery.ts";
import type { Member } from "../edition.ts";
import { authorCommand, goOnCommands, isRaised, noticeCost, raiseNotice } from "../notices.ts";
import type { RunContext } from "../send-context.ts";
import { type Claimed, isStillWanted } from "./claim.ts";

const batchesAtOnce = 5;

type UncertainBatch = Pick<Claimed, "id" | "attempts" | "members"> & { readonly edition: { readonly id: string } };

const completionCost: Cost = sum(noticeCost, { queries: 5, calls: 3 });

/**
 * Batches without an answer that must not be retried, because Resend may have forgotten their key or a recipient has
 * unsubscribed since. Includes stopped editions.
 */
export async function expireUncertain(context: RunContext): Promise<void> {
  const now = context.now();
  const isExpired = sql`(unknown_since < ${iso(now - keyLifeMs)} OR unknown_since > ${iso(now + clockToleranceMs)})`;
  const rows = await context.db.all<{
    id: string;
    edition: string;
    attempts: number;
    members: string;
    expired: number;
  }>(sql`
    SELECT id, edition_id AS edition, attempts, members, ${isExpired} AS expired FROM batches
    WHERE state = 'sealed' AND (${isExpired} OR NOT ${isStillWanted(now)})
    LIMIT ${batchesAtOnce}`);
  for (const { edition, members, expired, ...batch } of rows) {
    if (!context.budget.fits(completionCost)) return;
    const batchOfEdition = { ...batch, edition: { id: edition }, members: JSON.parse(members) as Member[] };
    const reason =
      expired === 1 ? "no answer within the life of the key" : "not repeated: a recipient has unsubscribed since";
    await completeUncertain(context, batchOfEdition, reason);
  }
}

/**
 * Resend knows the key with different content: something was sent under it that is not on record. The edition stops, and
 * the batch is uncertain.
 */
export async function completeConflict(context: RunContext, batch: Claimed, reason: string): Promise<void> {
  const at = iso(context.now());
  const { id } = batch.edition;
  const { stopped } = context.words.notices;
  await raiseNotice(context, `stopped ${id}`, stopped.title, stopped.conflict(id, reason, goOnCommands(id)));
  await raiseUncertain(context, batch, batch.members.length, reason);
  await persist(() =>
    transact(context.db, [
      ...lapsed(batch, reason, at),
      sql`UPDATE editions SET state = 'stopped', stopped_at = ${at}, stop_reason = 'conflict'
        WHERE id = ${id} AND state = 'sending' AND ${isRaised(`stopped ${id}`)}`,
    ]),
  );
}

/** Notify first: a run that breaks off in between comes back to the batch. */
export async function completeUncertain(context: RunContext, batch: UncertainBatch, reason: string): Promise<void> {
  // Webhooks may have reported all of them.
  const [open] = await context.db.all<{ count: number }>(
    sql`SELECT COUNT(*) AS count FROM deliveries WHERE ${isUnderWay(batch)}`,
  );
  if (open && open.count > 0) await raiseUncertain(context, batch, open.count, reason);
  await persist(() => transact(context.db, lapsed(batch, reason, iso(context.now()))));
}

function raiseUncertain(
  context: RunContext,
  { edition: { id } }: UncertainBatch,
  deliveries: number,
  reason: string,
): Promise<void> {
  const { title, body } = context.words.notices.uncertain;
  return raiseNotice(context, `uncertain ${id}`, title, body(id, deliveries, reason, authorCommand(`show ${id}`)));
}

const lapsed = (batch: UncertainBatch, reason: string, at: string): SQL[] => [
  sql`UPDATE deliveries SET state = ${arrows.lapse.to}, reason = ${reason}, changed_at = ${at} WHERE ${isUnderWay(batch)}
    AND EXISTS (SELECT 1 FROM batches WHERE id = ${batch.id} AND state = 'sealed' AND attempts = ${batch.attempts})`,
  sql`UPDATE batches SET state = 'uncertain', members = '[]', error = ${reason}, settled_at = ${at}
    WHERE id = ${batch.id} AND state = 'sealed' AND attempts = ${batch.attempts}`,
];

/** Deliveries of the batch without an outcome. */
function isUnderWay({ edition, members }: UncertainBatch): SQL {
  const deliveries = members.flatMap(({ subscriber, chapters }) =>
    chapters.map((chapter) => ({ chapter, subscriber })),
  );
  return sql`(chapter_id, subscriber_id) IN (SELECT c.value ->> 'chapter', c.value ->> 'subscriber'
      FROM json_each(${JSON.stringify(deliveries)}) c)
    AND edition_id = ${edition.id} AND state IN ${beginningsOf(arrows.lapse)}`;
}
