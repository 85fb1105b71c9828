/**
 * Claiming: one transaction in which batches that were drawn up become this run's for as long as their answers
 * can take, may have been sent from now on, and raise the journal's number. Nothing about them changes after
 * that until their end is known: neither their key nor their bytes.
 */
import { type SQL, sql } from "drizzle-orm";
import { iso, persist, transact } from "../../db/database.ts";
import { clockToleranceMs, keyLifeMs, repeatedRegardlessMs } from "../../mail/mailer.ts";
import type { Cost } from "../call-budget.ts";
import type { Edition, Member } from "../edition.ts";
import type { SendContext } from "../send-context.ts";
import type { DueBatch, RefreshedBatch } from "./refresh-batches.ts";

/** Far more than an answer is waited for. */
export const leaseMs = 5 * 60_000;
/** No batch waits longer than this: a time that lies farther ahead was written by a clock that was wrong. */
export const maxWaitMs = 25 * 3_600_000;

/**
 * `batches` may be posted again, although some of it may have been sent: repeating it with other bytes is not possible, so
 * after some hours it is not repeated to somebody who has unsubscribed, bounced, complained or had everything erased since.
 */
export const isStillWanted = (now: number): SQL =>
  sql`(batches.unknown_since IS NULL OR batches.unknown_since > ${iso(now - repeatedRegardlessMs)}
    OR NOT EXISTS (SELECT 1 FROM json_each(batches.members) m LEFT JOIN subscribers s ON s.id = m.value ->> 'subscriber'
      WHERE s.state IS NOT 'confirmed'))`;

/** A batch that this run alone may post until its lease ends. */
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

/** The transaction, and the journal. */
export const claimCost: Cost = { queries: 5, calls: 3 };

/**
 * Batches of these editions whose time has come: first those whose outcome is unknown, so that it is known soon, then the
 * longest waiting. Not those whose key may have expired.
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

/** Those of them that are ours; another run may have been faster. */
export interface Claim {
  readonly claimed: readonly Claimed[];
  /** For the journal, before anything of it is posted. */
  readonly number: number;
}

/** Not repeated on failure: what was claimed and is not posted comes back when its lease ends. */
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
    // What it was taken for when it was drawn up; and whoever is in it has not gone away since then.
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

/** Within the transaction: the number that it has just raised. */
const thisClaim = sql`(SELECT claims FROM newsletter WHERE id = 1)`;

/** Members are named only where they change; of a batch that may have been sent before, nobody can be taken out. */
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

/** Gives back what was claimed and not posted: it is as it was before, and due. */
export const release = (context: SendContext, batches: readonly Claimed[]): Promise<unknown> => {
  const list = batches.map(({ id, attempts, isFresh }) => ({ batch: id, attempts, isFresh }));
  return persist(() =>
    context.db.run(sql`UPDATE batches SET next_attempt_at = ${iso(context.now())},
        unknown_since = CASE WHEN c.value ->> 'isFresh' THEN NULL ELSE unknown_since END
      FROM json_each(${JSON.stringify(list)}) c
      WHERE batches.id = c.value ->> 'batch' AND attempts = c.value ->> 'attempts' AND state = 'sealed'`),
  );
};
