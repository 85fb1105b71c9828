/**
 * How many emails readers' forms may cause: to one mailbox, from one network and in all, in any 24 hours; and in all
 * in 30 days. What is emailed is counted, so a flood at one mailbox takes nothing from others; and all forms together
 * have a fifth of what Resend's plan sends, so that editions keep the rest.
 */
import type { SigningKey } from "../env.ts";
import { type Bucket, countInBuckets } from "../http/limits.ts";
import { networkOf, wideNetworkOf } from "../http/network.ts";
import type { Quota } from "../mail/quota.ts";
import { limitIdentity } from "./address.ts";
import type { NewsletterContext } from "./newsletter-context.ts";

/** In 24 hours, each. */
export const maxPerMailbox = 3;
/** A lecture hall may be behind one address. */
export const maxPerNetwork = 50;
/** Of an IPv6 provider: anyone gets thousands of networks from one for nothing. */
const maxPerWideNetwork = 100;
/** Whatever the plan allows. */
const maxInAll = 2_000;

const shareOfForms = 1 / 5;
/** Of a month's share, where the plan has no limit a day: enough for a busy day, and a flood needs ten to use it up. */
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

/** One network has half of the share of all at most: no single one can close the forms to others. */
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
  /** `isLast`: with it the share of all forms is used up. */
  | { readonly kind: "within"; readonly isLast: boolean }
  /** Nothing is emailed; whoever asks for somebody else is not told, because it would say what others asked for. */
  | { readonly kind: "mailbox-full"; readonly address: string; readonly retryAfterSeconds: number }
  /** From this network. */
  | { readonly kind: "too-many"; readonly retryAfterSeconds: number }
  /** From all forms: the same for every address and every network. */
  | { readonly kind: "share-used"; readonly retryAfterSeconds: number };

export interface Asked {
  /** Where email would go; or, with `emails` 0, whose record would grow. */
  readonly addresses: readonly string[];
  /** `cf-connecting-ip`; absent on the author's own machine. */
  readonly ip: string | undefined;
  /** One for each address if left out. */
  readonly emails?: number;
}

type Counting = Pick<NewsletterContext, "db" | "now"> & {
  readonly settings: { readonly keys: readonly SigningKey[]; readonly quota: Quota };
};

/**
 * Counts one request and judges it. It is counted whether or not the address turns out to get an email: otherwise
 * the share that is left would say who subscribes here.
 */
export async function countRequest(desk: Counting, asked: Asked): Promise<Verdict> {
  const { db, settings, now } = desk;
  const { addresses, ip, emails = addresses.length } = asked;
  const share = formShareOf(settings.quota);
  const networks = networksOf(ip, share);
  const loud = [...networks, ...(emails === 0 ? [] : totalsOf(share, emails))];
  const buckets = [...loud, ...addresses.map((address) => mailboxOf(address, maxPerMailbox))];
  const { used, full } = await countInBuckets(db, settings.keys, buckets, now, (places) => {
    if (places.length === 0) return [...buckets.keys()];
    // What is turned away without a word was a request of that network all the same.
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

/** An email that follows from what a subscriber did, such as a welcome: counted with those of forms, never refused. */
export async function countConsequence(
  { db, settings, now }: Counting,
  { address }: { readonly address?: string },
): Promise<void> {
  const totals = totalsOf(formShareOf(settings.quota), 1).map(({ max: _, ...bucket }) => bucket);
  const buckets = address === undefined ? totals : [...totals, mailboxOf(address)];
  await countInBuckets(db, settings.keys, buckets, now);
}
