/**
 * Stores endings (unsubscribes, bounces, complaints, erasures) so that they survive a database rollback: a keyed hash of
 * each is in KV for as long as D1 can be rolled back. The transaction of the state change writes it to `endings`; it is
 * copied to KV right after, or by a later cron run if KV fails.
 */
import { type SQL, sql } from "drizzle-orm";
import { type Database, iso, persist } from "../db/database.ts";
import type { SigningKey } from "../env.ts";
import { keyedHash } from "../http/signing.ts";
import { suppressionHash } from "./suppression-hash.ts";

/** D1's Time Travel reaches back 30 days (https://developers.cloudflare.com/d1/reference/time-travel/). */
export const endingDays = 30;
export const endingPrefix = "newsletter/ended/";
/** Longer than in KV: what is in KV and not in the database was lost there. */
export const endingRowDays = endingDays + 10;

/** `returned`: subscribed again after one of the others. */
const endingReasons = ["unsubscribed", "erased", "bounce", "complaint", "returned"] as const;
export type EndingReason = (typeof endingReasons)[number];

/** As in the name of a record: what happened, when, to whom. */
export interface Ending {
  readonly name: string;
  readonly reason: EndingReason;
  /** ISO 8601. */
  readonly at: string;
  /** The first characters of the subscriber's random id, so that only few hashes have to be compared. */
  readonly idStart: string;
  readonly hash: string;
}

export const idStartLength = 4;
const latest = 9_999_999_999_999;

/** Sorts the newest first, because KV lists names in order. */
const beginningOf = (at: string, reason: EndingReason): string =>
  `${String(latest - Date.parse(at)).padStart(13, "0")}-${reason}-`;

export function parseEnding(name: string): Ending | undefined {
  const [, time, written, idStart = "", hash] = /^(\d{13})-([a-z]+)-(.{0,4})-([0-9a-f]{64})$/s.exec(name) ?? [];
  const reason = endingReasons.find((known) => known === written);
  if (time === undefined || reason === undefined || hash === undefined) return undefined;
  return { name, reason, at: iso(latest - Number(time)), idStart, hash };
}

export const personHash = (id: string, key: SigningKey): Promise<string> => keyedHash("ending", id, key);

/** Goes before the statement that changes the state, in the same transaction; no statement without a key to hash with. */
export async function personEnds(
  id: string,
  reason: "unsubscribed" | "erased",
  at: string,
  [key]: readonly SigningKey[],
): Promise<SQL[]> {
  if (!key) return [];
  // Someone who has unsubscribed can still erase their data.
  const isNew = reason === "erased" ? sql`true` : sql`state IN ('pending', 'confirmed')`;
  return [insertEnding(reason, at, await personHash(id, key), sql`id = ${id} AND ${isNew}`)];
}

/**
 * The same for the subscriber who has the address now, and for the one who was emailed, who may have had it before. If
 * there is neither, its hash is among the suppressions.
 */
export async function addressEnds(
  addressKey: string,
  subscriber: string | undefined,
  reason: "bounce" | "complaint",
  at: string,
  [key]: readonly SigningKey[],
): Promise<SQL[]> {
  if (!key) return [];
  const hash = await suppressionHash(addressKey, key);
  return [
    insertEnding(
      reason,
      at,
      hash,
      sql`(address_key = ${addressKey} OR id = ${subscriber ?? ""}) AND state <> 'suppressed'`,
    ),
  ];
}

/** Someone who had unsubscribed confirms again and is no longer excluded. */
export async function personReturns(id: string, at: string, [key]: readonly SigningKey[]): Promise<SQL[]> {
  if (!key) return [];
  const hash = await personHash(id, key);
  return [insertEnding("returned", at, hash, sql`id = ${id} AND EXISTS (SELECT 1 FROM endings WHERE hash = ${hash})`)];
}

/** `of`: a condition on subscribers. */
export const insertEnding = (reason: EndingReason, at: string, hash: string, of: SQL): SQL =>
  sql`INSERT OR IGNORE INTO endings (name, hash, at)
    SELECT ${beginningOf(at, reason)} || substr(id, 1, ${sql.raw(String(idStartLength))}) || ${`-${hash}`}, ${hash}, ${at}
    FROM subscribers WHERE ${of}`;

export const expiredEndings = (now: number): SQL =>
  sql`DELETE FROM endings WHERE at <= ${iso(now - endingRowDays * 86_400_000)}`;

/** Records written to KV at once. */
const storedAtOnce = 5;

/** Copies waiting records to KV, the oldest first. Throws if KV does; the next cron run continues. */
export async function storeEndings(
  { db, kv }: { readonly db: Database; readonly kv: Pick<KVNamespace, "put"> },
  now: number,
): Promise<void> {
  const waiting = await db.all<{ name: string }>(
    sql`SELECT name FROM endings WHERE stored_at IS NULL ORDER BY at LIMIT ${storedAtOnce}`,
  );
  const stored: string[] = [];
  try {
    for (const { name } of waiting) {
      await kv.put(endingPrefix + name, "1", { expirationTtl: endingDays * 86_400 });
      stored.push(name);
    }
  } finally {
    if (stored.length > 0) {
      await persist(() =>
        db.run(sql`UPDATE endings SET stored_at = ${iso(now)}
          WHERE name IN (SELECT value FROM json_each(${JSON.stringify(stored)}))`),
      );
    }
  }
}

/** Upper bound for `storeEndings`. */
export const storingCost = { queries: 2, calls: 2 + storedAtOnce };
