/**
 * The end of what nobody knows: copies that may have arrived or not. Nobody gets another, and the author is told.
 * Webhooks settle what they know of.
 */
import { sql } from "drizzle-orm";
import { keyLifeMs } from "../mail/mailer.ts";
import { type Cost, sum } from "./allowance.ts";
import type { Claimed } from "./claim.ts";
import { arrows, beginningsOf } from "./delivery.ts";
import type { Member } from "./edition.ts";
import { authorCommand, noticeCost, raiseNotice } from "./notices.ts";
import { iso, type PostRoom, persist, transact } from "./post-room.ts";

/**
 * A claim that lies this far ahead was made by a clock that was wrong, and says nothing about the age of a key.
 * Runs that are late go by a clock that is behind: half an hour is less than the life of keys has to spare.
 */
const clockToleranceMs = 30 * 60_000;
const batchesAtOnce = 5;

type Doubtful = Pick<Claimed, "id" | "attempts" | "members"> & { readonly edition: { readonly id: string } };

const settlingCost: Cost = sum(noticeCost, { queries: 5, calls: 3 });

/** Times are noted this far apart. */
const noteEveryMs = 10 * 60_000;

/**
 * Notes how late it is. If it has been later before, the clock has gone back, and nobody knows how old a key is:
 * whatever has no answer by now gets none.
 */
export async function noteTime(room: PostRoom, seenAt: string | null): Promise<void> {
  const now = room.now();
  const hasGoneBack = seenAt !== null && seenAt > iso(now + clockToleranceMs);
  if (!hasGoneBack && seenAt !== null && seenAt > iso(now - noteEveryMs)) return;
  await persist(() =>
    transact(room.db, [
      sql`UPDATE batches SET unknown_since = ${longAgo} WHERE ${hasGoneBack ? 1 : 0} AND state = 'sealed' AND unknown_since IS NOT NULL`,
      sql`UPDATE newsletter SET seen_at = ${iso(now)} WHERE id = 1`,
    ]),
  );
}

/** Older than the life of any key. */
const longAgo = iso(0);

/** Batches without an answer whose key the provider has forgotten by now, or may have: of stopped editions, too. */
export async function settleOutlived(room: PostRoom): Promise<void> {
  const now = room.now();
  const rows = await room.db.all<{ id: string; edition: string; attempts: number; members: string }>(sql`
    SELECT id, edition_id AS edition, attempts, members FROM batches
    WHERE state = 'sealed' AND (unknown_since < ${iso(now - keyLifeMs)} OR unknown_since > ${iso(now + clockToleranceMs)})
    LIMIT ${batchesAtOnce}`);
  for (const { edition, members, ...batch } of rows) {
    if (!room.allowance.fits(settlingCost)) return;
    const doubtful = { ...batch, edition: { id: edition }, members: JSON.parse(members) as Member[] };
    await settleUncertain(room, doubtful, "no answer within the life of the key");
  }
}

/** Told first: a run that breaks off in between comes back to the batch. */
export async function settleUncertain(room: PostRoom, batch: Doubtful, reason: string): Promise<void> {
  const at = iso(room.now());
  const copies = JSON.stringify(
    batch.members.flatMap(({ subscriber, chapters }) => chapters.map((chapter) => ({ chapter, subscriber }))),
  );
  const edition = batch.edition.id;
  const isOpen = sql`(chapter_id, subscriber_id) IN (SELECT c.value ->> 'chapter', c.value ->> 'subscriber' FROM json_each(${copies}) c)
    AND edition_id = ${edition} AND state IN ${beginningsOf(arrows.lapse)}`;
  // Webhooks may have settled all of them.
  const [open] = await room.db.all<{ count: number }>(sql`SELECT COUNT(*) AS count FROM deliveries WHERE ${isOpen}`);
  if (open && open.count > 0) {
    await raiseNotice(
      room,
      `uncertain ${edition}`,
      "Some copies may not have arrived",
      `Resend gave no answer about ${open.count} copies of ${edition} while it could still tell a repeated request from a new one (${reason}). They are not sent again, because their readers may have them; see ${authorCommand(`show ${edition}`)}.`,
    );
  }
  const isStill = sql`EXISTS (SELECT 1 FROM batches WHERE id = ${batch.id} AND state = 'sealed' AND attempts = ${batch.attempts})`;
  await persist(() =>
    transact(room.db, [
      sql`UPDATE deliveries SET state = ${arrows.lapse.to}, reason = ${reason}, changed_at = ${at} WHERE ${isOpen} AND ${isStill}`,
      sql`UPDATE batches SET state = 'uncertain', members = '[]', error = ${reason}, settled_at = ${at}
        WHERE id = ${batch.id} AND state = 'sealed' AND attempts = ${batch.attempts}`,
    ]),
  );
}
