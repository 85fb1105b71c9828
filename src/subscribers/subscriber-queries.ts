/** Reads and writes subscribers in D1. Every write may be retried, and applies only while the row is as the writer read it. */
import { and, eq, gt, inArray, type SQL, sql } from "drizzle-orm";
import { type Database, iso, messageOf, persist, transact } from "../db/database.ts";
import { subscribers, suppressions } from "../db/subscriber-tables.ts";
import type { SigningKey } from "../env.ts";
import { addressKey } from "./address.ts";
import { type Consent, consentRow } from "./consents.ts";
import { type NewMessage, queueStatement } from "./outbox.ts";
import type { Pending, Preferences, Subscriber, Suppression, SuppressionReason } from "./subscriber.ts";
import { suppressionHash } from "./suppression-hash.ts";

type Row = typeof subscribers.$inferSelect;

export async function findSubscriber(db: Database, id: string): Promise<Subscriber | undefined> {
  const [row] = await db.select().from(subscribers).where(eq(subscribers.id, id));
  return row && fromRow(row);
}

export async function findByAddress(db: Database, address: string): Promise<Subscriber | undefined> {
  const [row] = await db
    .select()
    .from(subscribers)
    .where(eq(subscribers.addressKey, addressKey(address)));
  return row && fromRow(row);
}

/** The subscriber who has the address, and why it is suppressed; one call of D1. */
export async function findOwner(
  db: Database,
  address: string,
  keys: readonly SigningKey[],
): Promise<{ readonly subscriber: Subscriber | undefined; readonly suppression: Suppressed | undefined }> {
  const [[row], suppressed] = await db.batch([
    db
      .select()
      .from(subscribers)
      .where(eq(subscribers.addressKey, addressKey(address))),
    db
      .select({ reason: suppressions.reason })
      .from(suppressions)
      .where(inArray(suppressions.addressHash, await hashes(address, keys))),
  ]);
  return {
    subscriber: row && fromRow(row),
    // Under whichever key it was hashed.
    suppression: suppressed.find(({ reason }) => reason !== "erased")?.reason ?? suppressed[0]?.reason,
  };
}

type Suppressed = SuppressionReason | "erased";

/** False if the address already has a subscriber. `email` is queued in the same transaction. */
export async function insertSubscriber(
  db: Database,
  subscriber: Pending,
  consent: Consent,
  email: NewMessage,
): Promise<boolean> {
  const { id, unsubscribeKey } = subscriber;
  const isThere = sql`EXISTS (SELECT 1 FROM subscribers WHERE id = ${id})`;
  return persist(async () => {
    try {
      await transact(db, [
        db
          .insert(subscribers)
          .values({
            id,
            email: subscriber.email,
            addressKey: addressKey(subscriber.email),
            unsubscribeKey,
            ...stateColumns(subscriber),
          })
          // A retry of an attempt whose response was lost.
          .onConflictDoNothing({ target: subscribers.id }),
        consentRow(id, consent, isThere),
        queueStatement(email, isThere),
      ]);
      return true;
    } catch (error) {
      if (isTaken(error)) return false;
      throw error;
    }
  });
}

/**
 * Writes the result of a transition, its consent and its ending (endings.ts) in one transaction, with the email that it
 * causes. False if someone else was faster.
 */
