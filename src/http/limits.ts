/**
 * Limits against floods: so much of a kind in any 24 hours, or in any 30 days, from one network and in all. What was
 * counted lies in short slots, each a row that expires one window after the last thing in it. Rows of networks and
 * addresses are named by keyed hashes with the day in them: a row says nothing about anybody, and the names of
 * tomorrow are others.
 */
import { sql } from "drizzle-orm";
import { type Database, iso, persist } from "../db/database.ts";
import type { SigningKey } from "../env.ts";
import { keyedHash } from "./signing.ts";

const day = 86_400_000;

/** A slot is never let go too early: what is in it counts until a window after its last part. */
const windows = {
  day: { length: day, slotOf: (at: string) => `${at.slice(0, 15)}0` },
  month: { length: 30 * day, slotOf: (at: string) => at.slice(0, 10) },
} as const;

export interface Bucket {
  /** Kind of the counter. */
  readonly what: string;
  /** What is counted: a network, an address; empty for a counter of everything, whose name says nothing. */
  readonly text: string;
  /** In any window. Without it the bucket only counts. */
  readonly max?: number;
  /** 24 hours, or 30 days, which is for counters of everything alone. */
  readonly window?: keyof typeof windows;
  /** How much is added; 1 if left out. */
  readonly weight?: number;
}

interface Full {
  /** Of the bucket. */
  readonly place: number;
  /** Until it has room. */
  readonly retryAfterSeconds: number;
}

export interface Count {
  /** What was in each bucket before. */
  readonly used: readonly number[];
  /** Buckets without room for it. With one of them the request is refused. */
  readonly full: readonly Full[];
}

/** Places of the buckets in which a request counts, when those have no room. */
export type Counting = (full: readonly number[]) => readonly number[];

/**
 * Counts a request in all buckets, or, when one of them has no room, in none, unless `counting` says otherwise: a
 * flood from one place does not use up what there is for others. A refusal that counts nowhere costs one query, which
 * writes nothing. Time in milliseconds.
 */
export async function countInBuckets(
  db: Database,
  keys: readonly SigningKey[],
  buckets: readonly Bucket[],
  now: number,
  counting: Counting = (full) => (full.length === 0 ? [...buckets.keys()] : []),
): Promise<Count> {
  const named = await Promise.all(buckets.map((bucket) => nameBucket(bucket, keys, now)));
  // Others may count at the same time: then it is seen again which buckets are full.
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
  /** Rows begin with one of them, then a slash. Two where the name changes with the day. */
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
 * Slots of each bucket that still count at `now`, by the primary key: their names are known up to the slash. The plus
 * and the CROSS JOIN keep SQLite from looking through all rows by their time, or in another order.
 */
const slotsOf = (now: number) => sql`json_each(bucket.value -> 'names') name CROSS JOIN limits slot
  WHERE slot.bucket > name.value || '/' AND slot.bucket < name.value || '0' AND +slot.expires_at > ${iso(now)}`;

const findFilled = (db: Database, named: readonly Named[], now: number): Promise<Filled[]> =>
  db.all<Filled>(sql`SELECT bucket.key AS place, slot.count, slot.expires_at AS expiresAt
    FROM json_each(${JSON.stringify(named)}) bucket CROSS JOIN ${slotsOf(now)}`);

/** False when there is no room by now. */
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
