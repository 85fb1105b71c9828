/** What the provider's answer makes of a batch: each kind of outcome is one transaction. */
import { sql } from "drizzle-orm";
import type { MessageResult, Outcome } from "../mail/mailer.ts";
import { chunk } from "./chunk.ts";
import { arrows, beginningsOf } from "./delivery.ts";
import type { Claimed } from "./draw-up.ts";
import type { Edition } from "./edition.ts";
import { authorCommand, raiseNotice, raiseTrouble } from "./notices.ts";
import { iso, type PostRoom, persist, transact } from "./post-room.ts";

const { lapse, accept, fail } = arrows;
const minute = 60_000;
const hour = 60 * minute;

/** Whether more can be posted in this run. */
export type Next = "go on" | "stop";

export async function recordOutcome(room: PostRoom, edition: Edition, batch: Claimed, outcome: Outcome): Promise<Next> {
  switch (outcome.kind) {
    case "accepted":
      await settle(room, edition, batch, outcome.results);
      return "go on";
    case "refused":
      await (batch.members.length > 1
        ? split(room, edition, batch)
        : settle(room, edition, batch, [{ error: outcome.reason }]));
      return "go on";
    case "unknown":
      await postpone(room, batch, Math.min(2 ** batch.attempts, 60) * minute, outcome.reason, "perhaps sent");
      return "stop";
    case "later":
      await hold(room, batch, room.now() + outcome.seconds * 1000, outcome.reason);
      return "stop";
    case "quota":
      await hold(room, batch, renewalOf(outcome.period, room.now()), outcome.reason);
      await raiseTrouble(room, outcome);
      return "stop";
    case "misconfigured":
      await hold(room, batch, room.now() + hour, outcome.reason);
      await raiseTrouble(room, outcome);
      return "stop";
    case "conflict":
      await settleUncertain(room, edition, batch, outcome.reason);
      await stopEdition(
        room,
        edition.id,
        "conflict",
        `Resend knows the key of a batch with other contents (${outcome.reason}).`,
      );
      return "stop";
  }
}

/** Ends an edition's sending until the author says how to go on. */
async function stopEdition(room: PostRoom, id: string, reason: string, words: string): Promise<void> {
  await persist(() =>
    room.db.run(sql`UPDATE editions SET state = 'stopped', stopped_at = ${iso(room.now())}, stop_reason = ${reason}
      WHERE id = ${id} AND state = 'sending'`),
  );
  await raiseNotice(
    room,
    `stopped ${id}`,
    "A mailing has stopped",
    `${words} Mailing ${id} goes on with ${authorCommand(`continue ${id}`)}, and is ended with ${authorCommand(`skip ${id}`)}.`,
  );
}

/** The copies may have arrived or not: nobody gets another, and the author is told. Webhooks settle what they know of. */
export async function settleUncertain(
  room: PostRoom,
  edition: Edition,
  batch: Pick<Claimed, "id" | "attempts" | "members">,
  reason: string,
): Promise<void> {
  const at = iso(room.now());
  await persist(() =>
    transact(room.db, [
      sql`UPDATE deliveries SET state = ${lapse.to}, reason = ${reason}, changed_at = ${at}
        FROM json_each(${copiesOf(batch.members)}) c WHERE chapter_id = c.value ->> 'chapter'
          AND subscriber_id = c.value ->> 'subscriber' AND edition_id = ${edition.id} AND state IN ${beginningsOf(lapse)}
          AND EXISTS (SELECT 1 FROM batches WHERE id = ${batch.id} AND state = 'sealed' AND attempts = ${batch.attempts})`,
      sql`UPDATE batches SET state = 'uncertain', members = '[]', error = ${reason}, settled_at = ${at}
        WHERE id = ${batch.id} AND state = 'sealed' AND attempts = ${batch.attempts}`,
    ]),
  );
  // Webhooks may have settled all of them.
  const [left] = await room.db.all<{ copies: number }>(
    sql`SELECT COUNT(*) AS copies FROM deliveries WHERE edition_id = ${edition.id} AND state = 'uncertain'`,
  );
  if (!left || left.copies === 0) return;
  await raiseNotice(
    room,
    `uncertain ${edition.id}`,
    "Some copies may not have arrived",
    `Resend gave no answer about ${left.copies} copies of ${edition.id} while it could still tell a repeated request from a new one (${reason}). They are not sent again, because their readers may have them; see ${authorCommand(`show ${edition.id}`)}.`,
  );
}

