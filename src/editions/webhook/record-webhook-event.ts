/**
 * Records a webhook event. The event and its effects are one transaction, which fails as a whole if the event is already
 * known: an event that arrives twice, even concurrently, counts once. Statements use the current rows; only the chapters of
 * an edition, which never change, are read before.
 */
import { type SQL, sql } from "drizzle-orm";
import { type Database, iso, messageOf, persist, transact } from "../../db/database.ts";
import type { SigningKey } from "../../env.ts";
import { addressKey } from "../../subscribers/address.ts";
import { addressEnds } from "../../subscribers/endings.ts";
import { cancelQueued, completeReported, resolveUncertain } from "../../subscribers/outbox.ts";
import { type SuppressionReason, suppress } from "../../subscribers/subscriber.ts";
import { suppressAddress, suppressStranger } from "../../subscribers/subscriber-queries.ts";
import type { Words } from "../../ui/words/words.ts";
import { chaptersIn } from "../delivery-tags.ts";
import { type CopyOf, copyEffects, type Effects, reportNotices } from "./delivery-report.ts";
import type { MailEvent, WebhookEvent } from "./webhook-event.ts";

export interface Notice {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** When it was raised. */
  readonly at: string;
}

export interface Ledger {
  readonly db: Database;
  /** The first key hashes addresses without a subscriber; without a key they are not recorded. */
  readonly keys: readonly SigningKey[];
  /** Wording of what the author is told. */
  readonly words: Words;
  /** Milliseconds since 1970. */
  readonly now: number;
}

type Noted = Exclude<WebhookEvent, { readonly kind: "unreadable" | "uncounted" }>;

/**
 * Returns the notices to send. A repeated event returns them again, because its first recording may have broken off before
 * they were sent. Throws if the database does.
 */
export async function recordWebhookEvent(ledger: Ledger, event: Noted): Promise<Notice[]> {
  const { notices, changes } = await effectsOf(ledger, event);
  const remember = sql`INSERT INTO webhook_events (created_at, id, type)
    VALUES (${event.createdAt}, ${event.id}, ${event.type})`;
  try {
    const rows = await persist(() => transact(ledger.db, [remember, ...notices, ...changes]));
    return rows.slice(1, 1 + notices.length).flat() as Notice[];
  } catch (error) {
    if (!/UNIQUE constraint failed: webhook_events/i.test(messageOf(error))) throw error;
    return openNotices(ledger.db, event);
  }
}

const openNotices = async (db: Database, event: Noted): Promise<Notice[]> => {
  if (event.kind !== "mail" || event.about.kind !== "copy") return [];
  const ids = JSON.stringify(reportNotices(event.about.edition));
  return db.all<Notice>(sql`SELECT id, title, body, at FROM notices
    WHERE resolved_at IS NULL AND id IN (SELECT value FROM json_each(${ids}))`);
};

async function effectsOf(ledger: Ledger, event: Noted): Promise<Effects> {
  const { now } = ledger;
  switch (event.kind) {
    case "other":
      return { notices: [], changes: [] };
    case "suppression":
      // Other senders may use the same account: addresses that are nobody's here are not recorded.
      return {
        notices: [],
        changes: [
          ...(await addressEnds(addressKey(event.address), undefined, event.reason, iso(now), ledger.keys)),
          suppressAddress(event.address, suppress(event.reason, iso(now))),
        ],
      };
    case "mail": {
      const { about, address, suppression } = event;
      const { notices, changes } =
        about.kind === "copy"
          ? copyEffects(event, about, await carriedBy(ledger.db, about), ledger)
          : { notices: [], changes: [completeReported2(event, about.letter, now), resolveUncertain(now)] };
      const writtenTo = about.kind === "copy" ? about.subscriber : undefined;
      const silence = address && suppression ? await silenceOf(ledger, address, writtenTo, suppression) : [];
      return { notices, changes: [...changes, ...silence] };
    }
  }
}

/** The chapters in this email; undefined if it does not say. */
async function carriedBy(db: Database, { edition, chapters: tag }: CopyOf): Promise<readonly string[] | undefined> {
  if (tag === undefined) return undefined;
  const [row] = await db.all<{ chapters: string }>(sql`SELECT chapters FROM editions WHERE id = ${edition}`);
  return row ? chaptersIn(tag, JSON.parse(row.chapters) as string[]) : [];
}

/** The subscriber with the address; if there is none, the address itself. */
async function silenceOf(
  { keys, now }: Ledger,
  address: string,
  writtenTo: string | undefined,
  reason: SuppressionReason,
): Promise<SQL[]> {
  const [key] = keys;
  const suppression = suppress(reason, iso(now));
  const whoever = sql`(SELECT id FROM subscribers WHERE address_key = ${addressKey(address)})`;
  return [
    ...(await addressEnds(addressKey(address), writtenTo, reason, iso(now), keys)),
    suppressAddress(address, suppression),
    cancelQueued(whoever),
    ...(key ? [await suppressStranger(address, suppression, key)] : []),
  ];
}

const completeReported2 = ({ report, mail, reason }: MailEvent, letter: string, now: number): SQL =>
  completeReported(letter, now, {
    ...(report === "fail" || report === "bounce"
      ? { state: "failed", error: reason ?? report }
      : { state: "accepted" }),
    ...(mail !== undefined && { providerId: mail }),
  });

/** Resend retries an event for a day. If one arrives again later, it changes nothing. */
const memoryMs = 7 * 86_400_000;
/** D1 limits a statement to half a minute. */
const deletesPerRun = 5_000;

/** Not retried: the next run does the same. */
export const forgetWebhookEvents = (db: Database, now: number): Promise<unknown> =>
  db.run(sql`DELETE FROM webhook_events WHERE (created_at, id) IN (SELECT created_at, id FROM webhook_events
    WHERE created_at < ${iso(now - memoryMs)} ORDER BY created_at, id LIMIT ${deletesPerRun})`);
