/**
 * The outbox of transactional emails. An email is stored as the bytes that will be sent, then sent under its id as
 * idempotency key: whatever breaks in between, it is retried and arrives once.
 */
import { and, eq, type SQL, sql } from "drizzle-orm";
import { type Database, iso, persist, transact } from "../db/database.ts";
import { outbox } from "../db/newsletter-tables.ts";
import { uncertainEmails } from "../library/edition-texts.ts";
import {
  isKeyAlive,
  type Mailer,
  type Message,
  type Outcome,
  repeatedRegardlessMs,
  type Trouble,
} from "../mail/mailer.ts";
import { hasRolledBack, type RunClock } from "./run-clock.ts";

const messageKinds = [
  "confirmation",
  "already-subscribed",
  "welcome",
  "goodbye",
  "address-change",
  "address-change-notice",
  "preferences-link",
  "author-notice",
  "reader-message",
] as const;
export type MessageKind = (typeof messageKinds)[number];

export interface NewMessage {
  /** Unique; also the idempotency key. */
  readonly id: string;
  readonly kind: MessageKind;
  readonly subscriberId: string | null;
  readonly message: Message;
  readonly now: number;
  /** Appends the identifier of the database to the id, which is not random, wherever it is in the message. */
  readonly isOfThisDatabase?: true;
}

export async function queueMessage(db: Database, message: NewMessage): Promise<void> {
  await persist(() => transact(db, [queueStatement(message)]));
}

/** Id of the email to the author about a reader's message. */
export const readerMessageLetter = (id: string): string => `reader-message_${id}`;

/** For the transaction of the change that causes the email, after the change. `holds` says whether it was made. */
export function queueStatement(
  { id, kind, subscriberId, message, now, isOfThisDatabase }: NewMessage,
  holds: SQL = sql`true`,
): SQL {
  const at = iso(now);
  const json = JSON.stringify([message]);
  const fullId = sql`${id} || COALESCE('_' || (SELECT database_id FROM newsletter WHERE id = 1), '')`;
  const [name, text] = isOfThisDatabase
    ? [fullId, sql`replace(${json}, ${id}, ${fullId})`]
    : [sql`${id}`, sql`${json}`];
  return sql`INSERT INTO letters (id, kind, subscriber_id, state, message, created_at, next_attempt_at)
    SELECT ${name}, ${kind}, ${subscriberId}, 'queued', ${text}, ${at}, ${at} WHERE ${holds} ON CONFLICT DO NOTHING`;
}

/**
 * Their links are valid for two days from when they were queued; an email sent much later would arrive with an expired
 * link.
 */
const linksToFollow: readonly string[] = ["confirmation", "address-change"] satisfies MessageKind[];
const linkGraceMs = 36 * 3_600_000;

/** Cancels queued emails to someone who is no longer emailed. Never tried, so nobody has them. */
export const cancelQueued = (subscriberId: string | SQL): SQL =>
  sql`DELETE FROM letters WHERE state = 'queued' AND first_attempt_at IS NULL AND subscriber_id = ${subscriberId}`;

/** Also sent to someone who has unsubscribed. */
const forThoseWhoLeft: readonly string[] = ["goodbye", "preferences-link"] satisfies MessageKind[];

/** As with batches: after some hours without an answer it is not retried for someone who no longer wants it. */
const isRepeatable = ({ kind, wasTried, firstAttemptAt, subscriberState }: Claimed, now: number): boolean =>
  !wasTried ||
  now - Date.parse(firstAttemptAt) <= repeatedRegardlessMs ||
  !(subscriberState === "suppressed" || (subscriberState === "unsubscribed" && !forThoseWhoLeft.includes(kind)));

/** No email waits longer: a later time was written by a wrong clock. */
const maxWaitMs = 2 * 3_600_000;

/** Lease of one email: longer than the mailer's timeout. */
const leaseMs = 120_000;

