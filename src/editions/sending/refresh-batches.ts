/** Refreshes sealed batches that were certainly not sent: applies unsubscribes, address changes and unpublished chapters. */
import { sql } from "drizzle-orm";
import { iso } from "../../db/database.ts";
import { type Cost, sum } from "../call-budget.ts";
import { addedMailCost, addMail, type Edition, freezeMail, knownMail, type Mail, type Member } from "../edition.ts";
import { booksOf } from "../recipients.ts";
import { isDigest, type SendContext } from "../send-context.ts";

/** A batch that is due. */
export interface DueBatch {
  readonly id: string;
  readonly edition: Edition;
  readonly generation: number;
  /** Number of claims: a write that names another number is too late. */
  readonly attempts: number;
  readonly members: readonly Member[];
  /** ISO 8601: since when it may have been sent; null while nothing can have been. */
  readonly unknownSince: string | null;
  readonly sealedAt: string;
}

interface DeliveryKey {
  readonly chapter: string;
  readonly subscriber: string;
}

/** A batch as it will be sent. */
export interface RefreshedBatch {
  readonly batch: DueBatch;
  readonly members: readonly Member[];
  readonly skipped: readonly (DeliveryKey & { readonly reason: string })[];
  /** Deliveries that wait for a digest, or for their chapter to return. */
  readonly released: readonly DeliveryKey[];
}

interface Present {
  readonly id: string;
  readonly email: string;
  readonly state: string;
  readonly pausedUntil: string | null;
  readonly frequency: string;
  readonly correctionsSince: string | null;
  /** JSON list of the chapters in their email that are in no book they chose. */
  readonly unwanted: string;
}

export const refreshCost: Cost = { queries: 1, calls: 1 };

/** Batches that do not fit into the budget, minus `spare`, are left for the next run. */
export async function refreshBatches(
  context: SendContext,
  due: readonly DueBatch[],
  spare: Cost,
): Promise<RefreshedBatch[]> {
  const fresh = due.filter(({ unknownSince }) => unknownSince === null);
  const present = await findPresent(context, fresh);
  const made = new Map<string, Mail[]>();
  const refreshed: RefreshedBatch[] = [];
  for (const batch of due) {
    const isFresh = batch.unknownSince === null;
    const done = isFresh ? await refreshOne(context, batch, present, made, spare) : unchanged(batch);
    if (done) refreshed.push(done);
  }
  return refreshed;
}

const unchanged = (batch: DueBatch): RefreshedBatch => ({ batch, members: batch.members, skipped: [], released: [] });

async function findPresent(context: SendContext, batches: readonly DueBatch[]): Promise<ReadonlyMap<string, Present>> {
  const members = batches.flatMap((batch) => batch.members);
  if (members.length === 0) return new Map();
  const list = members.map(({ subscriber, chapters }) => ({ subscriber, chapters }));
  const rows = await context.db.all<Present>(sql`
    SELECT s.id, s.email, s.state, s.paused_until AS pausedUntil, s.frequency,
      s.corrections_since AS correctionsSince, CASE WHEN s.books IS NULL THEN '[]' ELSE
      (SELECT json_group_array(c.value) FROM json_each(j.value -> 'chapters') c
        WHERE NOT EXISTS (SELECT 1 FROM json_each(s.books) b WHERE b.value IN ${booksOf(sql`c.value`)})) END AS unwanted
    FROM json_each(${JSON.stringify(list)}) j CROSS JOIN subscribers s ON s.id = j.value ->> 'subscriber'`);
  return new Map(rows.map((row) => [row.id, row]));
}

async function refreshOne(
  context: SendContext,
  batch: DueBatch,
  present: ReadonlyMap<string, Present>,
  made: Map<string, Mail[]>,
  spare: Cost,
): Promise<RefreshedBatch | undefined> {
  const { edition } = batch;
  const members: Member[] = [];
  const skipped: (DeliveryKey & { reason: string })[] = [];
  const released: DeliveryKey[] = [];
  for (const member of batch.members) {
    const { subscriber } = member;
    const deliveries = (chapters: readonly string[]) => chapters.map((chapter) => ({ chapter, subscriber }));
    const fate = fateOf(context, edition, member, present.get(subscriber));
    for (const delivery of deliveries(fate.skip)) skipped.push({ ...delivery, reason: fate.reason });
    released.push(...deliveries(fate.release));
    if (fate.keep.length === 0) continue;
    const mail = await mailOf(context, edition, member, fate.keep, made, spare);
    if (!mail) return undefined;
    members.push({ ...member, ...mail, to: fate.to });
  }
  return { batch, members, skipped, released };
}

/** What happens to each chapter of a member's email. */
interface FateOfMail {
  readonly to: string;
  readonly keep: readonly string[];
  readonly skip: readonly string[];
  readonly reason: string;
  readonly release: readonly string[];
}

function fateOf(context: SendContext, { audience }: Edition, member: Member, reader: Present | undefined): FateOfMail {
  const { chapters, to } = member;
  const nothing = { to, keep: [], skip: [], reason: "", release: [] };
  if (!reader) return { ...nothing, skip: chapters, reason: "erased" };
  if (reader.state !== "confirmed") return { ...nothing, skip: chapters, reason: reader.state };
  if (reader.pausedUntil !== null && reader.pausedUntil > iso(context.now())) {
    return isDigest(audience) ? { ...nothing, release: chapters } : { ...nothing, skip: chapters, reason: "paused" };
  }
  const isCorrection = audience === "corrections";
  if (isCorrection && reader.correctionsSince === null)
    return { ...nothing, skip: chapters, reason: "corrections not wanted" };
  // A weekly digest also includes chapters that fell between the two for subscribers who changed to “each chapter”.
  const isFor = isCorrection || reader.frequency === audience || (audience === "weekly" && reader.frequency === "each");
  if (!isFor) return { ...nothing, release: chapters };
  // Whoever has received a chapter gets its corrections, whatever books they have chosen since.
  const unwanted = isCorrection ? [] : (JSON.parse(reader.unwanted) as string[]);
  const isWanted = (chapter: string) => !unwanted.includes(chapter);
  const wanted = chapters.filter(isWanted);
  return {
    to: reader.email,
    keep: wanted.filter(context.isPublic),
    skip: chapters.filter((chapter) => !isWanted(chapter)),
    reason: "book not wanted",
    release: wanted.filter((chapter) => !context.isPublic(chapter)),
  };
}

/** The member's email if the chapters are unchanged; otherwise one with the remaining chapters. */
async function mailOf(
  context: SendContext,
  edition: Edition,
  { chapters, template }: Member,
  kept: readonly string[],
  made: Map<string, Mail[]>,
  spare: Cost,
): Promise<Mail | undefined> {
  if (kept.length === chapters.length) return { chapters, template };
  const mails = [...edition.mails, ...(made.get(edition.id) ?? [])];
  const known = knownMail({ mails }, kept);
  if (known) return known;
  const mail = context.budget.fits(sum(spare, addedMailCost))
    ? await freezeMail(context, edition.id, edition.audience, kept)
    : undefined;
  if (!mail) return undefined;
  await addMail(context, edition.id, mail);
  made.set(edition.id, [...(made.get(edition.id) ?? []), mail]);
  return mail;
}
