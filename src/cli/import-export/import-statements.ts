/**
 * An import as SQL. Each statement may be run again: who is on record meanwhile stays as they are, and a consent
 * is written once, together with the subscriber whom it is about.
 */
import { sqlText } from "../sql-text.ts";
import { isImported } from "./on-record.ts";
import type { Arrival, Change, ImportPlan } from "./plan-import.ts";

/** D1 takes a statement of 100 KB; the rest is for its words. */
const maxListBytes = 90_000;

/** Nobody counts as confirmed before the next two runs of the cron trigger are over: what is public by then is never mailed to them. */
const settlingMs = 10 * 60_000;

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
  { arrivals, changes }: ImportPlan,
  time: ImportTime,
  newId: () => string,
  newSecret: () => string,
): Generator<Group> {
  const rows = arrivals.map((arrival) => rowOf(arrival, time, newId(), newSecret()));
  for (const some of chunks(rows)) yield { people: some.length, statements: arriving(some, time) };
  for (const some of chunks(changes.map((change) => changeRow(change, time)))) {
    yield { people: some.length, statements: departing(some, time) };
  }
}

const proof = ({ entry: { page, wording } }: Arrival) => ({ page, wording });

function rowOf(arrival: Arrival, { now, confirmedAt }: ImportTime, id: string, unsubscribeKey: string) {
  const { entry, addressKey, hashes } = arrival;
  const { standing } = entry;
  const isIn = standing === "subscribed";
  const hasLeft = standing === "unsubscribed";
  const endedAt = entry.endedAt ?? now;
  return {
    id,
    email: entry.email,
    key: addressKey,
    leave: unsubscribeKey,
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

const changeRow = ({ addressKey, entry, to, isImported }: Change, { now }: ImportTime) => ({
  key: addressKey,
  to,
  imported: isImported ? 1 : 0,
  at: entry.endedAt ?? now,
  page: entry.page,
});

/**
 * Who confirmed here since they were looked up decides for themselves. The time in the subscriber is that of the
 * import: an edition that is open already records by it why they get nothing. When they left there is in the consent.
 */
function departing(rows: readonly ReturnType<typeof changeRow>[], { now }: ImportTime): string[] {
  const list = jsonText(rows);
  const at = sqlText(now);
  const changed = `(SELECT s.id, r.value ->> 'to' AS goal, r.value ->> 'at' AS at, r.value ->> 'page' AS page
    FROM json_each(${list}) r JOIN subscribers s ON s.address_key = r.value ->> 'key'
    WHERE (r.value ->> 'imported' = 0 OR ${isImported} = 1)
      AND CASE r.value ->> 'to' WHEN 'unsubscribed' THEN s.state IN ('pending', 'confirmed')
        ELSE s.state IN ('confirmed', 'unsubscribed') OR r.value ->> 'to' = 'complaint' AND s.suppression_reason = 'bounce' END)`;
  return [
    `INSERT INTO consents (subscriber_id, at, act, page, wording)
    SELECT l.id, l.at, 'left', l.page, 'Had left there' FROM ${changed} l WHERE l.goal = 'unsubscribed'`,
    `UPDATE subscribers SET confirmation = NULL,
      state = CASE l.goal WHEN 'unsubscribed' THEN 'unsubscribed' ELSE 'suppressed' END,
      left_at = CASE l.goal WHEN 'unsubscribed' THEN ${at} ELSE left_at END,
      suppressed_at = CASE l.goal WHEN 'unsubscribed' THEN suppressed_at ELSE ${at} END,
      suppression_reason = CASE l.goal WHEN 'unsubscribed' THEN suppression_reason ELSE l.goal END
    FROM ${changed} l WHERE subscribers.id = l.id`,
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
