/**
 * Sealing: the next subscribers of an edition become batches whose members are fixed for good. One
 * transaction writes the batches, a delivery for every copy, and how far the edition has come; if another
 * run was faster, or a member has got a chapter from elsewhere in the meantime, it fails as a whole.
 */
import { sql } from "drizzle-orm";
import { type Audience, iso, type PostRoom, persist } from "./post-room.ts";
import { sha256Hex, templateKey, templateOf } from "./template.ts";
import { leaveToken, signToken } from "./tokens.ts";

/** One copy of a batch, with everything in it that is the subscriber's own. */
export interface Member {
  readonly subscriber: string;
  readonly to: string;
  readonly leave: string;
  readonly preferences: string;
  readonly chapters: readonly string[];
  /** Hash of the template. */
  readonly template: string;
}

export interface Edition {
  readonly id: string;
  readonly audience: Audience;
  readonly chapters: readonly string[];
  readonly openedAt: string;
  readonly cursor: string;
  readonly sealedAt: string | null;
  readonly mails: readonly Mail[];
}

/** A frozen mail, and the chapters it carries. */
export interface Mail {
  readonly chapters: readonly string[];
  readonly template: string;
}

export const batchSize = 100;
const day = 86_400_000;
const preferencesLifeMs = 400 * day;
/** Until then after a change to "each chapter" the next digest brings what fell between the two. */
const changeoverMs = 31 * day;

interface Candidate {
  readonly id: string;
  readonly email: string;
  readonly leaveKey: string;
  readonly state: string;
  readonly pausedUntil: string | null;
  /** JSON list of the chapters that are wanted and were not sent yet. */
  readonly wanted: string;
}

/** The edition after up to `limit` more subscribers, or `undefined` when another run was there first. */
export async function sealNext(room: PostRoom, edition: Edition, limit: number): Promise<Edition | undefined> {
  const now = room.now();
  const candidates = await findCandidates(room, edition, limit);
  const cursor = candidates.at(-1)?.id ?? edition.cursor;
  const sealedAt = candidates.length < limit ? iso(now) : null;
  const isAway = (candidate: Candidate) => candidate.state !== "confirmed" || (candidate.pausedUntil ?? "") > iso(now);
  const waiting = candidates
    .map((candidate) => ({ ...candidate, chapters: JSON.parse(candidate.wanted) as string[] }))
    .filter(({ chapters }) => chapters.length > 0);
  const mails = [...edition.mails];
  const members: Member[] = [];
  for (const candidate of waiting.filter((each) => !isAway(each))) {
    const mail = await mailFor(room, edition, mails, candidate.chapters);
    if (mail) members.push(await memberOf(room, edition, candidate, mail));
  }
  // Whoever gets digests finds what was missed in the next one; an edition of one chapter has no next one.
  const skipped =
    edition.audience === "each"
      ? waiting.filter(isAway).flatMap(({ id, state, chapters }) => {
          const reason = state === "confirmed" ? "paused" : state;
          return chapters.map((chapter) => ({ chapter, subscriber: id, reason }));
        })
      : [];
  const batches = chunk(members, batchSize).map((list, index) => ({
    id: `${edition.id}/${index === 0 ? edition.cursor : (members[index * batchSize - 1]?.subscriber ?? "")}`,
    members: JSON.stringify(list),
  }));
  const copies = members.flatMap(({ subscriber, chapters }) => chapters.map((chapter) => ({ chapter, subscriber })));
  const at = iso(now);
  try {
    await persist(() =>
      room.db.batch([
        room.db.run(sql`INSERT INTO batches (id, edition_id, members, state, sealed_at, next_attempt_at)
          SELECT value ->> 'id', ${edition.id}, value ->> 'members', 'sealed', ${at}, ${at} FROM json_each(${JSON.stringify(batches)})`),
        room.db.run(sql`INSERT INTO deliveries (chapter_id, subscriber_id, edition_id, state, reason, changed_at)
          SELECT value ->> 'chapter', value ->> 'subscriber', ${edition.id},
            CASE WHEN value ->> 'reason' IS NULL THEN 'sending' ELSE 'skipped' END, value ->> 'reason', ${at}
          FROM json_each(${JSON.stringify([...copies, ...skipped])})`),
        room.db.run(sql`UPDATE editions SET cursor = ${cursor}, sealed_at = ${sealedAt}, mails = ${JSON.stringify(mails)}
          WHERE id = ${edition.id} AND cursor <= ${cursor}`),
        room.db.run(sql`UPDATE newsletter SET sealed_batches = sealed_batches + ${batches.length} WHERE id = 1`),
      ]),
    );
  } catch (error) {
    if (/UNIQUE|constraint/i.test(describe(error))) return undefined;
    throw error;
  }
  return { ...edition, cursor, sealedAt, mails };
}

/**
 * The next subscribers by id, whether or not they get anything: the cursor has to pass them all. Each row
 * is read once in an edition's life, plus one look at the key of `deliveries` per chapter.
 */
const findCandidates = (room: PostRoom, edition: Edition, limit: number): Promise<Candidate[]> => {
  const isDigest = edition.audience !== "each";
  const chapters = JSON.stringify(edition.chapters.map((id) => ({ id, book: id.slice(0, id.indexOf("/")) })));
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

/** The frozen mail with exactly these chapters; made and put away when it is the first of its kind. */
async function mailFor(
  room: PostRoom,
  edition: Edition,
  mails: Mail[],
  chapters: readonly string[],
): Promise<Mail | undefined> {
  const known = mails.find((mail) => mail.chapters.join() === chapters.join());
  if (known) return known;
  const mail = await freezeMail(room, edition.id, edition.audience, chapters);
  if (mail) mails.push(mail);
  return mail;
}

export async function freezeMail(
  room: PostRoom,
  edition: string,
  audience: Audience,
  chapters: readonly string[],
): Promise<Mail | undefined> {
  const message = await room.compose(edition, audience, chapters);
  if (!message) return undefined;
  const text = templateOf(message);
  const template = await sha256Hex(text);
  await room.kv.put(templateKey(template), text);
  return { chapters, template };
}

async function memberOf(room: PostRoom, edition: Edition, candidate: Candidate, mail: Mail): Promise<Member> {
  const expires = Date.parse(edition.openedAt) + preferencesLifeMs;
  return {
    subscriber: candidate.id,
    to: candidate.email,
    leave: leaveToken(candidate.id, candidate.leaveKey),
    preferences: await signToken({ purpose: "preferences", subscriber: candidate.id, detail: "-", expires }, room.keys),
    chapters: mail.chapters,
    template: mail.template,
  };
}

export function chunk<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}

/** Drizzle wraps what D1 says. */
export const describe = (error: unknown): string =>
  error instanceof Error
    ? `${error.message} ${error.cause instanceof Error ? error.cause.message : ""}`
    : String(error);
