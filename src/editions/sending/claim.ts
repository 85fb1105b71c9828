/**
 * Claims due batches for this run. One transaction takes a lease, marks the batches as possibly sent, and increments the
 * claim counter (a fencing token). Until the outcome is known, neither their key nor their bytes change.
 */
import { type SQL, sql } from "drizzle-orm";
import { iso, persist, transact } from "../../db/database.ts";
import { clockToleranceMs, keyLifeMs, repeatedRegardlessMs } from "../../mail/mailer.ts";
import type { Cost } from "../call-budget.ts";
import type { Edition, Member } from "../edition.ts";
import type { SendContext } from "../send-context.ts";
import type { DueBatch, RefreshedBatch } from "./refresh-batches.ts";

/** Much longer than the mailer's timeout. */
export const leaseMs = 5 * 60_000;
/** No batch waits longer: a later time was written by a wrong clock. */
export const maxWaitMs = 25 * 3_600_000;

/**
 * Whether a batch may be sent again although part of it may have been sent. It cannot be repeated with other bytes, so
 * after some hours it is not repeated if a recipient has unsubscribed, bounced, complained or erased their data since.
 */
export const isStillWanted = (now: number): SQL =>
  sql`(batches.unknown_since IS NULL OR batches.unknown_since > ${iso(now - repeatedRegardlessMs)}
    OR NOT EXISTS (SELECT 1 FROM json_each(batches.members) m LEFT JOIN subscribers s ON s.id = m.value ->> 'subscriber'
      WHERE s.state IS NOT 'confirmed'))`;

/** A batch that only this run may send until its lease ends. */
export interface Claimed {
  readonly id: string;
  readonly edition: Edition;
  readonly generation: number;
  readonly attempts: number;
  readonly members: readonly Member[];
  /** ISO 8601: since when it may have been sent. */
  readonly unknownSince: string;
  /** Nothing of it can have been sent before this claim. */
  readonly isFresh: boolean;
  /** Milliseconds since 1970. */
  readonly claimedAt: number;
  readonly sealedAt: string;
}

/** The transaction and the watermark. */
export const claimCost: Cost = { queries: 5, calls: 3 };

/**
 * Due batches of these editions: those with an unknown outcome first, so that it is resolved soon, then those that have
 * waited longest. Batches whose key may have expired are left out.
 */
export async function dueBatches(
  context: SendContext,
  editions: readonly Edition[],
  limit: number,
): Promise<DueBatch[]> {
  const now = context.now();
  const rows = await context.db.all<Omit<DueBatch, "edition" | "members"> & { editionId: string; members: string }>(sql`
    SELECT batches.id, edition_id AS editionId, generation, attempts, members, unknown_since AS unknownSince,
      batches.sealed_at AS sealedAt
    FROM batches JOIN editions e ON e.id = edition_id AND e.state = 'sending'
    WHERE batches.state = 'sealed' AND (next_attempt_at <= ${iso(now)} OR next_attempt_at > ${iso(now + maxWaitMs)})
      AND (unknown_since IS NULL OR unknown_since BETWEEN ${iso(now - keyLifeMs)} AND ${iso(now + clockToleranceMs)})
      AND ${isStillWanted(now)}
    ORDER BY unknown_since IS NULL, next_attempt_at, batches.id LIMIT ${limit}`);
  return rows.flatMap(({ editionId, members, ...row }) => {
    const edition = editions.find(({ id }) => id === editionId);
    return edition ? { ...row, edition, members: JSON.parse(members) as Member[] } : [];
  });
}

/** The batches this run got; another run may have been faster. */
export interface Claim {
  readonly claimed: readonly Claimed[];
  /** For the watermark, before anything is sent. */
  readonly number: number;
}

