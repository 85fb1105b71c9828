/**
 * Posting: a run claims one batch at a time for as long as an answer can take, posts it, and writes down
 * what came of it. The key of a batch is made of its id and generation, and members change only together
 * with the generation and only while nothing can have been sent: so every attempt under one key has the
 * same bytes, and the provider takes it once.
 */

import { sql } from "drizzle-orm";
import { sha256, toHex } from "../library/hash.ts";
import { keyLifeMs } from "../mail/mailer.ts";
import { type Claimed, drawUp } from "./draw-up.ts";
import type { Edition, Member } from "./edition.ts";
import { settleTrouble } from "./notices.ts";
import { iso, type PostRoom, persist } from "./post-room.ts";
import { postpone, recordOutcome, settleUncertain } from "./record-outcome.ts";
import { fillTemplate, templateKey } from "./template.ts";

/** Far more than an answer is waited for. */
const leaseMs = 5 * 60_000;
/** A clock that is further back than this says nothing about the age of a key. */
const clockToleranceMs = 5 * 60_000;
/** Two calls a second are allowed; half of a second each keeps under it, whoever else is calling. */
const paceMs = 500;

interface Due {
  readonly id: string;
  readonly editionId: string;
  readonly attempts: number;
  readonly unknownSince: string | null;
}

/** Batches of open editions whose time has come, the longest waiting first. */
export const dueBatches = (room: PostRoom, limit: number): Promise<Due[]> =>
  room.db.all<Due>(sql`
    SELECT b.id, b.edition_id AS editionId, b.attempts, b.unknown_since AS unknownSince
    FROM batches b JOIN editions e ON e.id = b.edition_id AND e.state = 'sending'
    WHERE b.state = 'sealed' AND b.next_attempt_at <= ${iso(room.now())}
    ORDER BY b.next_attempt_at, b.id LIMIT ${limit}`);

/** Posts them, and says how many copies went to the provider. */
export async function postBatches(
  room: PostRoom,
  editions: ReadonlyMap<string, Edition>,
  due: readonly Due[],
): Promise<number> {
  let posted = 0;
  let accepted = 0;
  for (const { id, editionId, attempts, unknownSince } of due) {
    const edition = editions.get(editionId);
    if (!edition) continue;
    const batch = await claim(room, { id, attempts, unknownSince });
    if (!batch) continue;
    if (unknownSince !== null && isPastKeyLife(unknownSince, room.now())) {
      await settleUncertain(room, edition, batch, "no answer within the life of the key");
      continue;
    }
    const drawn = batch.isFresh ? await drawUp(room, edition, batch) : batch;
    if (!drawn) continue;
    if (drawn.members.length === 0) {
      await recordOutcome(room, edition, drawn, { kind: "accepted", results: [] });
      continue;
    }
    if (posted > 0) await room.pace(paceMs);
    const body = await bodyOf(room, drawn.members);
    if (!body) {
      await postpone(room, drawn, leaseMs, "The mail is not in KV yet, or not any more.", "not sent");
      continue;
    }
    const outcome = await room.mailer.sendBatch(await keyOf(drawn), body, drawn.members.length);
    posted += drawn.members.length;
    if (outcome.kind === "accepted") accepted += 1;
    if ((await recordOutcome(room, edition, drawn, outcome)) === "stop") break;
  }
  if (accepted > 0) await settleTrouble(room);
  return posted;
}

/** Not repeated on failure: a claim that was made and whose answer got lost comes back when its lease ends. */
async function claim(
  room: PostRoom,
  { id, attempts, unknownSince }: Omit<Due, "editionId">,
): Promise<Claimed | undefined> {
  const now = room.now();
  const [row] = await room.db.all<{ generation: number; members: string; unknownSince: string }>(sql`
    UPDATE batches SET next_attempt_at = ${iso(now + leaseMs)}, attempts = attempts + 1,
      unknown_since = COALESCE(unknown_since, ${iso(now)})
    WHERE id = ${id} AND state = 'sealed' AND attempts = ${attempts}
      AND EXISTS (SELECT 1 FROM editions WHERE id = edition_id AND state = 'sending')
    RETURNING generation, members, unknown_since AS unknownSince`);
  if (!row) return undefined;
  return {
    id,
    generation: row.generation,
    attempts: attempts + 1,
    members: JSON.parse(row.members) as Member[],
    unknownSince: row.unknownSince,
    isFresh: unknownSince === null,
  };
}

const isPastKeyLife = (since: string, now: number): boolean => {
  const age = now - Date.parse(since);
  return age > keyLifeMs || age < -clockToleranceMs;
};

/** The JSON of the batch in pieces; `undefined` when a template cannot be had. */
async function bodyOf(room: PostRoom, members: readonly Member[]): Promise<string[] | undefined> {
  const pieces: string[] = [];
  for (const { template, to, subscriber, preferences, leave } of members) {
    const text = await templateText(room, template);
    if (text === undefined) return undefined;
    pieces.push(pieces.length === 0 ? "[" : ",", fillTemplate(text, { to, subscriber, preferences, leave }));
  }
  return [...pieces, "]"];
}

async function templateText(room: PostRoom, hash: string): Promise<string | undefined> {
  const known = room.templates.get(hash) ?? (await room.kv.get(templateKey(hash))) ?? undefined;
  if (known !== undefined) room.templates.set(hash, known);
  return known;
}

/** Keys hold 256 characters at most. */
const keyOf = async ({ id, generation }: Claimed): Promise<string> => {
  const key = `${id}-${generation}`;
  return key.length <= 200 ? key : toHex(await sha256(key));
};

/** Editions all of whose copies have found their end. */
export const closeEditions = (room: PostRoom): Promise<unknown> =>
  persist(() =>
    room.db.run(sql`UPDATE editions SET state = 'done', done_at = ${iso(room.now())}
      WHERE state = 'sending' AND sealed_at IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM batches WHERE edition_id = editions.id AND state = 'sealed')`),
  );
