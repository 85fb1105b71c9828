/**
 * Sealing: the next subscribers of an edition become batches whose members are fixed for good. One
 * transaction writes the batches, a delivery for every copy, and how far the edition has come; if another
 * run was faster, or a member has got a chapter from elsewhere in the meantime, it fails as a whole.
 */
import { sql } from "drizzle-orm";
import { chunk } from "./chunk.ts";
import { batchSize, bookOf, type Edition, type Member, mailFor, memberOf } from "./edition.ts";
import { iso, type PostRoom, persist, said, transact } from "./post-room.ts";

/** Until then after a change to "each chapter" the next digest brings what fell between the two. */
const changeoverMs = 31 * 86_400_000;
/** Different mails that one call makes at most: subscribers may want different books, and making a mail takes time. */
const newMailsAtOnce = 8;

interface Candidate {
  readonly id: string;
  readonly email: string;
  readonly leaveKey: string;
  readonly state: string;
  readonly pausedUntil: string | null;
  /** JSON list of the chapters that are wanted and were not sent yet. */
  readonly wanted: string;
}

interface Skipped {
  readonly chapter: string;
  readonly subscriber: string;
  readonly reason: string;
}

/** The edition after up to `limit` more subscribers, or `undefined` when another run was there first. */
export async function sealNext(room: PostRoom, edition: Edition, limit: number): Promise<Edition | undefined> {
  const candidates = await findCandidates(room, edition, limit);
  const members: Member[] = [];
  const skipped: Skipped[] = [];
  let mails = edition.mails;
  let passed = 0;
  for (const candidate of candidates) {
    const chapters = JSON.parse(candidate.wanted) as string[];
    const away = whyAway(candidate, room.now());
    const skip = (reason: string) => {
      // Whoever gets digests finds what was missed in the next one; an edition of one chapter has no next one.
      if (edition.audience !== "each") return;
      skipped.push(...chapters.map((chapter) => ({ chapter, subscriber: candidate.id, reason })));
    };
    if (chapters.length > 0 && away) skip(away);
    else if (chapters.length > 0) {
      const made = await mailFor(room, { ...edition, mails }, chapters);
      mails = made.mails;
      if (made.mail) members.push(await memberOf(room, edition, candidate, made.mail));
      else skip("withdrawn");
    }
    passed += 1;
    if (mails.length - edition.mails.length >= newMailsAtOnce) break;
  }
  const cursor = candidates[passed - 1]?.id ?? edition.cursor;
  const isLast = passed === candidates.length && candidates.length < limit;
  const next = { ...edition, cursor, mails, sealedAt: isLast ? iso(room.now()) : null };
  return (await writeSeal(room, edition, next, members, skipped)) ? next : undefined;
}

const whyAway = ({ state, pausedUntil }: Candidate, now: number): string | undefined => {
  if (state !== "confirmed") return state;
  return (pausedUntil ?? "") > iso(now) ? "paused" : undefined;
};

async function writeSeal(
  room: PostRoom,
  before: Edition,
  { id, cursor, mails, sealedAt }: Edition,
  members: readonly Member[],
  skipped: readonly Skipped[],
): Promise<boolean> {
  const at = iso(room.now());
  const batches = chunk(members, batchSize).map((list, index) => ({
    id: `${id}/${index === 0 ? before.cursor : (members[index * batchSize - 1]?.subscriber ?? "")}`,
    members: JSON.stringify(list),
  }));
  // The author may have stopped or ended it since it was read: then nothing is written.
  const isSending = sql`EXISTS (SELECT 1 FROM editions WHERE id = ${id} AND state = 'sending')`;
  const copies = members.flatMap(({ subscriber, chapters }) => chapters.map((chapter) => ({ chapter, subscriber })));
  try {
    const [, , moved = []] = await persist(() =>
      transact(room.db, [
        sql`INSERT INTO batches (id, edition_id, members, state, sealed_at, next_attempt_at)
          SELECT value ->> 'id', ${id}, value ->> 'members', 'sealed', ${at}, ${at} FROM json_each(${JSON.stringify(batches)})
          WHERE ${isSending}`,
        sql`INSERT INTO deliveries (chapter_id, subscriber_id, edition_id, state, reason, changed_at)
          SELECT value ->> 'chapter', value ->> 'subscriber', ${id},
            CASE WHEN value ->> 'reason' IS NULL THEN 'sending' ELSE 'skipped' END, value ->> 'reason', ${at}
          FROM json_each(${JSON.stringify([...copies, ...skipped])}) WHERE ${isSending}`,
        sql`UPDATE editions SET cursor = ${cursor}, sealed_at = ${sealedAt}, mails = ${JSON.stringify(mails)}
          WHERE id = ${id} AND cursor <= ${cursor} AND state = 'sending' RETURNING id`,
        sql`UPDATE newsletter SET sealed_batches = sealed_batches + ${batches.length} WHERE id = 1 AND ${isSending}`,
      ]),
    );
    return moved.length > 0;
  } catch (error) {
    if (/UNIQUE|constraint/i.test(said(error))) return false;
    throw error;
  }
}

/**
 * The next subscribers by id, whether or not they get anything: the cursor has to pass them all. Each row
 * is read once in an edition's life, plus one look at the key of `deliveries` per chapter.
 */
const findCandidates = (room: PostRoom, edition: Edition, limit: number): Promise<Candidate[]> => {
  const isDigest = edition.audience !== "each";
  const chapters = JSON.stringify(edition.chapters.map((id) => ({ id, book: bookOf(id) })));
  const changedSince = iso(Date.parse(edition.openedAt) - changeoverMs);
  return room.db.all<Candidate>(sql`
    SELECT s.id, s.email, s.leave_key AS leaveKey, s.state, s.paused_until AS pausedUntil,
      (SELECT json_group_array(c.value ->> 'id') FROM json_each(${chapters}) c
        WHERE (s.books IS NULL OR EXISTS (SELECT 1 FROM json_each(s.books) b WHERE b.value = c.value ->> 'book'))
          AND (NOT ${isDigest ? 1 : 0} OR EXISTS (SELECT 1 FROM publications p
            WHERE p.chapter_id = c.value ->> 'id' AND p.announced_at >= s.confirmed_at))
          AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.chapter_id = c.value ->> 'id' AND d.subscriber_id = s.id)
      ) AS wanted
    FROM subscribers s
    WHERE s.id > ${edition.cursor} AND s.confirmed_at <= ${edition.openedAt}
      AND (s.frequency = ${edition.audience}
        OR (${edition.audience} = 'weekly' AND s.frequency = 'each' AND s.frequency_changed_at > ${changedSince}))
      AND (s.state = 'confirmed' OR s.left_at > ${edition.openedAt} OR s.suppressed_at > ${edition.openedAt})
    ORDER BY s.id LIMIT ${limit}`);
};