/** Not retried on failure: claimed batches that are not sent become due when their lease ends. */
export async function claim(context: SendContext, refreshed: readonly RefreshedBatch[]): Promise<Claim> {
  const now = context.now();
  const claims = refreshed.map(claimOf);
  const skipped = refreshed.flatMap(({ batch, skipped: copies }) =>
    copies.map((copy) => ({ batch: batch.id, ...copy })),
  );
  const released = refreshed.flatMap(({ batch, released: copies }) =>
    copies.map((copy) => ({ batch: batch.id, ...copy })),
  );
  const [[newsletter] = [], rows = []] = await transact(context.db, [
    sql`UPDATE newsletter SET claims = claims + 1 WHERE id = 1 RETURNING claims`,
    // Only if the batch is as it was when refreshed, and none of its recipients has unsubscribed since.
    sql`UPDATE batches SET claim = ${thisClaim}, attempts = batches.attempts + 1, next_attempt_at = ${iso(now + leaseMs)},
        unknown_since = COALESCE(unknown_since, ${iso(context.realNow())}), members = COALESCE(c.value ->> 'members', members),
        generation = batches.generation + (c.value ->> 'members' IS NOT NULL)
      FROM json_each(${JSON.stringify(claims)}) c
      WHERE batches.id = c.value ->> 'batch' AND batches.state = 'sealed' AND attempts = c.value ->> 'attempts'
        AND generation = c.value ->> 'generation'
        AND EXISTS (SELECT 1 FROM editions WHERE editions.id = edition_id AND editions.state = 'sending')
        AND NOT EXISTS (SELECT 1 FROM json_each(c.value -> 'who') w LEFT JOIN subscribers s ON s.id = w.value
          WHERE s.state IS NOT 'confirmed' OR s.paused_until > ${iso(now)})
        AND ${isStillWanted(now)}
      RETURNING batches.id AS id, unknown_since AS unknownSince`,
    sql`UPDATE deliveries SET state = 'skipped', reason = s.value ->> 'reason', changed_at = ${iso(now)}
      FROM json_each(${JSON.stringify(skipped)}) s JOIN batches b ON b.id = s.value ->> 'batch' AND b.claim = ${thisClaim}
      WHERE chapter_id = s.value ->> 'chapter' AND subscriber_id = s.value ->> 'subscriber'
        AND deliveries.edition_id = b.edition_id AND deliveries.state = 'sending'`,
    sql`DELETE FROM deliveries WHERE state = 'sending' AND (chapter_id, subscriber_id, edition_id) IN
      (SELECT r.value ->> 'chapter', r.value ->> 'subscriber', b.edition_id FROM json_each(${JSON.stringify(released)}) r
        JOIN batches b ON b.id = r.value ->> 'batch' AND b.claim = ${thisClaim})`,
  ]);
  const since = new Map((rows as { id: string; unknownSince: string }[]).map((row) => [row.id, row.unknownSince]));
  const claimed = refreshed.flatMap((each) => {
    const { id, edition, generation, attempts, unknownSince } = each.batch;
    const isOurs = since.get(id);
    if (isOurs === undefined) return [];
    return {
      id,
      edition,
      generation: generation + (isChanged(each) ? 1 : 0),
      attempts: attempts + 1,
      members: each.members,
      unknownSince: isOurs,
      isFresh: unknownSince === null,
      claimedAt: now,
      sealedAt: each.batch.sealedAt,
    };
  });
  return { claimed, number: (newsletter as { claims: number } | undefined)?.claims ?? 0 };
}

/** Within the transaction: the number just incremented. */
const thisClaim = sql`(SELECT claims FROM newsletter WHERE id = 1)`;

/** Members are written only if they changed; nobody can be removed from a batch that may have been sent. */
const claimOf = (refreshed: RefreshedBatch) => {
  const { id, attempts, generation, unknownSince } = refreshed.batch;
  return {
    batch: id,
    attempts,
    generation,
    who: unknownSince === null ? refreshed.members.map(({ subscriber }) => subscriber) : [],
    ...(isChanged(refreshed) && { members: JSON.stringify(refreshed.members) }),
  };
};

const isChanged = ({ batch, members }: RefreshedBatch): boolean =>
  JSON.stringify(members) !== JSON.stringify(batch.members);

/** Releases batches that were claimed and not sent: they are due again, unchanged. */
export const release = (context: SendContext, batches: readonly Claimed[]): Promise<unknown> => {
  const list = batches.map(({ id, attempts, isFresh }) => ({ batch: id, attempts, isFresh }));
  return persist(() =>
    context.db.run(sql`UPDATE batches SET next_attempt_at = ${iso(context.now())},
        unknown_since = CASE WHEN c.value ->> 'isFresh' THEN NULL ELSE unknown_since END
      FROM json_each(${JSON.stringify(list)}) c
      WHERE batches.id = c.value ->> 'batch' AND attempts = c.value ->> 'attempts' AND state = 'sealed'`),
  );
};