export async function moveSubscriber(
  db: Database,
  from: Subscriber,
  to: Subscriber,
  consent?: Consent,
  { records = [], email }: { readonly records?: readonly SQL[]; readonly email?: NewMessage } = {},
): Promise<boolean> {
  const columns = stateColumns(to);
  const key = addressKey(to.email);
  const isStillFrom = sql`EXISTS (SELECT 1 FROM subscribers WHERE id = ${from.id} AND address_key = ${key} AND state = ${from.state})`;
  const move = db
    .update(subscribers)
    .set({ email: to.email, ...columns })
    .where(
      and(
        eq(subscribers.id, from.id),
        // Or an attempt whose response was lost has written it.
        sql`(${subscribers.state} = ${from.state} OR (${subscribers.state} = ${to.state}
          AND ${subscribers.requestedAt} = ${columns.requestedAt} AND ${subscribers.confirmation} IS ${columns.confirmation}
          AND ${subscribers.confirmedAt} IS ${columns.confirmedAt} AND ${subscribers.unsubscribedAt} IS ${columns.unsubscribedAt}))`,
        eq(subscribers.addressKey, key),
      ),
    )
    .returning({ id: subscribers.id });
  const isMoved = sql`EXISTS (SELECT 1 FROM subscribers WHERE id = ${from.id} AND state = ${to.state}
    AND requested_at = ${columns.requestedAt} AND confirmation IS ${columns.confirmation})`;
  const before = [...records, ...(consent ? [consentRow(from.id, consent, isStillFrom)] : [])];
  const results = await persist(() =>
    transact(db, [...before, move, ...(email ? [queueStatement(email, isMoved)] : [])]),
  );
  return (results[before.length] ?? []).length > 0;
}

export async function updatePreferences(
  db: Database,
  subscriber: Subscriber,
  wanted: Pick<Preferences, "frequency" | "books"> & { readonly corrections: boolean },
  now: number,
): Promise<void> {
  const changed = wanted.frequency === subscriber.frequency ? {} : { frequencyChangedAt: iso(now) };
  const books = wanted.books === null ? null : JSON.stringify(wanted.books);
  const correctionsSince = wanted.corrections ? (subscriber.correctionsSince ?? iso(now)) : null;
  await persist(() =>
    db
      .update(subscribers)
      .set({ frequency: wanted.frequency, books, correctionsSince, ...changed })
      .where(eq(subscribers.id, subscriber.id)),
  );
}

export const updatePause = (db: Database, id: string, pausedUntil: string): Promise<unknown> =>
  persist(() => db.update(subscribers).set({ pausedUntil }).where(eq(subscribers.id, id)));

/** The pause stays on record: it is the reason why chapters were not sent (close-chapters.ts). `now` in milliseconds. */
export const endPause = (db: Database, id: string, now: number): Promise<unknown> =>
  persist(() =>
    db
      .update(subscribers)
      .set({ pausedUntil: iso(now) })
      .where(and(eq(subscribers.id, id), gt(subscribers.pausedUntil, iso(now)))),
  );

export const updateUnsubscribeReason = (db: Database, id: string, unsubscribeReason: string): Promise<unknown> =>
  persist(() =>
    db
      .update(subscribers)
      .set({ unsubscribeReason })
      .where(and(eq(subscribers.id, id), eq(subscribers.state, "unsubscribed"))),
  );

export const updateNewEmail = (db: Database, id: string, newEmail: string, newEmailRequest: string): Promise<unknown> =>
  persist(() =>
    db
      .update(subscribers)
      .set({ newEmail, newEmailRequest })
      .where(and(eq(subscribers.id, id), eq(subscribers.state, "confirmed"))),
  );

