/**
 * The outbox for single mails. A letter is written down with the very bytes that will be posted, then
 * posted under its id as key: whatever breaks in between, it is tried again, and arrives once.
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
] as const;
export type MessageKind = (typeof messageKinds)[number];

export interface NewMessage {
  /** Unique; also the provider's idempotency key. */
  readonly id: string;
  readonly kind: MessageKind;
  readonly subscriberId: string | null;
  readonly message: Message;
  readonly now: number;
  /** Its id, which is not random, gets the identifier of the database, wherever it stands in the message too. */
  readonly isOfThisDatabase?: true;
}

export async function queueMessage(
  db: Database,
  { id, kind, subscriberId, message, now, isOfThisDatabase }: NewMessage,
): Promise<void> {
  const at = iso(now);
  const json = JSON.stringify([message]);
  const fullId = sql<string>`${id} || COALESCE('_' || (SELECT database_id FROM newsletter WHERE id = 1), '')`;
  await persist(() =>
    db
      .insert(outbox)
      .values({
        id: isOfThisDatabase ? fullId : id,
        kind,
        subscriberId,
        state: "queued",
        message: isOfThisDatabase ? sql`replace(${json}, ${id}, ${fullId})` : json,
        createdAt: at,
        nextAttemptAt: at,
      })
      .onConflictDoNothing(),
  );
}

/** Their links hold for two days from the writing: a letter that comes later than this brings a link that does not hold. */
const linksToFollow: readonly string[] = ["confirmation", "address-change"] satisfies MessageKind[];
const linkGraceMs = 36 * 3_600_000;

/** Takes back what waits for somebody who is written to no more: nothing of it was tried yet, so nobody has it. */
export const cancelQueued = (subscriberId: string | SQL): SQL =>
  sql`DELETE FROM letters WHERE state = 'queued' AND first_attempt_at IS NULL AND subscriber_id = ${subscriberId}`;

/** Also written to somebody who has unsubscribed. */
const forThoseWhoLeft: readonly string[] = ["goodbye", "preferences-link"] satisfies MessageKind[];

/** As with batches: after some hours without an answer it is not repeated to somebody who no longer wants it. */
const isRepeatable = ({ kind, wasTried, firstAttemptAt, subscriberState }: Claimed, now: number): boolean =>
  !wasTried ||
  now - Date.parse(firstAttemptAt) <= repeatedRegardlessMs ||
  !(subscriberState === "suppressed" || (subscriberState === "unsubscribed" && !forThoseWhoLeft.includes(kind)));

/** No letter waits longer than this: a time that lies farther ahead was written by a clock that was wrong. */
const maxWaitMs = 2 * 3_600_000;

/** How long a run has a letter to itself: more than the mailer waits for an answer. */
const leaseMs = 120_000;

interface Claimed {
  readonly id: string;
  readonly kind: string;
  readonly createdAt: string;
  readonly message: string;
  readonly attempts: number;
  readonly firstAttemptAt: string;
  /** Whether an attempt before this one may have sent it. */
  readonly wasTried: boolean;
  /** The latest time that a run of the newsletter has gone by. */
  readonly seenAt: string | null;
  /** Null when it is about no subscriber. */
  readonly subscriberState: string | null;
}

export interface Posting extends RunClock {
  readonly db: Database;
  readonly mailer: Mailer;
  /** Letters that this run posts at most; each costs two queries and one call. */
  readonly limit: number;
  /** Hears of what the author has to put right, or wait for. */
  readonly report?: (trouble: Trouble) => Promise<void>;
}

/** Posts what is due, the longest waiting first, and says how many went out. One that has to wait ends the run. */
export async function sendQueued({ db, mailer, limit, report, ...clock }: Posting): Promise<number> {
  let posted = 0;
  for (let turn = 0; turn < limit; turn += 1) {
    const queued = await claimMessage(db, clock);
    if (!queued) break;
    const now = clock.now();
    // Only tries of an earlier time can be that old: the provider no longer knows the key, so a second copy could leave.
    // By a clock that has gone back nobody knows how old they are.
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

/** One at a time, so that no lease runs out while others are being posted. */
async function claimMessage(db: Database, { now: present, realNow }: RunClock): Promise<Claimed | undefined> {
  const now = present();
  const at = iso(now);
  const firstAttemptAt = iso(realNow());
  const isDue = sql`(next_attempt_at <= ${at} OR next_attempt_at > ${iso(now + maxWaitMs)})`;
  // Not repeated on failure: a claim that was made and lost comes back when its lease ends.
  const [claimed] = await db.all<Omit<Claimed, "wasTried">>(sql`
    UPDATE letters SET next_attempt_at = ${iso(now + leaseMs)}, attempts = attempts + 1,
      first_attempt_at = COALESCE(first_attempt_at, ${firstAttemptAt})
    WHERE id = (SELECT id FROM letters WHERE state = 'queued' AND ${isDue} ORDER BY next_attempt_at LIMIT 1)
      AND state = 'queued' AND ${isDue}
    RETURNING id, kind, created_at AS createdAt, message, attempts, first_attempt_at AS firstAttemptAt,
      (SELECT seen_at FROM newsletter WHERE id = 1) AS seenAt,
      (SELECT s.state FROM subscribers s WHERE s.id = subscriber_id) AS subscriberState`);
  return claimed && { ...claimed, wasTried: claimed.firstAttemptAt !== firstAttemptAt };
}

/** False when there is no use in posting more now. */
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
        .set({ ...end, message: null, settledAt: iso(now) })
        .where(and(eq(outbox.id, id), eq(outbox.state, "queued"))),
    ]),
  );

/** Once, until the author dismisses it. */
const raiseUncertain = (now: number): SQL => {
  const { id, title, body } = uncertainEmails;
  return sql`INSERT INTO notices (id, title, body, at) VALUES (${id}, ${title}, ${body}, ${iso(now)})
    ON CONFLICT (id) DO UPDATE SET title = excluded.title, body = excluded.body, at = excluded.at, resolved_at = NULL
    WHERE resolved_at IS NOT NULL`;
};

/** A webhook may have said what became of all of them. */
export const resolveUncertain = (now: number): SQL =>
  sql`UPDATE notices SET resolved_at = ${iso(now)} WHERE id = ${uncertainEmails.id} AND resolved_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM letters WHERE settled_at >= notices.at AND state = 'uncertain')`;

/**
 * What a webhook says about a letter, perhaps before its own sending was written down. What is settled is
 * not posted again.
 */
export const completeReported = (id: string, now: number, end: End): SQL => {
  const from =
    end.state === "failed" ? sql.raw("('queued', 'uncertain', 'accepted')") : sql.raw("('queued', 'uncertain')");
  return sql`UPDATE letters SET state = ${end.state}, provider_id = COALESCE(provider_id, ${end.providerId ?? null}),
      error = ${end.error ?? null}, message = NULL, settled_at = ${iso(now)} WHERE id = ${id} AND state IN ${from}`;
};

/** `nothingSent`: if this was the only try so far, the life of the key has not begun. */
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
