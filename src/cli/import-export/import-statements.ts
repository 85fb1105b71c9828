/**
 * Writes an import as SQL. Each statement can be repeated: subscribers added in the meantime stay unchanged, and a
 * consent is written once, only together with its subscriber.
 */
import { sqlText } from "../sql-text.ts";
import { isImported } from "./on-record.ts";
import type { Arrival, Change, ImportPlan } from "./plan-import.ts";

/** D1 limits a statement to 100 KB; the rest is for the statement around the list. */
const maxListBytes = 90_000;

/**
 * Imported subscribers count as confirmed only after the next two cron runs, so chapters published before then are
 * never emailed to them.
 */
const settlingMs = 10 * 60_000;

export interface ImportTime {
  /** ISO 8601. */
  readonly now: string;
  /** Chapters published from then on are emailed to them. */
  readonly confirmedAt: string;
}

export const importTime = (now: number): ImportTime => ({
  now: new Date(now).toISOString(),
  confirmedAt: new Date(now + settlingMs).toISOString(),
});

/** Statements that belong together: if an import stops between two groups, the next import completes it. */
export type Group = { readonly people: number; readonly statements: readonly string[] };

/** `newId` and `newSecret` are called once per arrival. */
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
    ...(isIn && {
      confirmed: confirmedAt,
      frequency: entry.frequency,
      paused: entry.pausedUntil,
      corrections: entry.correctionsSince,
    }),
    ...(isIn && entry.books !== null && { books: JSON.stringify(entry.books) }),
    ...(hasLeft && { left: endedAt }),
    ...(!isIn && !hasLeft && { suppressed: endedAt, reason: standing === "complained" ? "complaint" : "bounce" }),
    hashes: hashes.length > 0 ? hashes : undefined,
    // Their consent stays on record, even if they unsubscribed later.
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
  // Without hashes, an erased subscriber cannot be recognised, so any suppression blocks the import.
  const ofTheirs = rows.some(({ hashes }) => hashes !== undefined)
    ? " WHERE address_hash IN (SELECT h.value FROM json_each(r.value, '$.hashes') h)"
    : "";
  return [
    `INSERT INTO subscribers (id, email, address_key, state, leave_key, requested_at, confirmed_at, left_at,
      suppressed_at, suppression_reason, frequency, books, paused_until, corrections_since)
    SELECT ${["id", "email", "key", "state", "leave", "asked", "confirmed", "left", "suppressed", "reason"].map(field).join(", ")},
      COALESCE(${field("frequency")}, 'each'), ${field("books")}, ${field("paused")}, ${field("corrections")}
    FROM json_each(${list}) r
    WHERE NOT EXISTS (SELECT 1 FROM suppressions${ofTheirs})
    ON CONFLICT DO NOTHING`,
    `INSERT INTO consents (subscriber_id, at, act, page, wording)
    SELECT ${field("id")}, a.value ->> 'at', a.value ->> 'act', ${field("page")},
      CASE a.value ->> 'act' WHEN 'left' THEN 'Had left there' ELSE ${field("wording")} END
    FROM json_each(${list}) r, json_each(r.value, '$.acts') a
    WHERE ${isThere(field("id"))} AND NOT EXISTS (SELECT 1 FROM consents c
      WHERE c.subscriber_id = ${field("id")} AND c.at = a.value ->> 'at' AND c.act = a.value ->> 'act')`,
    // Chapters that are queued, or unpublished and may return, were published before they subscribed.
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
 * Leaves subscribers unchanged who have confirmed here since they were read. The subscriber gets the time of the
 * import, so that an open edition can record why they receive nothing; the original time is in the consent.
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

/** Splits items into chunks that fit one statement. */
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

/**
 * Quotes JSON for SQL. D1 splits its input at every semicolon, and may see a comment inside quotes, so these characters
 * are escaped.
 */
const jsonText = (value: unknown): string =>
  sqlText(
    JSON.stringify(value).replace(
      /;|-(?=-)|\/(?=\*)/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  );
