/** How many mails may be asked for: for one mailbox, from one network, and in all, each day (UTC). */
import type { Database } from "../db/database.ts";
import type { SigningKey } from "../env.ts";
import { countInBuckets, networkOf } from "../http/limits.ts";
import { limitIdentity } from "./address.ts";

/** A day, each. */
export const maxPerMailbox = 3;
/** A lecture hall may stand behind one address. */
export const maxPerNetwork = 50;
export const maxInAll = 2_000;

export type Verdict =
  | { readonly kind: "within" }
  /** Nothing is mailed; whoever asks for somebody else is not told, because it would say what others asked for. */
  | { readonly kind: "mailbox-full"; readonly address: string; readonly retryAfterSeconds: number }
  | { readonly kind: "too-many"; readonly retryAfterSeconds: number };

export interface Asked {
  /** Where mail would go. */
  readonly addresses: readonly string[];
  /** `cf-connecting-ip`; absent on the author's own machine. */
  readonly ip: string | undefined;
  readonly now: number;
}

/** Counts one request and judges it, in one statement. */
export async function countRequest(
  db: Database,
  keys: readonly SigningKey[],
  { addresses, ip, now }: Asked,
): Promise<Verdict> {
  const mailboxes = addresses.map((address) => ({ what: "mailbox", text: limitIdentity(address) }));
  const gates = [
    { what: "network", text: networkOf(ip), max: maxPerNetwork },
    { what: "all", text: "", max: maxInAll },
  ];
  const count = await countInBuckets(db, keys, [...gates, ...mailboxes], now);
  const { retryAfterSeconds } = count;
  if (count.kind === "full") return { kind: "too-many", retryAfterSeconds };
  const perMailbox = count.counts.slice(gates.length);
  const address = addresses.find((_, index) => (perMailbox[index] ?? 0) > maxPerMailbox);
  return address === undefined ? { kind: "within" } : { kind: "mailbox-full", address, retryAfterSeconds };
}