/**
 * What became of each member. A "yes" holds whoever brings it, however late; a webhook may have been
 * faster: states go forward only, so what it said stays.
 */
function settle(room: PostRoom, edition: Edition, batch: Claimed, results: readonly MessageResult[]): Promise<unknown> {
  const at = iso(room.now());
  const ends = batch.members.flatMap(({ subscriber, chapters }, index) =>
    chapters.map((chapter) => ({ chapter, subscriber, ...results[index] })),
  );
  const moves = sql`CASE WHEN e.value ->> 'error' IS NULL THEN state IN ${beginningsOf(accept)} ELSE state IN ${beginningsOf(fail)} END`;
  return persist(() =>
    transact(room.db, [
      sql`UPDATE deliveries SET provider_id = COALESCE(provider_id, e.value ->> 'id'),
          reason = CASE WHEN ${moves} THEN e.value ->> 'error' ELSE reason END,
          changed_at = CASE WHEN ${moves} THEN ${at} ELSE changed_at END,
          state = CASE WHEN NOT ${moves} THEN state WHEN e.value ->> 'error' IS NULL THEN ${accept.to} ELSE ${fail.to} END
        FROM json_each(${JSON.stringify(ends)}) e WHERE chapter_id = e.value ->> 'chapter'
          AND subscriber_id = e.value ->> 'subscriber' AND edition_id = ${edition.id}`,
      sql`UPDATE batches SET state = 'settled', members = '[]', error = NULL, settled_at = ${at}
        WHERE id = ${batch.id} AND generation = ${batch.generation}`,
    ]),
  );
}

/** Halves of a batch that was turned away whole, so that the one bad copy is found and the others go out. */
function split(room: PostRoom, { id: edition }: Edition, batch: Claimed): Promise<unknown> {
  const at = iso(room.now());
  const halves = chunk(batch.members, Math.ceil(batch.members.length / 2)).map((members, index) => ({
    id: `${batch.id}/${index + 1}`,
    members: JSON.stringify(members),
  }));
  return persist(() =>
    transact(room.db, [
      sql`INSERT INTO batches (id, edition_id, members, state, sealed_at, next_attempt_at)
        SELECT value ->> 'id', ${edition}, value ->> 'members', 'sealed', ${at}, ${at} FROM json_each(${JSON.stringify(halves)})
        WHERE EXISTS (SELECT 1 FROM batches WHERE id = ${batch.id} AND state = 'sealed' AND attempts = ${batch.attempts})
        ON CONFLICT DO NOTHING`,
      sql`UPDATE batches SET state = 'split', members = '[]', settled_at = ${at}
        WHERE id = ${batch.id} AND state = 'sealed' AND attempts = ${batch.attempts}`,
    ]),
  );
}

/** Nothing of the batch was sent, and nothing at all is before that time. */
async function hold(room: PostRoom, batch: Claimed, until: number, reason: string): Promise<void> {
  await postpone(room, batch, until - room.now(), reason, "not sent");
  await persist(() =>
    room.db.run(sql`UPDATE newsletter SET hold_until = ${iso(until)}, hold_reason = ${reason} WHERE id = 1`),
  );
}

/** `not sent`: if this claim was the first that could have sent it, its members may be drawn up anew. */
export function postpone(
  room: PostRoom,
  batch: Claimed,
  milliseconds: number,
  reason: string,
  what: "not sent" | "perhaps sent",
): Promise<unknown> {
  const since = what === "not sent" && batch.isFresh ? null : batch.unknownSince;
  return persist(() =>
    room.db.run(sql`UPDATE batches SET next_attempt_at = ${iso(room.now() + milliseconds)}, unknown_since = ${since}, error = ${reason}
      WHERE id = ${batch.id} AND state = 'sealed' AND attempts = ${batch.attempts}`),
  );
}

const copiesOf = (members: Claimed["members"]): string =>
  JSON.stringify(members.flatMap(({ subscriber, chapters }) => chapters.map((chapter) => ({ chapter, subscriber }))));

/** Quotas are renewed at midnight UTC and on the first of a month; five minutes later nobody is early. */
function renewalOf(period: "day" | "month", now: number): number {
  const date = new Date(now);
  const days = period === "day" ? date.getUTCDate() + 1 : 1;
  const months = date.getUTCMonth() + (period === "month" ? 1 : 0);
  return Date.UTC(date.getUTCFullYear(), months, days) + 5 * minute;
}
