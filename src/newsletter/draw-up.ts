/**
 * Drawing a batch up anew: what subscribers decided after it was sealed holds as long as nothing of it can
 * have been sent. Whoever left is taken out, an address that moved is followed.
 */
import { sql } from "drizzle-orm";
import { bookOf, type Edition, type Mail, type Member, mailFor } from "./edition.ts";
import { iso, type PostRoom, transact } from "./post-room.ts";

/** A batch that this run alone may post until its lease ends. */
export interface Claimed {
  readonly id: string;
  readonly generation: number;
  /** Counts claims: a write of ours that names another number comes too late. */
  readonly attempts: number;
  readonly members: readonly Member[];
  /** ISO 8601: since when it may have been sent. */
  readonly unknownSince: string;
  /** Nothing of it can have been sent before this claim. */
  readonly isFresh: boolean;
}

interface Present {
  readonly id: string;
  readonly email: string;
  readonly state: string;
  readonly pausedUntil: string | null;
  readonly frequency: string;
  readonly books: string | null;
}

/** What becomes of a member: stays as it is or changed, is passed over for a reason, or waits for a digest. */
type Change =
  | {
      readonly kind: "stays";
      readonly member: Member;
      /** Chapters of it that are not wanted any more. */
      readonly unwanted: readonly string[];
      /** All mails of the edition, with one that was made for this member. */
      readonly mails: readonly Mail[];
    }
  | { readonly kind: "skipped"; readonly reason: string }
  | { readonly kind: "later" };

/** The batch as it is to be posted; `undefined` when another run took it over in the meantime. */
export async function drawUp(room: PostRoom, edition: Edition, batch: Claimed): Promise<Claimed | undefined> {
  const ids = JSON.stringify(batch.members.map(({ subscriber }) => subscriber));
  const rows = await room.db.all<Present>(sql`
    SELECT id, email, state, paused_until AS pausedUntil, frequency, books FROM subscribers
    WHERE id IN (SELECT value FROM json_each(${ids}))`);
  const present = new Map(rows.map((row) => [row.id, row]));
  const members: Member[] = [];
  const skipped: { chapter: string; subscriber: string; reason: string }[] = [];
  const released: { chapter: string; subscriber: string }[] = [];
  let drawn = edition;
  for (const member of batch.members) {
    const { subscriber, chapters } = member;
    const change = await changeOf(room, drawn, member, present.get(subscriber));
    if (change.kind === "skipped") {
      skipped.push(...chapters.map((chapter) => ({ chapter, subscriber, reason: change.reason })));
    } else if (change.kind === "later") {
      released.push(...chapters.map((chapter) => ({ chapter, subscriber })));
    } else {
      members.push(change.member);
      for (const chapter of change.unwanted) skipped.push({ chapter, subscriber, reason: "book not wanted" });
      drawn = { ...drawn, mails: change.mails };
    }
  }
  const list = JSON.stringify(members);
  if (list === JSON.stringify(batch.members)) return batch;

  const at = iso(room.now());
  const generation = batch.generation + 1;
  const isOurs = sql`EXISTS (SELECT 1 FROM batches WHERE id = ${batch.id} AND generation = ${generation} AND attempts = ${batch.attempts})`;
  // Not repeated on failure: the batch comes back when the lease ends, whichever of its two shapes it has then.
  const [written = []] = await transact(room.db, [
    sql`UPDATE batches SET members = ${list}, generation = ${generation}
      WHERE id = ${batch.id} AND state = 'sealed' AND attempts = ${batch.attempts} AND generation = ${batch.generation} RETURNING id`,
    sql`UPDATE deliveries SET state = 'skipped', reason = s.value ->> 'reason', changed_at = ${at}
      FROM json_each(${JSON.stringify(skipped)}) s WHERE chapter_id = s.value ->> 'chapter'
        AND subscriber_id = s.value ->> 'subscriber' AND edition_id = ${edition.id} AND state = 'sending' AND ${isOurs}`,
    sql`DELETE FROM deliveries WHERE (chapter_id, subscriber_id) IN
        (SELECT value ->> 'chapter', value ->> 'subscriber' FROM json_each(${JSON.stringify(released)}))
      AND edition_id = ${edition.id} AND state = 'sending' AND ${isOurs}`,
  ]);
  return written.length > 0 ? { ...batch, members, generation } : undefined;
}

async function changeOf(
  room: PostRoom,
  edition: Edition,
  member: Member,
  subscriber: Present | undefined,
): Promise<Change> {
  if (!subscriber) return { kind: "skipped", reason: "erased" };
  if (subscriber.state !== "confirmed") return { kind: "skipped", reason: subscriber.state };
  const { audience } = edition;
  if ((subscriber.pausedUntil ?? "") > iso(room.now())) {
    return audience === "each" ? { kind: "skipped", reason: "paused" } : { kind: "later" };
  }
  // A weekly digest also carries what fell between the two for those who went over to each chapter.
  const isFor = subscriber.frequency === audience || (audience === "weekly" && subscriber.frequency === "each");
  if (!isFor) return { kind: "later" };
  const books = subscriber.books === null ? undefined : (JSON.parse(subscriber.books) as string[]);
  const wanted = member.chapters.filter((chapter) => !books || books.includes(bookOf(chapter)));
  if (wanted.length === 0) return { kind: "skipped", reason: "book not wanted" };
  const at = { ...member, to: subscriber.email };
  const unwanted = member.chapters.filter((chapter) => !wanted.includes(chapter));
  if (unwanted.length === 0) return { kind: "stays", member: at, unwanted, mails: edition.mails };
  const { mail, mails } = await mailFor(room, edition, wanted);
  if (!mail) return { kind: "skipped", reason: "withdrawn" };
  return { kind: "stays", member: { ...at, ...mail }, unwanted, mails };
}
