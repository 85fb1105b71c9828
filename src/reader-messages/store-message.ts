/** Limits and stores messages, with the email to the author about each. */
import { type Database, iso, persist, type Statement, transact } from "../db/database.ts";
import { readerMessages } from "../db/reader-message-tables.ts";
import type { SigningKey } from "../env.ts";
import { countInBuckets } from "../http/limits.ts";
import { networkOf, wideNetworkOf } from "../http/network.ts";
import { sha256, toHex } from "../library/hash.ts";
import { addressKey, limitIdentity } from "../subscribers/address.ts";
import { countAuthorEmail } from "../subscribers/limits.ts";
import type { NewsletterContext } from "../subscribers/newsletter-context.ts";
import { queuedReaderMessage } from "../subscribers/transactional-mail.ts";
import type { NewMessage } from "./parse-message.ts";

/** Messages in 24 hours. A lecture hall may share one network. */
export const maxPerNetwork = 20;
/** From one IPv6 provider, because anyone can use thousands of its networks for free. */
const maxPerWideNetwork = 60;
/** With the same email address: it is not verified, so it may be somebody else's. */
export const maxPerAddress = 10;
const maxInAll = 300;

export type Stored = { readonly kind: "stored" } | { readonly kind: "too-many"; readonly retryAfterSeconds: number };

interface Storing {
  readonly db: Database;
  readonly keys: readonly SigningKey[];
  readonly ip: string | undefined;
  readonly now: number;
  /** Id of the form. */
  readonly form: string;
  /** Undefined while the newsletter is not set up: then nobody is emailed. */
  readonly newsletter: NewsletterContext | undefined;
}

export async function storeMessage(message: NewMessage, storing: Storing): Promise<Stored> {
  const { db, keys, now, form, newsletter } = storing;
  const { full } = await countInBuckets(db, keys, bucketsOf(message, storing), now);
  const waits = full.map(({ retryAfterSeconds }) => retryAfterSeconds);
  if (waits.length > 0) return { kind: "too-many", retryAfterSeconds: Math.max(...waits) };
  const { title, ...fields } = message;
  const id = toHex(await sha256(JSON.stringify([form, fields]))).slice(0, 32);
  const row = { ...fields, id, at: iso(now), addressKey: message.email === null ? null : addressKey(message.email) };
  const insert = db.insert(readerMessages).values(row).onConflictDoNothing();
  const notices = newsletter ? await noticesOf(newsletter, { ...fields, title, id }) : [];
  await persist(() => transact(db, [insert, ...notices]));
  return { kind: "stored" };
}

function bucketsOf({ email }: NewMessage, { ip }: Storing) {
  const wide = wideNetworkOf(ip);
  return [
    { what: "message-network", text: networkOf(ip), max: maxPerNetwork },
    ...(wide === undefined ? [] : [{ what: "message-wide-network", text: wide, max: maxPerWideNetwork }]),
    ...(email === null ? [] : [{ what: "message-address", text: limitIdentity(email), max: maxPerAddress }]),
    { what: "message", text: "", max: maxInAll },
  ];
}

/** The statement that queues the email, in a list: a promise of a query builder would run it. */
async function noticesOf(
  newsletter: NewsletterContext,
  message: NewMessage & { readonly id: string },
): Promise<Statement[]> {
  if (newsletter.settings.authorEmail === undefined) return [];
  const email = await countAuthorEmail(newsletter);
  const queued = email.kind === "within" ? queuedReaderMessage(newsletter, message, email.isLast) : undefined;
  return queued ? [queued] : [];
}