/** Makes the requested address the address. False if it belongs to another subscriber by now. */
export async function takeNewEmail(
  db: Database,
  id: string,
  newEmail: string,
  number: string,
  consent: Consent,
): Promise<boolean> {
  const waits = sql`state = 'confirmed' AND new_email = ${newEmail} AND new_email_request = ${number}`;
  const isWaiting = sql`EXISTS (SELECT 1 FROM subscribers WHERE id = ${id} AND ${waits})`;
  try {
    const [, taken = []] = await persist(() =>
      transact(db, [
        consentRow(id, consent, isWaiting),
        // The number stays: it distinguishes a second click from a link that was never valid.
        sql`UPDATE subscribers SET email = ${newEmail}, address_key = ${addressKey(newEmail)}, new_email = NULL
          WHERE id = ${id} AND ${waits} RETURNING id`,
      ]),
    );
    return taken.length > 0;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
}

/**
 * Suppresses the subscriber who has the address: a bounce or complaint is about an address, which may belong to another
 * subscriber than the one who was emailed. The first time is kept, and a complaint outranks a bounce. `confirmed_at` is
 * kept as well, because an open edition finds its recipients by it.
 */
export const suppressAddress = (address: string, { state, suppressedAt, reason }: Suppression): SQL =>
  sql`UPDATE subscribers SET state = ${state}, suppression_reason = ${reason}, confirmation = NULL,
      suppressed_at = CASE state WHEN ${state} THEN suppressed_at ELSE ${suppressedAt} END
    WHERE address_key = ${addressKey(address)}
      AND (state <> ${state} OR (suppression_reason = 'bounce' AND ${reason} = 'complaint'))`;

/** Suppresses an address without a subscriber: its owner changed to another one, or erased their data. */
export async function suppressStranger(
  address: string,
  { suppressedAt, reason }: Suppression,
  key: SigningKey,
): Promise<SQL> {
  return sql`INSERT INTO suppressions (address_hash, reason, at)
    SELECT ${await suppressionHash(address, key)}, ${reason}, ${suppressedAt}
    WHERE NOT EXISTS (SELECT 1 FROM subscribers WHERE address_key = ${addressKey(address)})
    ON CONFLICT (address_hash) DO UPDATE SET reason = excluded.reason, at = excluded.at WHERE ${isOutranked}`;
}

/** A complaint outranks a bounce, and both outrank an erasure. */
export const isOutranked: SQL = sql`suppressions.reason = 'erased'
  OR (suppressions.reason = 'bounce' AND excluded.reason = 'complaint')`;

/** Deletes the suppression of an erased address, because its owner has confirmed again. */
export const forgetErasure = async (db: Database, address: string, keys: readonly SigningKey[]): Promise<unknown> => {
  const names = await hashes(address, keys);
  return persist(() =>
    db.delete(suppressions).where(and(inArray(suppressions.addressHash, names), eq(suppressions.reason, "erased"))),
  );
};

/** Limited to the keys that fit into one query. */
const hashes = (address: string, keys: readonly SigningKey[]): Promise<string[]> =>
  Promise.all(keys.slice(0, 90).map((key) => suppressionHash(address, key)));

const isTaken = (error: unknown): boolean => /UNIQUE constraint failed/i.test(messageOf(error));

function stateColumns(subscriber: Subscriber) {
  return {
    state: subscriber.state,
    requestedAt: subscriber.requestedAt,
    confirmation: "confirmation" in subscriber ? subscriber.confirmation : null,
    confirmedAt: "confirmedAt" in subscriber ? subscriber.confirmedAt : null,
    unsubscribedAt: subscriber.state === "unsubscribed" ? subscriber.unsubscribedAt : null,
    suppressedAt: subscriber.state === "suppressed" ? subscriber.suppressedAt : null,
    suppressionReason: subscriber.state === "suppressed" ? subscriber.reason : null,
    ...(subscriber.state !== "unsubscribed" && { unsubscribeReason: null }),
  };
}

function fromRow(row: Row): Subscriber {
  const person = {
    id: row.id,
    email: row.email,
    unsubscribeKey: row.unsubscribeKey,
    requestedAt: row.requestedAt,
    frequency: row.frequency,
    books: row.books === null ? null : (JSON.parse(row.books) as string[]),
    pausedUntil: row.pausedUntil,
    correctionsSince: row.correctionsSince,
    newEmail: row.newEmail,
    newEmailRequest: row.newEmailRequest,
  };
  switch (row.state) {
    case "pending":
      return { ...person, state: "pending", confirmation: row.confirmation ?? "" };
    case "confirmed":
      return {
        ...person,
        state: "confirmed",
        confirmation: row.confirmation,
        confirmedAt: row.confirmedAt ?? row.requestedAt,
      };
    case "unsubscribed":
      return {
        ...person,
        state: "unsubscribed",
        confirmedAt: row.confirmedAt,
        unsubscribedAt: row.unsubscribedAt ?? row.requestedAt,
      };
    case "suppressed":
      return {
        ...person,
        state: "suppressed",
        suppressedAt: row.suppressedAt ?? row.requestedAt,
        reason: row.suppressionReason ?? "bounce",
      };
  }
}
