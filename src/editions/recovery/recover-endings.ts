/**
 * Applies lost endings after a database rollback: subscribers who unsubscribed, bounced, complained or erased their data
 * are found by the records in KV (endings.ts) and excluded again before anything is sent. A later confirmation wins. A run
 * that breaks off has applied the oldest records, so the next one finds the rest.
 */
import { type SQL, sql } from "drizzle-orm";
import { iso, persist, transact } from "../../db/database.ts";
import { addressKey } from "../../subscribers/address.ts";
import { type Ending, endingPrefix, parseEnding, personHash } from "../../subscribers/endings.ts";
import { eraseSubscriber } from "../../subscribers/own-data.ts";
import { findSubscriber } from "../../subscribers/subscriber-queries.ts";
import { suppressionHash } from "../../subscribers/suppression-hash.ts";
import { type Cost, sum } from "../call-budget.ts";
import { chunk } from "../chunk.ts";
import { noticeCost, raiseNotice } from "../notices.ts";
import type { SendContext } from "../send-context.ts";

/** Records per list call of KV. */
const listedAtOnce = 1000;
/** Each record needs two hashes, and Workers Free has 10 ms of CPU: a run that is ended there continues later. */
const recoveredAtOnce = 50;
const listingCost: Cost = { queries: 1, calls: 2 };
const recoveringCost: Cost = { queries: 7, calls: 3 };
const erasingCost: Cost = { queries: 8, calls: 2 };

export interface Recovered {
  readonly found: number;
  /** Subscribers who would have been emailed. */
  readonly excluded: number;
}

/** How many records were lost and are restored; `undefined` if the next run has to continue first. */
async function recoverLost(context: SendContext): Promise<number | undefined> {
  const lost = await findLost(context);
  if (lost === undefined) return undefined;
  const latest = new Map<string, string>();
  const oldestFirst = lost.toSorted((one, other) => (one.at < other.at ? -1 : 1));
  for (const { hash, at } of oldestFirst) latest.set(hash, at);
  // While records are missing, the newest are among them, so the next run notices.
  for (const endings of chunk(oldestFirst, recoveredAtOnce)) {
    const counting = endings.filter(({ hash, at, reason }) => reason !== "returned" && latest.get(hash) === at);
    if (!(await recover(context, endings, counting))) return undefined;
  }
  return lost.length;
}

const countUntold = async (context: SendContext): Promise<Recovered> =>
  (
    await context.db.all<Recovered>(sql`SELECT COUNT(*) AS found, COALESCE(SUM(recovered = 'excluded'), 0) AS excluded
      FROM endings WHERE recovered IS NOT NULL`)
  )[0] ?? { found: 0, excluded: 0 };

/**
 * What was found and not reported yet; `undefined` if the next run has to continue first. `hasUntold`: an earlier run has
 * found something.
 */
export async function recoverEndings(context: SendContext, hasUntold: boolean): Promise<Recovered | undefined> {
  const lost = await recoverLost(context);
  if (lost === undefined) return undefined;
  return lost > 0 || hasUntold ? countUntold(context) : { found: 0, excluded: 0 };
}

/** Records in KV that the database does not have. Nearly always one call, one query and no result. */
async function findLost(context: SendContext): Promise<Ending[] | undefined> {
  const lost: Ending[] = [];
  for (let cursor: string | undefined; ; ) {
    if (!context.budget.fits(listingCost)) return undefined;
    const page = await context.kv.list({ prefix: endingPrefix, limit: listedAtOnce, ...(cursor && { cursor }) });
    const names = page.keys.map(({ name }) => name.slice(endingPrefix.length));
    if (names.length === 0) return lost;
    const missing = await context.db.all<{
      name: string;
    }>(sql`SELECT value AS name FROM json_each(${JSON.stringify(names)})
      WHERE NOT EXISTS (SELECT 1 FROM endings WHERE name = value)`);
    lost.push(...missing.flatMap(({ name }) => parseEnding(name) ?? []));
    // Listed newest first, and a rollback loses the newest.
    if (missing.length === 0 || page.list_complete) return lost;
    cursor = page.cursor;
  }
}

interface Candidate {
  readonly id: string;
  readonly address: string;
  readonly state: string;
  readonly since: string;
}

/** `counting`: endings that no later event cancels. */
async function recover(
  context: SendContext,
  endings: readonly Ending[],
  counting: readonly Ending[],
): Promise<boolean> {
  if (!context.budget.fits(recoveringCost)) return false;
  const people = await matched(context, counting);
  for (const { id, ending } of people) {
    if (ending.reason !== "erased") continue;
    if (!context.budget.fits(sum(erasingCost, recoveringCost))) return false;
    const subscriber = await findSubscriber(context.db, id);
    if (subscriber) await eraseSubscriber(context.db, subscriber, context.keys, context.now());
  }
  await persist(() =>
    transact(context.db, [
      ...exclusions(people),
      strangers(counting, people),
      known(context, endings, counting, people),
    ]),
  );
  return true;
}

interface Match {
  readonly id: string;
  readonly ending: Ending;
  /** The subscriber would have been emailed. */
  readonly isExcluded: boolean;
}

