/**
 * An import as SQL. Each statement may be run again: who is on record meanwhile stays as they are, and a consent
 * is written once, together with the subscriber whom it is about.
 */
import { sqlText } from "../mailings/sql-text.ts";
import type { Arrival, ImportPlan } from "./plan-import.ts";

/** D1 takes a statement of 100 KB; the rest is for its words. */
const maxListBytes = 90_000;

/** Nobody counts as confirmed before the next two runs of the cron trigger are over: what is public by then is never mailed to them. */
export const settlingMs = 10 * 60_000;

export interface ImportTime {
  /** ISO 8601. */
  readonly now: string;
  /** From when on they get what is published. */
  readonly confirmedAt: string;
}

export const importTime = (now: number): ImportTime => ({
  now: new Date(now).toISOString(),
  confirmedAt: new Date(now + settlingMs).toISOString(),
});

/** Statements that belong together: a run that breaks off between two groups is completed by the next import. */
export type Group = { readonly people: number; readonly statements: readonly string[] };

/** `newId` and `newSecret` are called once for each arrival. */
export function* importGroups(
  { arrivals, leaving }: ImportPlan,
  time: ImportTime,
  newId: () => string,
  newSecret: () => string,
): Generator<Group> {
  const rows = arrivals.map((arrival) => rowOf(arrival, time, newId(), newSecret()));
  for (const some of chunks(rows)) yield { people: some.length, statements: arriving(some, time) };
  const left = leaving.map((arrival) => ({ key: arrival.addressKey, at: arrival.entry.endedAt, ...proof(arrival) }));
  for (const some of chunks(left)) yield { people: some.length, statements: departing(some) };
}

const proof = ({ entry: { page, wording } }: Arrival) => ({ page, wording });

function rowOf(arrival: Arrival, { now, confirmedAt }: ImportTime, id: string, leaveKey: string) {
  const { entry, addressKey, hashes } = arrival;
  const { standing } = entry;
  const isIn = standing === "subscribed";
  const hasLeft = standing === "unsubscribed";
  const endedAt = entry.endedAt ?? now;
  return {
    id,
    email: entry.email,
    key: addressKey,
    leave: leaveKey,
    state: isIn ? "confirmed" : hasLeft ? "unsubscribed" : "suppressed",
    asked: entry.requestedAt ?? entry.agreedAt ?? now,
    ...(isIn && { confirmed: confirmedAt, frequency: entry.frequency, paused: entry.pausedUntil }),
    ...(isIn && entry.books !== null && { books: JSON.stringify(entry.books) }),
    ...(hasLeft && { left: endedAt }),
    ...(!isIn && !hasLeft && { suppressed: endedAt, reason: standing === "complained" ? "complaint" : "bounce" }),
    hashes: hashes.length > 0 ? hashes : undefined,
    // What they had agreed to stays on record, whatever came after it.
    acts: [
      { act: "confirmed", at: entry.agreedAt ?? entry.requestedAt ?? now },
      ...(hasLeft ? [{ act: "left", at: endedAt }] : []),
    ],
    ...proof(arrival),
  };
}

function arriving(rows: readonly ReturnType<typeof rowOf>[], { now }: ImportTime): string[] {
  const list = jsonText(rows);
  const field = (name: string) => `r.value ->> '${name}'`;
  const isThere = (id: string) => `EXISTS (SELECT 1 FROM subscribers WHERE id = ${id})`;
  const isIn = jsonText(rows.filter(({ state }) => state === "confirmed").map(({ id }) => id));
  // Without a key nobody can be told from somebody who was erased, so that nobody may have been.
  const ofTheirs = rows.some(({ hashes }) => hashes !== undefined)
    ? " WHERE address_hash IN (SELECT h.value FROM json_each(r.value, '$.hashes') h)"
    : "";
  return [
    `INSERT INTO subscribers (id, email, address_key, state, leave_key, requested_at, confirmed_at, left_at,
      suppressed_at, suppression_reason, frequency, books, paused_until)
    SELECT ${["id", "email", "key", "state", "leave", "asked", "confirmed", "left", "suppressed", "reason"].map(field).join(", ")},
      COALESCE(${field("frequency")}, 'each'), ${field("books")}, ${field("paused")}
    FROM json_each(${list}) r
    WHERE NOT EXISTS (SELECT 1 FROM suppressions${ofTheirs})
    ON CONFLICT DO NOTHING`,
    `INSERT INTO consents (subscriber_id, at, act, page, wording)
    SELECT ${field("id")}, a.value ->> 'at', a.value ->> 'act', ${field("page")},
      CASE a.value ->> 'act' WHEN 'left' THEN 'Had left there' ELSE ${field("wording")} END
    FROM json_each(${list}) r, json_each(r.value, '$.acts') a
    WHERE ${isThere(field("id"))} AND NOT EXISTS (SELECT 1 FROM consents c
      WHERE c.subscriber_id = ${field("id")} AND c.at = a.value ->> 'at' AND c.act = a.value ->> 'act')`,
    // What waits to be mailed, or to come back, was published before they came.
    `INSERT INTO deliveries (chapter_id, subscriber_id, edition_id, state, reason, changed_at)
    SELECT p.chapter_id, i.value, 'import', 'skipped', 'published before the import', ${sqlText(now)}
    FROM publications p JOIN json_each(${isIn}) i
    WHERE p.announced_at IS NOT NULL AND p.edition_id IS NULL AND ${isThere("i.value")}
    ON CONFLICT DO NOTHING`,
  ];
}

function departing(rows: readonly { key: string }[]): string[] {
  const list = jsonText(rows);
  return [
    `INSERT INTO consents (subscriber_id, at, act, page, wording)
    SELECT s.id, r.value ->> 'at', 'left', r.value ->> 'page', 'Had left there' FROM json_each(${list}) r
    JOIN subscribers s ON s.address_key = r.value ->> 'key' WHERE s.state IN ('pending', 'confirmed')`,
    `UPDATE subscribers SET state = 'unsubscribed', confirmation = NULL, left_at = l.at
    FROM (SELECT r.value ->> 'key' AS key, r.value ->> 'at' AS at FROM json_each(${list}) r) l
    WHERE address_key = l.key AND state IN ('pending', 'confirmed')`,
  ];
}

/** As much as fits into one statement. */
function* chunks<Item>(items: readonly Item[]): Generator<Item[]> {
  let chunk: Item[] = [];
  let bytes = 0;
  for (const item of items) {
    const size = Buffer.byteLength(jsonText(item)) + 1;
    if (bytes + size > maxListBytes && chunk.length > 0) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(item);
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}

/** JSON as SQL writes it. D1 cuts what it is sent at every semicolon, and may see a comment in what stands between quotes. */
const jsonText = (value: unknown): string =>
  sqlText(
    JSON.stringify(value).replace(
      /;|-(?=-)|\/(?=\*)/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  );
