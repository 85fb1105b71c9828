/**
 * Seals the next recipients of an edition into batches, which freezes recipients and content. One transaction writes the
 * batches, a delivery per recipient and chapter, and the edition's cursor; if another run was faster, or a recipient has
 * got a chapter elsewhere in the meantime, it fails as a whole.
 */
import { sql } from "drizzle-orm";
import { iso, messageOf, persist, transact } from "../../db/database.ts";
import { type Cost, sum } from "../call-budget.ts";
import {
  batchSize,
  type Edition,
  freezeMail,
  knownMail,
  type Mail,
  type Member,
  mailCost,
  memberOf,
  withKnownMails,
} from "../edition.ts";
import { isAhead, wants } from "../recipients.ts";
import { isDigest, type SendContext } from "../send-context.ts";

/** Different emails per batch: each is a KV read when the batch is sent. */
const mailsPerBatch = 8;
/** Subscribers per query, whether or not they get anything. */
const maxCandidates = 1000;

export const sealCost: Cost = { queries: 4, calls: 2 };

interface Candidate {
  readonly id: string;
  readonly email: string;
  readonly unsubscribeKey: string;
  readonly state: string;
  readonly pausedUntil: string | null;
  /** JSON list of the chapters they want and have not received. */
  readonly wanted: string;
}

interface Skipped {
  readonly chapter: string;
  readonly subscriber: string;
  readonly reason: string;
}

export interface Sealed {
  readonly edition: Edition;
  readonly batches: number;
}

/**
 * The edition after sealing for at most `limit` more recipients; `undefined` if another run was faster. `spare`: what must
 * remain of the run's budget.
 */
export async function sealNext(
  context: SendContext,
  edition: Edition,
  limit: number,
  spare: Cost = { queries: 0, calls: 0 },
): Promise<Sealed | undefined> {
  const size = Math.min(limit, maxCandidates);
  const candidates = await findCandidates(context, edition, size);
  const members: Member[] = [];
  const skipped: Skipped[] = [];
  let mails = edition.mails;
  let passed = 0;
  for (const candidate of candidates) {
    const chapters = JSON.parse(candidate.wanted) as string[];
    const away = whyAway(candidate, context.now());
    if (chapters.length > 0 && away) {
      if (!isDigest(edition.audience)) {
        skipped.push(...chapters.map((chapter) => ({ chapter, subscriber: candidate.id, reason: away })));
      }
    } else if (chapters.length > 0) {
      const mail = knownMail({ mails }, chapters) ?? (await newMail(context, edition, chapters, spare));
      // The rest waits for the next run, which has its own budget.
      if (!mail) break;
      if (!mails.includes(mail)) mails = [...mails, mail];
      members.push(await memberOf(context, edition, candidate, mail));
    }
    passed += 1;
  }
  const isLast = passed === candidates.length && candidates.length < size;
  if (passed === 0 && !isLast) return undefined;
  const cursor = candidates[passed - 1]?.id ?? edition.cursor;
  const next = { ...edition, cursor, mails, sealedAt: isLast ? iso(context.now()) : null };
  const batches = inBatches(members);
  const isOurs = await writeSeal(context, edition, next, batches, skipped);
  return isOurs ? { edition: next, batches: batches.length } : undefined;
}

const newMail = async (context: SendContext, edition: Edition, chapters: readonly string[], spare: Cost) =>
  context.budget.fits(sum(mailCost, sealCost, spare))
    ? await freezeMail(context, edition.id, edition.audience, chapters)
    : undefined;

const whyAway = ({ state, pausedUntil }: Candidate, now: number): string | undefined => {
  if (state !== "confirmed") return state;
  return pausedUntil !== null && pausedUntil > iso(now) ? "paused" : undefined;
};

async function writeSeal(
  context: SendContext,
  before: Edition,
  { id, cursor, mails, sealedAt }: Edition,
  sealed: readonly (readonly Member[])[],
  skipped: readonly Skipped[],
): Promise<boolean> {
  const at = iso(context.now());
  // Named after the edition's cursor, so that two runs at the same cursor make the same batches. The name becomes the
  // idempotency key, so it ends with the identifier of the database: another database may use the same Resend account.
  const batches = sealed.map((list, index) => ({
    id: `${id}/${before.cursor}${index === 0 ? "" : `.${index}`}`,
    members: JSON.stringify(list),
  }));
  // The author may have stopped or ended the edition since it was read: then nothing is written.
  const isSending = sql`EXISTS (SELECT 1 FROM editions WHERE id = ${id} AND state = 'sending' AND cursor = ${before.cursor} AND sealed_at IS NULL)`;
  const copies = sealed
    .flat()
    .flatMap(({ subscriber, chapters }) => chapters.map((chapter) => ({ chapter, subscriber })));
  try {
    const [, , moved = []] = await persist(() =>
      transact(context.db, [
        sql`INSERT INTO batches (id, edition_id, members, state, sealed_at, next_attempt_at)
          SELECT value ->> 'id' || COALESCE('+' || (SELECT database_id FROM newsletter WHERE id = 1), ''), ${id},
            value ->> 'members', 'sealed', ${at}, ${at} FROM json_each(${JSON.stringify(batches)})
          WHERE ${isSending}`,
        sql`INSERT INTO deliveries (chapter_id, subscriber_id, edition_id, state, reason, changed_at)
          SELECT value ->> 'chapter', value ->> 'subscriber', ${id},
            CASE WHEN value ->> 'reason' IS NULL THEN 'sending' ELSE 'skipped' END, value ->> 'reason', ${at}
          FROM json_each(${JSON.stringify([...copies, ...skipped])}) WHERE ${isSending}`,
        sql`UPDATE editions SET cursor = ${cursor}, sealed_at = ${sealedAt}, mails = ${withKnownMails(mails)}
          WHERE id = ${id} AND state = 'sending' AND cursor = ${before.cursor} AND sealed_at IS NULL RETURNING id`,
      ]),
    );
    return moved.length > 0;
  } catch (error) {
    if (/UNIQUE|constraint/i.test(messageOf(error))) return false;
    throw error;
  }
}

/** Batches of at most a hundred emails, with few different templates. */
function inBatches(members: readonly Member[]): Member[][] {
  const batches: Member[][] = [];
  let mails = new Set<Mail["template"]>();
  for (const member of members) {
    const batch = batches.at(-1);
    const fits = batch && batch.length < batchSize && (mails.has(member.template) || mails.size < mailsPerBatch);
    if (fits) batch.push(member);
    else {
      batches.push([member]);
      mails = new Set();
    }
    mails.add(member.template);
  }
  return batches;
}

/**
 * The next subscribers by id, whether or not they get anything, because the cursor has to pass them all. Each row is read
 * once per edition, plus one lookup in the key of `deliveries` per chapter. The edition's row is read as well: `writeSeal`
 * notices if another run has moved it.
 */
const findCandidates = (context: SendContext, edition: Edition, limit: number): Promise<Candidate[]> =>
  context.db.all<Candidate>(sql`
    SELECT s.id, s.email, s.leave_key AS unsubscribeKey, s.state, s.paused_until AS pausedUntil,
      (SELECT json_group_array(c.value) FROM json_each(${JSON.stringify(edition.chapters.filter(context.isPublic))}) c
        WHERE ${wants}) AS wanted
    FROM editions e CROSS JOIN subscribers s WHERE e.id = ${edition.id} AND ${isAhead} ORDER BY s.id LIMIT ${limit}`);