/** Subscribers that an ending is about, unless they have confirmed or resubscribed since. */
async function matched(context: SendContext, endings: readonly Ending[]): Promise<Match[]> {
  const starts = [...new Set(endings.map(({ idStart }) => idStart))];
  const candidates = await context.db.all<Candidate>(sql`
    SELECT s.id, s.email AS address, s.state, COALESCE(s.confirmed_at, s.requested_at) AS since
    FROM json_each(${JSON.stringify(starts)}) j
      JOIN subscribers s ON s.id >= j.value AND s.id < j.value || char(1114111)
    WHERE s.state <> 'suppressed'`);
  const later = await returns(context, endings);
  const byHash = Map.groupBy(endings, ({ hash }) => hash);
  const matches: Match[] = [];
  for (const { id, address, state, since } of candidates) {
    const isExcluded = state === "confirmed" || state === "pending";
    for (const key of context.keys) {
      for (const name of [await personHash(id, key), await suppressionHash(addressKey(address), key)]) {
        const about = byHash.get(name) ?? [];
        const returned = later.get(name);
        const ending = about.find(({ at }) => since < at && (returned === undefined || returned < at));
        if (ending) matches.push({ id, ending, isExcluded });
      }
    }
  }
  return matches;
}

/** Hash -> time of the last known resubscription. */
async function returns(context: SendContext, endings: readonly Ending[]): Promise<ReadonlyMap<string, string>> {
  const rows = await context.db.all<{ hash: string; at: string }>(sql`SELECT hash, MAX(at) AS at FROM endings
    WHERE hash IN (SELECT value FROM json_each(${JSON.stringify(endings.map(({ hash }) => hash))}))
      AND name LIKE '%-returned-%' GROUP BY hash`);
  return new Map(rows.map(({ hash, at }) => [hash, at]));
}

function exclusions(people: readonly Match[]): SQL[] {
  const list = JSON.stringify(people.map(({ id, ending }) => ({ id, at: ending.at, reason: ending.reason })));
  return [
    sql`INSERT INTO consents (subscriber_id, at, act, page, wording)
      SELECT s.id, e.value ->> 'at', 'left', 'mail', 'Unsubscribed before a rollback of the database'
      FROM json_each(${list}) e JOIN subscribers s ON s.id = e.value ->> 'id'
      WHERE e.value ->> 'reason' = 'unsubscribed' AND s.state IN ('pending', 'confirmed')`,
    sql`UPDATE subscribers SET state = 'unsubscribed', confirmation = NULL, left_at = e.value ->> 'at'
      FROM json_each(${list}) e WHERE subscribers.id = e.value ->> 'id'
        AND e.value ->> 'reason' = 'unsubscribed' AND state IN ('pending', 'confirmed')`,
    sql`UPDATE subscribers SET state = 'suppressed', confirmation = NULL, suppressed_at = e.value ->> 'at',
        suppression_reason = e.value ->> 'reason'
      FROM json_each(${list}) e WHERE subscribers.id = e.value ->> 'id' AND e.value ->> 'reason' IN ('bounce', 'complaint')`,
  ];
}

/** An address that bounced or complained and has no subscriber stays excluded from imports and forms. */
function strangers(endings: readonly Ending[], people: readonly Match[]): SQL {
  const found = new Set(people.map(({ ending }) => ending.name));
  const list = endings.filter(
    ({ name, reason }) => !found.has(name) && (reason === "bounce" || reason === "complaint"),
  );
  return sql`INSERT INTO suppressions (address_hash, reason, at)
    SELECT value ->> 'hash', value ->> 'reason', value ->> 'at' FROM json_each(${JSON.stringify(list)})
    WHERE true ON CONFLICT DO NOTHING`;
}

/** Records the endings in the database, and what to report to the author. */
function known(
  context: SendContext,
  endings: readonly Ending[],
  counting: readonly Ending[],
  people: readonly Match[],
): SQL {
  const excluded = new Set(people.filter(({ isExcluded }) => isExcluded).map(({ ending }) => ending.name));
  const counted = new Set(counting.map(({ name }) => name));
  const rows = endings.map(({ name, hash, at }) => ({
    name,
    hash,
    at,
    recovered: excluded.has(name) ? "excluded" : counted.has(name) ? "found" : null,
  }));
  return sql`INSERT INTO endings (name, hash, at, stored_at, recovered)
    SELECT value ->> 'name', value ->> 'hash', value ->> 'at', ${iso(context.now())}, value ->> 'recovered'
    FROM json_each(${JSON.stringify(rows)}) WHERE true ON CONFLICT DO NOTHING`;
}

/** For a transaction: the author has been notified. */
export const recoveredTold = sql`UPDATE endings SET recovered = NULL WHERE recovered IS NOT NULL`;

const tellingCost: Cost = sum(noticeCost, { queries: 2, calls: 2 });

/**
 * Decides whether sending may start. A rollback that lost no claim leaves all editions as they are; only their recipients
 * have to be corrected.
 */
export async function meetLostEndings(context: SendContext, hasUntold: boolean): Promise<boolean> {
  const recovered = await recoverEndings(context, hasUntold);
  if (recovered === undefined) return false;
  if (recovered.found === 0) return true;
  if (!context.budget.fits(tellingCost)) return false;
  const { title, endings } = context.words.notices.rolledBack;
  await raiseNotice(
    context,
    `rolled back ${iso(context.now()).slice(0, 16)}`,
    title,
    endings(recovered.found, recovered.excluded),
  );
  await persist(() => context.db.run(recoveredTold));
  return true;
}