interface Claimed {
  readonly id: string;
  readonly kind: string;
  readonly createdAt: string;
  readonly message: string;
  readonly attempts: number;
  readonly firstAttemptAt: string;
  /** Whether an earlier attempt may have sent it. */
  readonly wasTried: boolean;
  /** The latest time recorded by a cron run. */
  readonly seenAt: string | null;
  /** Null if it belongs to no subscriber. */
  readonly subscriberState: string | null;
  /** Whether another email is due. */
  readonly hasNext: boolean;
}

export interface Posting extends RunClock {
  readonly db: Database;
  readonly mailer: Mailer;
  /** Limit of emails; each costs two queries and one call. */
  readonly limit: number;
  /** Reports what the author has to fix or wait for. */
  readonly report?: (trouble: Trouble) => Promise<void>;
}

/** Sends what is due, the longest waiting first, and returns how many were sent. An email that has to wait ends the loop. */
export async function sendQueued({ db, mailer, limit, report, ...clock }: Posting): Promise<number> {
  let posted = 0;
  let hasNext = true;
  for (let turn = 0; turn < limit && hasNext; turn += 1) {
    const queued = await claimMessage(db, clock);
    if (!queued) break;
    hasNext = queued.hasNext;
    const now = clock.now();
    // Only attempts of earlier runs can be that old: Resend no longer knows the key, so a second email could be sent. After
    // a clock rollback the age is unknown.
    if (!isKeyAlive(Date.parse(queued.firstAttemptAt), now) || (queued.wasTried && hasRolledBack(queued.seenAt, now))) {
      await completeMessage(db, queued, now, {
        state: "uncertain",
        error: "No answer, and the idempotency key has expired.",
      });
      continue;
    }
    if (!isRepeatable(queued, now)) {
      const error =
        "No answer, and not retried: the recipient has since unsubscribed, bounced or marked an email as spam.";
      await completeMessage(db, queued, now, { state: "uncertain", error });
      continue;
    }
    if (linksToFollow.includes(queued.kind) && now - Date.parse(queued.createdAt) > linkGraceMs) {
      await completeMessage(db, queued, now, {
        state: "failed",
        error: "It stayed queued until its link was about to expire.",
      });
      continue;
    }
    const outcome = await mailer.sendBatch(queued.id, new TextEncoder().encode(queued.message), 1);
    if (outcome.kind === "accepted") posted += 1;
    const isOver = await completeBy(db, queued, clock.now(), outcome);
    if (outcome.kind === "quota" || outcome.kind === "misconfigured") await report?.(outcome);
    if (!isOver) break;
  }
  return posted;
}

/** One at a time, so that no lease expires while others are being sent. */
async function claimMessage(db: Database, { now: present, realNow }: RunClock): Promise<Claimed | undefined> {
  const now = present();
  const at = iso(now);
  const firstAttemptAt = iso(realNow());
  const isDue = sql`state = 'queued' AND (next_attempt_at <= ${at} OR next_attempt_at > ${iso(now + maxWaitMs)})`;
  // Not retried on failure: a lost claim becomes due when its lease ends.
  const [claimed] = await db.all<Omit<Claimed, "wasTried" | "hasNext"> & { readonly hasNext: number }>(sql`
    UPDATE letters SET next_attempt_at = ${iso(now + leaseMs)}, attempts = attempts + 1,
      first_attempt_at = COALESCE(first_attempt_at, ${firstAttemptAt})
    WHERE id = (SELECT id FROM letters WHERE ${isDue} ORDER BY next_attempt_at LIMIT 1) AND ${isDue}
    RETURNING id, kind, created_at AS createdAt, message, attempts, first_attempt_at AS firstAttemptAt,
      (SELECT seen_at FROM newsletter WHERE id = 1) AS seenAt,
      (SELECT s.state FROM subscribers s WHERE s.id = subscriber_id) AS subscriberState,
      (SELECT COUNT(*) FROM (SELECT id FROM letters WHERE ${isDue} LIMIT 2) due WHERE due.id <> letters.id) AS hasNext`);
  return (
    claimed && {
      ...claimed,
      wasTried: claimed.firstAttemptAt !== firstAttemptAt,
      hasNext: claimed.hasNext > 0,
    }
  );
}

