/**
 * Enforces rate limits: so many of a kind in any 24 hours or 30 days, per network and in total. Counts are kept in short
 * slots, each a row that expires one window after its last addition. Rows of networks and addresses are named by keyed
 * hashes that include the day: a row identifies nobody, and names change daily.
 */
import { sql } from "drizzle-orm";
import { type Database, iso, persist } from "../db/database.ts";
import type { SigningKey } from "../env.ts";
import { keyedHash } from "./signing.ts";

const day = 86_400_000;

/**
 * Length of a window, and the slot of a time. A whole slot expires a window after its last addition, so nothing in it
 * expires too early.
 */
const windows = {
  day: { length: day, slotOf: (at: string) => `${at.slice(0, 15)}0` },
  month: { length: 30 * day, slotOf: (at: string) => at.slice(0, 10) },
} as const;

export interface Bucket {
  /** Kind of the counter. */
  readonly what: string;
  /** What is counted: a network, an email address; empty for a counter of everything, whose name reveals nothing. */
  readonly text: string;
  /** In any window; if unset, the bucket only counts. */
  readonly max?: number;
  /** 24 hours if unset. 30 days is only for counters of everything. */
  readonly window?: keyof typeof windows;
  /** How much is added; 1 if unset. */
  readonly weight?: number;
}

interface Full {
  /** Index of the bucket. */
  readonly place: number;
  /** Until the bucket has room. */
  readonly retryAfterSeconds: number;
}

export interface Count {
  /** Count of each bucket before this request. */
  readonly used: readonly number[];
  /** Buckets without room for this request: if there are any, it is rejected. */
  readonly full: readonly Full[];
}

/** Given the indices of full buckets, returns the indices of the buckets in which the request counts. */
export type Counting = (full: readonly number[]) => readonly number[];

/**
 * Counts a request in all buckets, or, if one of them is full, in none, unless `counting` says otherwise: a flood from one
 * network does not use up the share of others. A rejection that counts nowhere costs one query without a write. Time in
 * milliseconds.
 */
export async function countInBuckets(
  db: Database,
  keys: readonly SigningKey[],
  buckets: readonly Bucket[],
  now: number,
  counting: Counting = (full) => (full.length === 0 ? [...buckets.keys()] : []),
): Promise<Count> {
  const named = await Promise.all(buckets.map((bucket) => nameBucket(bucket, keys, now)));
  // If concurrent requests have filled a bucket in the meantime, look again.
  for (let turn = 0; turn < maxTurns; turn += 1) {
    const filled = await findFilled(db, named, now);
    const used = named.map((_, place) => usedOf(filled, place));
    const full = named.flatMap((bucket, place) =>
      hasRoom(bucket, used[place] ?? 0)
        ? []
        : [{ place, retryAfterSeconds: secondsUntilRoom(bucket, filled, place, now) }],
    );
    const counted = counting(full.map(({ place }) => place)).flatMap((place) => named[place] ?? []);
    if (counted.length === 0 || (await insertCounts(db, counted, now))) return { used, full };
  }
  throw new Error("Requests came faster than they could be counted.");
}

const maxTurns = 5;

interface Named {
  /** Prefixes of its rows, before the slash. Two if the name changes daily. */
  readonly names: readonly string[];
  readonly row: string;
  readonly weight: number;
  readonly max: number | null;
  readonly expiresAt: string;
}

async function nameBucket(
  { what, text, max, window = "day", weight = 1 }: Bucket,
  [key]: readonly SigningKey[],
  now: number,
): Promise<Named> {
  if (!key) throw new Error("No signing key is set to hash with.");
  const { length, slotOf } = windows[window];
  const nameOn = async (at: number) =>
    `${what}:${(await keyedHash(`limit-${what}`, `${iso(at).slice(0, 10)} ${text}`, key)).slice(0, 32)}`;
  const names = text === "" ? [what] : [await nameOn(now), await nameOn(now - day)];
  return { names, row: `${names[0]}/${slotOf(iso(now))}`, weight, max: max ?? null, expiresAt: iso(now + length) };
}

interface Filled {
  readonly place: number;
  readonly count: number;
  readonly expiresAt: string;
}

/**
 * Slots of each bucket that still count at `now`, found by the primary key: their names are known up to the slash. The
 * unary plus and the CROSS JOIN keep SQLite from scanning all rows by expiry, or in another order.
 */
const slotsOf = (now: number) => sql`json_each(bucket.value -> 'names') name CROSS JOIN limits slot
  WHERE slot.bucket > name.value || '/' AND slot.bucket < name.value || '0' AND +slot.expires_at > ${iso(now)}`;

const findFilled = (db: Database, named: readonly Named[], now: number): Promise<Filled[]> =>
  db.all<Filled>(sql`SELECT bucket.key AS place, slot.count, slot.expires_at AS expiresAt
    FROM json_each(${JSON.stringify(named)}) bucket CROSS JOIN ${slotsOf(now)}`);

/** False if a bucket has filled up since. */
async function insertCounts(db: Database, named: readonly Named[], now: number): Promise<boolean> {
  const rows = [...new Map(named.map((bucket) => [bucket.row, bucket])).values()];
  const counted = await persist(() =>
    db.all(sql`INSERT INTO limits (bucket, count, expires_at)
      SELECT value ->> 'row', value ->> 'weight', value ->> 'expiresAt' FROM json_each(${JSON.stringify(rows)})
      WHERE NOT EXISTS (SELECT 1 FROM json_each(${JSON.stringify(rows)}) bucket
        WHERE bucket.value ->> 'max' < bucket.value ->> 'weight' + (SELECT COALESCE(SUM(slot.count), 0)
          FROM ${slotsOf(now)}))
      ON CONFLICT (bucket) DO UPDATE SET count = count + excluded.count,
        expires_at = MAX(expires_at, excluded.expires_at)
      RETURNING bucket`),
  );
  return counted.length > 0;
}

const usedOf = (filled: readonly Filled[], place: number): number =>
  filled.reduce((sum, slot) => sum + (slot.place === place ? slot.count : 0), 0);

const hasRoom = ({ max, weight }: Named, used: number): boolean => max === null || used + weight <= max;

function secondsUntilRoom(bucket: Named, filled: readonly Filled[], place: number, now: number): number {
  let used = usedOf(filled, place);
  for (const slot of filled.filter((one) => one.place === place).sort(byExpiry)) {
    used -= slot.count;
    if (hasRoom(bucket, used)) return Math.max(1, Math.ceil((Date.parse(slot.expiresAt) - now) / 1000));
  }
  return day / 1000;
}

const byExpiry = (left: Filled, right: Filled): number => (left.expiresAt < right.expiresAt ? -1 : 1);
