/**
 * Limits against floods: so many requests of a kind each day (UTC), from one network and in all. The counters'
 * names are keyed hashes with the day in them, so a row says nothing about anybody and the names of tomorrow are others.
 */
import { sql } from "drizzle-orm";
import { type Database, iso, persist } from "../db/database.ts";
import type { SigningKey } from "../env.ts";
import { keyedHash } from "./signing.ts";

export interface Bucket {
  /** Kind of the counter. */
  readonly what: string;
  /** What is counted: a network, an address, nothing. */
  readonly text: string;
  /** A day; when it is reached the request is refused, and counted nowhere. Without it the counter only counts. */
  readonly max?: number;
}

export type Count =
  | { readonly kind: "counted"; readonly counts: readonly number[]; readonly retryAfterSeconds: number }
  | { readonly kind: "full"; readonly retryAfterSeconds: number };

/**
 * Counts one request in all of its buckets, in one statement; the counts afterwards stand in the order of the buckets.
 * What a full bucket turns away is not counted anywhere, so that a flood from one place cannot use up what there is for all.
 */
export async function countInBuckets(
  db: Database,
  [key]: readonly SigningKey[],
  buckets: readonly Bucket[],
  now: number,
): Promise<Count> {
  if (!key) throw new Error("There is no key to hash with.");
  const day = iso(now).slice(0, 10);
  const tomorrow = Date.parse(`${day}T00:00:00Z`) + 86_400_000;
  const retryAfterSeconds = Math.ceil((tomorrow - now) / 1000);
  const names = await Promise.all(
    buckets.map(
      async ({ what, text }) => `${what}:${(await keyedHash(`limit-${what}`, `${day} ${text}`, key)).slice(0, 32)}`,
    ),
  );
  const gates = buckets.flatMap(({ max }, index) => (max === undefined ? [] : [{ bucket: names[index], max }]));
  const counted = await persist(() =>
    db.all<{ bucket: string; count: number }>(sql`
      INSERT INTO limits (bucket, count, expires_at)
      SELECT value, 1, ${iso(tomorrow)} FROM json_each(${JSON.stringify([...new Set(names)])})
      WHERE NOT EXISTS (SELECT 1 FROM json_each(${JSON.stringify(gates)}) gate JOIN limits known ON known.bucket = gate.value ->> 'bucket'
        WHERE known.count >= gate.value ->> 'max')
      ON CONFLICT (bucket) DO UPDATE SET count = count + 1
      RETURNING bucket, count`),
  );
  if (counted.length === 0) return { kind: "full", retryAfterSeconds };
  const counts = new Map(counted.map(({ bucket, count }) => [bucket, count]));
  return { kind: "counted", counts: names.map((name) => counts.get(name) ?? 0), retryAfterSeconds };
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
