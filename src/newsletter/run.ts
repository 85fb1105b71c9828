/**
 * One run of the newsletter, called by the cron trigger; runs may overlap, break off anywhere, and be
 * repeated. Its order is what keeps the promise of one copy: what was sealed is noted in KV before it is
 * posted, so that a database which was set back is found out before anything else is done.
 */
import { sql } from "drizzle-orm";
import type { Catalogue } from "../library/catalogue.ts";
import { batchSize, openEditions } from "./edition.ts";
import { authorCommand, raiseNotice } from "./notices.ts";
import { openDueEditions } from "./open-editions.ts";
import { closeEditions, dueBatches, postBatches } from "./post-batches.ts";
import { iso, type PostRoom, persist, transact } from "./post-room.ts";
import { type Recorded, recordPublications } from "./publications.ts";
import { sealNext } from "./seal.ts";

/** Batches ever sealed, as KV remembers it. */
export const progressKey = "newsletter/progress";

interface NewsletterRow {
  readonly beganAt: string;
  readonly sealedBatches: number;
  readonly uncertainUntil: string | null;
  readonly holdUntil: string | null;
}

export async function runNewsletter(room: PostRoom, catalogue: Catalogue): Promise<void> {
  // KV first: of two numbers that grow, the one that must not be greater is read first.
  const progress = Number((await room.kv.get(progressKey)) ?? 0);
  const row = await findNewsletter(room);
  if (!row) return begin(room, catalogue, progress);
  if (row.sealedBatches < progress) await meetRestoredDatabase(room, catalogue, row, progress);
  const recorded = await recordPublications(room.db, catalogue, room.now());
  await tellOfOldChapters(room, recorded);
  try {
    await openDueEditions(room, row, "due");
  } catch (error) {
    console.error("A mailing could not be opened; the next run tries again.", error);
  }
  if ((row.holdUntil ?? "") <= iso(room.now())) await send(room, progress);
}

const findNewsletter = async (room: PostRoom): Promise<NewsletterRow | undefined> =>
  (
    await room.db.all<NewsletterRow>(sql`SELECT began_at AS beganAt, sealed_batches AS sealedBatches,
      uncertain_until AS uncertainUntil, hold_until AS holdUntil FROM newsletter WHERE id = 1`)
  )[0];

/** The first run: what is public by now is history. It is recorded before the row is there that would make it news. */
async function begin(room: PostRoom, catalogue: Catalogue, progress: number): Promise<void> {
  await recordPublications(room.db, catalogue, room.now());
  await persist(() =>
    room.db.run(sql`INSERT INTO newsletter (id, began_at, sealed_batches) VALUES (1, ${iso(room.now())}, ${progress})
      ON CONFLICT DO NOTHING`),
  );
}

/**
 * More was sealed than the database knows of. Whatever could be due now may have been mailed already: it is
 * opened as stopped, and the author decides. The number is raised last, so that a run which breaks off here
 * is repeated by the next one.
 */
async function meetRestoredDatabase(
  room: PostRoom,
  catalogue: Catalogue,
  row: NewsletterRow,
  progress: number,
): Promise<void> {
  const at = iso(room.now());
  await persist(() =>
    transact(room.db, [
      sql`UPDATE deliveries SET state = 'uncertain', reason = 'database restored', changed_at = ${at}
        FROM (SELECT json_extract(m.value, '$.subscriber') AS subscriber, c.value AS chapter, b.edition_id AS edition
          FROM batches b, json_each(b.members) m, json_each(m.value, '$.chapters') c WHERE b.state = 'sealed') s
        WHERE chapter_id = s.chapter AND subscriber_id = s.subscriber AND edition_id = s.edition AND deliveries.state = 'sending'`,
      sql`UPDATE batches SET state = 'uncertain', members = '[]', error = 'database restored', settled_at = ${at}
        WHERE state = 'sealed'`,
      sql`UPDATE editions SET state = 'stopped', stopped_at = ${at}, stop_reason = 'restored' WHERE state = 'sending'`,
    ]),
  );
  await recordPublications(room.db, catalogue, room.now());
  await openDueEditions(room, row, "restored");
  await raiseNotice(
    room,
    `restored ${progress}`,
    "The newsletter's database was set back",
    "It knows of fewer mailings than were sent. Nothing is mailed of what may have been mailed before: `npm run newsletter -- --remote` lists the mailings that wait for your word.",
  );
  await persist(() =>
    room.db.run(sql`UPDATE newsletter SET sealed_batches = ${progress}, uncertain_until = ${at}
      WHERE id = 1 AND sealed_batches < ${progress}`),
  );
}

async function tellOfOldChapters(room: PostRoom, recorded: readonly Recorded[]): Promise<void> {
  const old = recorded.filter(({ announcedAt }) => announcedAt === null);
  const [first] = old;
  if (!first) return;
  await raiseNotice(
    room,
    `history ${first.id}`,
    "New on the shelf, and not mailed",
    `${old.map(({ id }) => id).join(", ")}: dated long ago, or known under an earlier address. To mail a chapter nevertheless: ${authorCommand(`announce ${first.id}`)}.`,
  );
}

async function send(room: PostRoom, progress: number): Promise<void> {
  const editions = new Map((await openEditions(room)).map((edition) => [edition.id, edition]));
  if (editions.size === 0) return;
  const most = Math.ceil(room.mailsPerRun / batchSize);
  let due = await dueBatches(room, most);
  let budget = room.mailsPerRun - due.length * batchSize;
  for (const [id, edition] of editions) {
    if (budget < batchSize && due.length > 0) break;
    if (edition.sealedAt !== null) continue;
    const sealed = await sealNext(room, edition, Math.max(1, budget));
    if (!sealed) continue;
    editions.set(id, sealed);
    due = await dueBatches(room, most);
    budget = room.mailsPerRun - due.length * batchSize;
  }
  await noteProgress(room, progress);
  await postBatches(room, editions, due);
  await closeEditions(room);
}

/** Throws when KV does: what is not noted is not posted. */
async function noteProgress(room: PostRoom, progress: number): Promise<void> {
  const sealed = (await findNewsletter(room))?.sealedBatches ?? 0;
  if (sealed > progress) await room.kv.put(progressKey, String(sealed));
}
