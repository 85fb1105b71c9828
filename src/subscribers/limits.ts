/**
 * Limits the emails that forms may cause: per mailbox, per network and in total within 24 hours, and in total within 30
 * days. Emails are counted, so a flood at one mailbox takes nothing from others; all forms together get a fifth of the
 * Resend plan, so that editions keep the rest.
 */
import type { SigningKey } from "../env.ts";
import { type Bucket, countInBuckets } from "../http/limits.ts";
import { networkOf, wideNetworkOf } from "../http/network.ts";
import type { Quota } from "../mail/quota.ts";
import { limitIdentity } from "./address.ts";
import type { NewsletterContext } from "./newsletter-context.ts";

/** In 24 hours, each. */
export const maxPerMailbox = 3;
/** A lecture hall may share one IP address. */
export const maxPerNetwork = 50;
/** Per IPv6 provider: anyone gets thousands of networks from one for free. */
const maxPerWideNetwork = 100;
/** Upper bound, whatever the plan allows. */
const maxInAll = 2_000;

const shareOfForms = 1 / 5;
/**
 * Share of a month's limit per day, if the plan has no daily limit: enough for a busy day, and a flood needs ten days to
 * use it up.
 */
const dayOfMonth = 1 / 10;

export interface FormShare {
  readonly perDay: number;
  readonly perMonth: number | undefined;
}

/** What forms may cause in 24 hours and in 30 days: at least one email, or nobody could ever subscribe. */
export function formShareOf({ day, month }: Quota): FormShare {
  const perMonth = month === undefined ? undefined : Math.max(1, Math.floor(month * shareOfForms));
  const ofDay = day === undefined ? (perMonth ?? maxInAll / dayOfMonth) * dayOfMonth : day * shareOfForms;
  return { perDay: Math.max(1, Math.min(maxInAll, Math.floor(ofDay))), perMonth };
}

/** One network gets at most half of the total, so that no single one can block the forms for others. */
const networksOf = (ip: string | undefined, { perDay }: FormShare): Bucket[] => {
  const most = (max: number) => Math.min(max, Math.ceil(perDay / 2));
  const wide = wideNetworkOf(ip);
  return [
    { what: "network", text: networkOf(ip), max: most(maxPerNetwork) },
    ...(wide === undefined ? [] : [{ what: "wide-network", text: wide, max: most(maxPerWideNetwork) }]),
  ];
};

const totalsOf = ({ perDay, perMonth }: FormShare, emails: number): Bucket[] => [
  { what: "all", text: "", max: perDay, weight: emails },
  ...(perMonth === undefined
    ? []
    : [{ what: "all-month", text: "", max: perMonth, weight: emails, window: "month" as const }]),
];

const mailboxOf = (address: string, max?: number): Bucket => ({
  what: "mailbox",
  text: limitIdentity(address),
  ...(max !== undefined && { max }),
});

export type Verdict =
  /** `isLast`: this request uses up the share of all forms. */
  | { readonly kind: "within"; readonly isLast: boolean }
  /** Nothing is emailed. The requester is not told, because that would reveal what others requested. */
  | { readonly kind: "mailbox-full"; readonly address: string; readonly retryAfterSeconds: number }
  /** From this network. */
  | { readonly kind: "too-many"; readonly retryAfterSeconds: number }
  /** From all forms: the same for every address and every network. */
  | { readonly kind: "share-used"; readonly retryAfterSeconds: number };

export interface Asked {
  /** Recipients; or, with `emails` 0, subscribers whose record would grow. */
  readonly addresses: readonly string[];
  /** `cf-connecting-ip`; absent on the author's own machine. */
  readonly ip: string | undefined;
  /** One per address by default. */
  readonly emails?: number;
}

type Counting = Pick<NewsletterContext, "db" | "now"> & {
  readonly settings: { readonly keys: readonly SigningKey[]; readonly quota: Quota };
};

/**
 * Counts one request and decides about it. It is counted whether or not the address gets an email: otherwise the remaining
 * share would reveal who is subscribed.
 */
export async function countRequest(newsletter: Counting, asked: Asked): Promise<Verdict> {
  const { db, settings, now } = newsletter;
  const { addresses, ip, emails = addresses.length } = asked;
  const share = formShareOf(settings.quota);
  const networks = networksOf(ip, share);
  const loud = [...networks, ...(emails === 0 ? [] : totalsOf(share, emails))];
  const buckets = [...loud, ...addresses.map((address) => mailboxOf(address, maxPerMailbox))];
  const { used, full } = await countInBuckets(db, settings.keys, buckets, now, (places) => {
    if (places.length === 0) return [...buckets.keys()];
    // A request that is silently dropped still counts for its network.
    return places.some((place) => place < loud.length) ? [] : [...networks.keys()];
  });
  const waitFor = (from: number, to: number): number =>
    Math.max(
      0,
      ...full.flatMap(({ place, retryAfterSeconds }) => (place >= from && place < to ? retryAfterSeconds : [])),
    );
  const [networkWait, totalWait] = [waitFor(0, networks.length), waitFor(networks.length, loud.length)];
  if (networkWait > 0) return { kind: "too-many", retryAfterSeconds: networkWait };
  if (totalWait > 0) return { kind: "share-used", retryAfterSeconds: totalWait };
  const [quiet] = full;
  if (quiet) {
    const address = addresses[quiet.place - loud.length] ?? "";
    return { kind: "mailbox-full", address, retryAfterSeconds: quiet.retryAfterSeconds };
  }
  return { kind: "within", isLast: loud.some((bucket, place) => bucket.text === "" && isUsedUp(bucket, used[place])) };
}

const isUsedUp = ({ max, weight = 1 }: Bucket, before = 0): boolean => max !== undefined && before + weight >= max;

/** Emails to the author about readers' messages in 24 hours: a flood of messages is read at the desk. */
export const maxAuthorEmails = 20;

export type AuthorEmail =
  /** `isLast`: no more are sent for now. */
  { readonly kind: "within"; readonly isLast: boolean } | { readonly kind: "used-up" };

/** Counts an email to the author about a reader's message with those of forms, unless the author has had enough of them. */
export async function countAuthorEmail({ db, settings, now }: Counting): Promise<AuthorEmail> {
  const own: Bucket = { what: "author", text: "", max: maxAuthorEmails };
  const buckets = [own, ...totalsOf(formShareOf(settings.quota), 1)];
  const { used, full } = await countInBuckets(db, settings.keys, buckets, now);
  if (full.length > 0) return { kind: "used-up" };
  return { kind: "within", isLast: buckets.some((bucket, place) => isUsedUp(bucket, used[place])) };
}

/** An email that follows from an action of the subscriber, such as a welcome: counted with those of forms, never refused. */
export async function countConsequence(
  { db, settings, now }: Counting,
  { address }: { readonly address?: string },
): Promise<void> {
  const totals = totalsOf(formShareOf(settings.quota), 1).map(({ max: _, ...bucket }) => bucket);
  const buckets = address === undefined ? totals : [...totals, mailboxOf(address)];
  await countInBuckets(db, settings.keys, buckets, now);
}
