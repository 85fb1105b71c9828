/**
 * Limits against floods: so many mails to one mailbox, from one network, and in all, each day (UTC). The
 * counters' names are keyed hashes with the day in them, so a row says nothing about anybody and the
 * names of tomorrow are others.
 */

import { sql } from "drizzle-orm";
import { isoDay } from "../ui/dates.ts";
import { limitIdentity } from "./address.ts";
import { type Database, iso, persist } from "./post-room.ts";
import type { SigningKey } from "./settings.ts";
import { keyedHash } from "./tokens.ts";

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

/**
 * Counts one request and judges it, in one statement. What a full network or a full day turns away is
 * not counted anywhere, so that a flood from one place cannot use up what there is for all.
 */
export async function countRequest(
  db: Database,
  [key]: readonly SigningKey[],
  { addresses, ip, now }: Asked,
): Promise<Verdict> {
  if (!key) throw new Error("There is no key to hash with.");
  const day = isoDay(iso(now));
  const tomorrow = Date.parse(`${day}T00:00:00Z`) + 86_400_000;
  const name = async (what: string, text: string) =>
    `${what}:${(await keyedHash(`limit-${what}`, `${day} ${text}`, key)).slice(0, 32)}`;
  const [network, all, ...mailboxes] = await Promise.all([
    name("network", networkOf(ip)),
    name("all", ""),
    ...addresses.map((address) => name("mailbox", limitIdentity(address))),
  ]);
  const gates = JSON.stringify([
    { bucket: network, max: maxPerNetwork },
    { bucket: all, max: maxInAll },
  ]);
  const counted = await persist(() =>
    db.all<{ bucket: string; count: number }>(sql`
      INSERT INTO limits (bucket, count, expires_at)
      SELECT value, 1, ${iso(tomorrow)} FROM json_each(${JSON.stringify([...new Set([network, all, ...mailboxes])])})
      WHERE NOT EXISTS (SELECT 1 FROM json_each(${gates}) gate JOIN limits known ON known.bucket = gate.value ->> 'bucket'
        WHERE known.count >= gate.value ->> 'max')
      ON CONFLICT (bucket) DO UPDATE SET count = count + 1
      RETURNING bucket, count`),
  );
  const retryAfterSeconds = Math.ceil((tomorrow - now) / 1000);
  if (counted.length === 0) return { kind: "too-many", retryAfterSeconds };
  const full = new Set(counted.flatMap(({ bucket, count }) => (count > maxPerMailbox ? [bucket] : [])));
  const address = addresses.find((_, index) => full.has(mailboxes[index] ?? ""));
  return address === undefined ? { kind: "within" } : { kind: "mailbox-full", address, retryAfterSeconds };
}

/** The range that one household or office has: /24 of an IPv4 address, /48 of an IPv6 one. */
export function networkOf(ip: string | undefined): string {
  if (ip === undefined) return "unknown";
  const four = /(?:^|:)(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(ip);
  if (four) return `${four[1]}.0/24`;
  const [head = "", tail] = ip.toLowerCase().split("::");
  const groups = head === "" ? [] : head.split(":");
  if (tail !== undefined) {
    const after = tail === "" ? [] : tail.split(":");
    groups.push(...Array.from({ length: Math.max(0, 8 - groups.length - after.length) }, () => "0"), ...after);
  }
  const prefix = groups.slice(0, 3).map((group) => Number.parseInt(group, 16));
  return prefix.length === 3 && prefix.every(Number.isFinite)
    ? `${prefix.map((group) => group.toString(16)).join(":")}::/48`
    : "unknown";
}