/** False if sending more now is pointless. */
async function completeBy(db: Database, queued: Claimed, now: number, outcome: Outcome): Promise<boolean> {
  switch (outcome.kind) {
    case "accepted": {
      const [result] = outcome.results;
      const end =
        result && "id" in result
          ? { state: "accepted" as const, providerId: result.id }
          : { state: "failed" as const, error: result?.error ?? "The provider's response does not mention it." };
      await completeMessage(db, queued, now, end);
      return true;
    }
    case "refused":
    case "conflict":
      await completeMessage(db, queued, now, {
        state: queued.wasTried ? "uncertain" : "failed",
        error: outcome.reason,
      });
      return true;
    case "unknown":
      await postpone(db, queued, now, Math.min(30 * 2 ** queued.attempts, 3600), outcome.reason, false);
      return true;
    case "later":
      await postpone(db, queued, now, outcome.seconds, outcome.reason, true);
      return false;
    case "quota":
      await postpone(db, queued, now, 3600, outcome.reason, true);
      return false;
    case "misconfigured":
      await postpone(db, queued, now, 900, outcome.reason, true);
      return false;
  }
}

interface End {
  readonly state: "accepted" | "failed" | "uncertain";
  readonly providerId?: string;
  readonly error?: string;
}

const completeMessage = (db: Database, { id }: Claimed, now: number, end: End): Promise<unknown> =>
  persist(() =>
    transact(db, [
      ...(end.state === "uncertain" ? [raiseUncertain(now)] : []),
      db
        .update(outbox)
        .set({ ...end, message: null, completedAt: iso(now) })
        .where(and(eq(outbox.id, id), eq(outbox.state, "queued"))),
    ]),
  );

/** Raised once until the author dismisses it. */
const raiseUncertain = (now: number): SQL => {
  const { id, title, body } = uncertainEmails;
  return sql`INSERT INTO notices (id, title, body, at) VALUES (${id}, ${title}, ${body}, ${iso(now)})
    ON CONFLICT (id) DO UPDATE SET title = excluded.title, body = excluded.body, at = excluded.at, resolved_at = NULL
    WHERE resolved_at IS NOT NULL`;
};

/** Webhooks may have reported the outcome of all of them. */
export const resolveUncertain = (now: number): SQL =>
  sql`UPDATE notices SET resolved_at = ${iso(now)} WHERE id = ${uncertainEmails.id} AND resolved_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM letters WHERE settled_at >= notices.at AND state = 'uncertain')`;

/**
 * Records what a webhook reports about an email, perhaps before the response to sending it was recorded. A completed email
 * is not sent again.
 */
export const completeReported = (id: string, now: number, end: End): SQL => {
  const from =
    end.state === "failed" ? sql.raw("('queued', 'uncertain', 'accepted')") : sql.raw("('queued', 'uncertain')");
  return sql`UPDATE letters SET state = ${end.state}, provider_id = COALESCE(provider_id, ${end.providerId ?? null}),
      error = ${end.error ?? null}, message = NULL, settled_at = ${iso(now)} WHERE id = ${id} AND state IN ${from}`;
};

/** `nothingSent`: if this was the only attempt so far, the key's lifetime has not begun. */
const postpone = (
  db: Database,
  { id, wasTried }: Claimed,
  now: number,
  seconds: number,
  error: string,
  nothingSent: boolean,
): Promise<unknown> =>
  persist(() =>
    db
      .update(outbox)
      .set({
        nextAttemptAt: iso(now + seconds * 1000),
        error,
        ...(nothingSent && !wasTried && { firstAttemptAt: null }),
      })
      .where(and(eq(outbox.id, id), eq(outbox.state, "queued"))),
  );
