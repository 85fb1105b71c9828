/** Collects and erases everything stored about one person. */
import { and, asc, eq, ne, type SQL, sql } from "drizzle-orm";
import { type Database, iso, persist, transact } from "../db/database.ts";
import { deliveries, outbox } from "../db/newsletter-tables.ts";
import { readerMessages } from "../db/reader-message-tables.ts";
import { consents, subscribers } from "../db/subscriber-tables.ts";
import type { SigningKey } from "../env.ts";
import { personEnds } from "./endings.ts";
import { type MessageKind, readerMessageLetter } from "./outbox.ts";
import type { Subscriber } from "./subscriber.ts";
import { isOutranked } from "./subscriber-queries.ts";
import { suppressionHash } from "./suppression-hash.ts";

/** All chapters and corrections: through them, the key of `deliveries` finds one person's rows without a scan. */
const ofAnyChapter = sql`${deliveries.chapterId} IN (SELECT chapter_id FROM publications UNION ALL SELECT id FROM corrections)`;

/**
 * As written to the file for download. Secrets of links are left out, because whoever has the file must not control the
 * subscription; so are emails to a requested new address, because they reveal whether it is subscribed here.
 */
export async function collectOwnData(db: Database, id: string) {
  const [[row], agreed, copies, mails, messages] = await db.batch([
    db.select().from(subscribers).where(eq(subscribers.id, id)),
    db
      .select({ at: consents.at, act: consents.act, page: consents.page, wording: consents.wording })
      .from(consents)
      .where(eq(consents.subscriberId, id))
      .orderBy(asc(consents.id)),
    db
      .select()
      .from(deliveries)
      .where(and(ofAnyChapter, eq(deliveries.subscriberId, id))),
    db
      .select({ kind: outbox.kind, state: outbox.state, createdAt: outbox.createdAt, settledAt: outbox.completedAt })
      .from(outbox)
      .where(and(eq(outbox.subscriberId, id), ne(outbox.kind, "address-change" satisfies MessageKind)))
      .orderBy(asc(outbox.createdAt)),
    db
      .select({
        at: readerMessages.at,
        page: readerMessages.page,
        place: readerMessages.place,
        quote: readerMessages.quote,
        message: readerMessages.message,
        state: readerMessages.state,
      })
      .from(readerMessages)
      .where(eq(readerMessages.addressKey, addressKeyOf(id)))
      .orderBy(asc(readerMessages.at)),
  ]);
  if (!row) return undefined;
  const { unsubscribeKey: _, confirmation: __, newEmailRequest: ___, ...subscriber } = row;
  // Earlier downloads have these names.
  const { unsubscribedAt: leftAt, unsubscribeReason: leaveReason, ...rest } = subscriber;
  const books = row.books === null ? null : (JSON.parse(row.books) as string[]);
  return {
    subscriber: { ...rest, leftAt, leaveReason, books },
    consents: agreed,
    deliveries: copies,
    letters: mails,
    messages,
  };
}

const addressKeyOf = (id: string) => sql<string>`(SELECT address_key FROM subscribers WHERE id = ${id})`;

/**
 * Deletes the person from every table in one transaction. A keyed hash of the address remains, which keeps it out of
 * imports and editions; a complaint or bounce remains one.
 */
export async function eraseSubscriber(
  db: Database,
  subscriber: Subscriber,
  keys: readonly SigningKey[],
  now: number,
): Promise<void> {
  const [key] = keys;
  if (!key) throw new Error("No signing key is set to hash with.");
  const { id } = subscriber;
  const addressHash = await suppressionHash(subscriber.email, key);
  const record = await personEnds(id, "erased", iso(now), keys);
  await persist(() =>
    transact(db, [
      ...record,
      // The current state: a bounce or complaint may have arrived since the subscriber was read.
      sql`INSERT INTO suppressions (address_hash, reason, at)
        SELECT ${addressHash}, CASE state WHEN 'suppressed' THEN suppression_reason ELSE 'erased' END, ${iso(now)}
        FROM subscribers WHERE id = ${id}
        ON CONFLICT (address_hash) DO UPDATE SET reason = excluded.reason, at = excluded.at WHERE ${isOutranked}`,
      db.delete(consents).where(eq(consents.subscriberId, id)),
      db.delete(deliveries).where(and(ofAnyChapter, eq(deliveries.subscriberId, id))),
      db.delete(outbox).where(eq(outbox.subscriberId, id)),
      takenOutOfBatches(id),
      // Also an email to the author that contains the address and has not been sent.
      sql`DELETE FROM letters WHERE id IN (SELECT ${readerMessageLetter("")} || id FROM reader_messages
        WHERE address_key = ${addressKeyOf(id)})`,
      db.delete(readerMessages).where(eq(readerMessages.addressKey, addressKeyOf(id))),
      db.delete(subscribers).where(eq(subscribers.id, id)),
    ]),
  );
}

/**
 * Only while nothing can have been sent: a batch with an unknown outcome may be retried with the same bytes only. Its
 * members are deleted with its outcome, within a day unless the author stopped the edition.
 */
const takenOutOfBatches = (id: string): SQL =>
  sql`UPDATE batches SET generation = generation + 1, members =
      (SELECT json_group_array(json(value)) FROM json_each(members) WHERE value ->> 'subscriber' <> ${id})
    WHERE state = 'sealed' AND unknown_since IS NULL AND instr(members, ${id}) > 0`;
