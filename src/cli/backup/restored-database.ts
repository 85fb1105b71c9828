/**
 * Prepares a backup for its restore: applies current migrations, merges unsubscribes and deliveries recorded since, and
 * marks it so that the newsletter sends nothing until the author resumes it. All in memory, so the imported database is
 * correct from the start.
 */
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { uncertainEmails } from "../../library/edition-texts.ts";
import { columnsOf, migrationsOf, tablesOf } from "./dump.ts";

export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** Names of migrations that this project does not have: a newer version applied them. */
export const unknownMigrations = (applied: readonly string[], all: readonly Migration[]): string[] =>
  applied.filter((name) => !all.some((migration) => migration.name === name));

/** Applies missing migrations as wrangler would, and returns their names. */
export function bringUpToDate(database: DatabaseSync, all: readonly Migration[]): string[] {
  const applied = new Set(migrationsOf(database));
  const missing = all.filter(({ name }) => !applied.has(name));
  if (missing.length === 0) return [];
  database.exec(`CREATE TABLE IF NOT EXISTS "d1_migrations"(
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)`);
  for (const { name, sql } of missing) {
    database.exec(sql);
    database.prepare("INSERT INTO d1_migrations (name) VALUES (?)").run(name);
  }
  return missing.map(({ name }) => name);
}

/** `at`: since when, ISO 8601. */
export interface Suppression {
  readonly reason: string;
  readonly at: string;
}

export interface MergedChanges {
  /** Subscribers whom the backup would email, and who have unsubscribed, bounced or complained since. */
  readonly unsubscribes: number;
  /** Deliveries that the backup does not have. */
  readonly copies: number;
}

/**
 * Merges what must not be lost from the current database: unsubscribes, suppressions and deliveries. Only existing rows
 * count: a missing row proves nothing, because it may be the reason for the restore. Both databases have all
 * migrations. `namesOf` returns the keyed hashes under which an address may be suppressed: erased subscribers are
 * identified by nothing else.
 */
export function mergeChangesSince(
  restored: DatabaseSync,
  present: DatabaseSync,
  namesOf: (addressKey: string) => readonly string[],
): MergedChanges {
  const columns = columnsOf(restored);
  const rowsOf = (table: string, condition = "true") =>
    present.prepare(`SELECT ${(columns[table] ?? []).join(", ")} FROM ${table} WHERE ${condition}`).all();
  const ids = sameSubscribers(restored, present);
  const cellOf = (row: Readonly<Record<string, SQLOutputValue>>, name: string): SQLOutputValue => {
    const value = row[name] ?? null;
    return name === "subscriber_id" ? (ids.get(String(value)) ?? value) : value;
  };
  const leave =
    restored.prepare(`UPDATE subscribers SET state = ?, left_at = ?, suppressed_at = ?, suppression_reason = ?,
      leave_reason = ?, new_email = NULL, new_email_request = NULL
    WHERE (id = ? OR address_key = ?) AND state IN ('pending', 'confirmed')`);
  const isGone = "state IN ('unsubscribed', 'suppressed')";
  let unsubscribes = 0;
  for (const row of rowsOf("subscribers", isGone)) {
    const { state, left_at, suppressed_at, suppression_reason, leave_reason, id, address_key } = row;
    const values = [state, left_at, suppressed_at, suppression_reason, leave_reason, id, address_key];
    unsubscribes += Number(leave.run(...values.map((value) => value ?? null)).changes);
  }
  const consents = restored.prepare(`INSERT INTO consents (subscriber_id, at, act, page, wording)
    SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 FROM subscribers WHERE id = ?1)
      AND NOT EXISTS (SELECT 1 FROM consents WHERE subscriber_id = ?1 AND at = ?2 AND act = ?3)`);
  for (const row of rowsOf("consents", `subscriber_id IN (SELECT id FROM subscribers WHERE ${isGone})`)) {
    consents.run(...["subscriber_id", "at", "act", "page", "wording"].map((name) => cellOf(row, name)));
  }
  unsubscribes += suppress(restored, newlySuppressed(restored, present), namesOf);
  copy("suppressions", "");
  // Deliveries are recorded by chapter identity, so the keys that lead to it and the author's answers are needed too.
  copy("chapter_keys", "");
  copy(
    "chapter_questions",
    "ON CONFLICT (place) DO UPDATE SET may_be = excluded.may_be, answer = excluded.answer, answered_at = excluded.answered_at WHERE chapter_questions.answer IS NULL",
  );
  // A delivery that was being sent at the time of the backup has an outcome now.
  const copies = copy(
    "deliveries",
    "ON CONFLICT (chapter_id, subscriber_id) DO UPDATE SET state = excluded.state, reason = excluded.reason, provider_id = excluded.provider_id, changed_at = excluded.changed_at WHERE deliveries.state = 'sending'",
  );
  return { unsubscribes, copies };

  function copy(table: string, onConflict: string): number {
    const of = columns[table] ?? [];
    const insert = restored.prepare(
      `INSERT ${onConflict === "" ? "OR IGNORE " : ""}INTO ${table} (${of.join(", ")}) VALUES (${of.map(() => "?").join(", ")}) ${onConflict}`,
    );
    return rowsOf(table).reduce(
      (sum, row) => sum + Number(insert.run(...of.map((name) => cellOf(row, name))).changes),
      0,
    );
  }
}

/**
 * Id in the current database -> id in the restored one, for subscribers who have two: a database created again from a
 * list gives everyone a new id.
 */
function sameSubscribers(restored: DatabaseSync, present: DatabaseSync): ReadonlyMap<string, string> {
  const list = (database: DatabaseSync) => database.prepare("SELECT id, address_key AS address FROM subscribers").all();
  const there = list(restored);
  const known = new Set(there.map(({ id }) => id));
  const byAddress = new Map(there.map(({ id, address }) => [address, String(id)] as const));
  return new Map(
    list(present).flatMap(({ id, address }) => {
      const other = known.has(id) ? undefined : byAddress.get(address);
      return other === undefined ? [] : [[String(id), other] as const];
    }),
  );
}

/** Keyed hash -> reason and time, for addresses suppressed in the current database but not in the restored one. */
export function newlySuppressed(restored: DatabaseSync, present: DatabaseSync): ReadonlyMap<string, Suppression> {
  const list = (database: DatabaseSync) =>
    database.prepare("SELECT address_hash AS name, reason, at FROM suppressions").all();
  const known = new Set(list(restored).map(({ name }) => name));
  return new Map(
    list(present).flatMap(({ name, reason, at }) =>
      known.has(name) ? [] : [[String(name), { reason: String(reason), at: String(at) }] as const],
    ),
  );
}

/** Erases erased subscribers again, and suppresses addresses that bounced or complained. Returns how many. */
function suppress(
  restored: DatabaseSync,
  suppressed: ReadonlyMap<string, Suppression>,
  namesOf: (addressKey: string) => readonly string[],
): number {
  if (suppressed.size === 0) return 0;
  let count = 0;
  for (const { id, address } of restored.prepare("SELECT id, address_key AS address FROM subscribers").all()) {
    const found = namesOf(String(address))
      .map((name) => suppressed.get(name))
      .find((suppression) => suppression !== undefined);
    if (found === undefined) continue;
    const { reason, at } = found;
    count += 1;
    if (reason === "erased") {
      for (const table of ["consents", "deliveries", "letters"]) {
        restored.prepare(`DELETE FROM ${table} WHERE subscriber_id = ?`).run(id ?? null);
      }
      restored
        .prepare(`UPDATE batches SET members = (SELECT json_group_array(json(value)) FROM json_each(members)
          WHERE value ->> 'subscriber' <> ?1) WHERE state = 'sealed' AND instr(members, ?1) > 0`)
        .run(id ?? null);
      restored.prepare("DELETE FROM subscribers WHERE id = ?").run(id ?? null);
    } else {
      restored
        .prepare(`UPDATE subscribers SET state = 'suppressed', suppressed_at = ?, suppression_reason = ?
          WHERE id = ? AND state IN ('pending', 'confirmed')`)
        .run(at, reason, id ?? null);
    }
  }
  return count;
}

/** Holds sending until the author resumes it; editions/newsletter-row.ts recognises the reason. */
const indefinitely = "9999-12-31T23:59:59.999Z";

/**
 * Marks the database as restored. The claim counter is lower than any that KV can have, even if KV was rolled back too,
 * is empty or is stale: so the next run puts everything that may already have been sent into stopped editions
 * (editions/recovery/database-rollback.ts). The hold keeps everything else from being sent until the author resumes.
 * Queued transactional emails may have been sent since, so they become uncertain. `at` is ISO 8601. `databaseId` is
 * that of the target database, if it has one: idempotency keys of the backed-up database are never used in another.
 */
export function markRestored(database: DatabaseSync, at: string, from: string, databaseId?: string): void {
  const run = (sql: string, ...values: (string | null)[]) => database.prepare(sql).run(...values);
  run(
    `INSERT INTO newsletter (id, began_at, claims, hold_until, hold_reason) VALUES (1, ?1, -1, '${indefinitely}', 'restored')
      ON CONFLICT (id) DO UPDATE SET claims = -1, hold_until = '${indefinitely}', hold_reason = 'restored'`,
    at,
  );
  run("UPDATE newsletter SET database_id = COALESCE(?, lower(hex(randomblob(8))))", databaseId ?? null);
  run("UPDATE editions SET state = 'stopped', stopped_at = ?, stop_reason = 'restored' WHERE state = 'sending'", at);
  run(
    `UPDATE letters SET state = 'uncertain', message = NULL, error = 'database restored', settled_at = ? WHERE state = 'queued'`,
    at,
  );
  // The next run then records the release again, and writes the feed ids to KV.
  run("UPDATE release_state SET fingerprint = ''");
  const { id, title, body } = uncertainEmails;
  run(
    `INSERT INTO notices (id, title, body, at)
      SELECT ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM letters WHERE state = 'uncertain' AND settled_at = ?)
      ON CONFLICT (id) DO UPDATE SET title = excluded.title, body = excluded.body, at = excluded.at, resolved_at = NULL`,
    id,
    title,
    body,
    at,
    at,
  );
  run(
    `INSERT INTO notices (id, title, body, at) VALUES ('held', 'The newsletter was restored and is paused', ?2, ?1)
      ON CONFLICT (id) DO UPDATE SET title = excluded.title, body = excluded.body, at = excluded.at, resolved_at = NULL`,
    at,
    `The database is in the state of ${from.slice(0, 10)} ${from.slice(11, 16)} UTC. Later subscriptions and changes may be missing. To resume sending: \`npm run newsletter -- resume --remote\`.`,
  );
}

/** Copies the deployed Workers from the current database: they belong to the target, not to the backup. */
export function copyWorkers(restored: DatabaseSync, present: DatabaseSync): void {
  restored.exec("DELETE FROM workers");
  if (!tablesOf(present).includes("workers")) return;
  const insert = restored.prepare("INSERT INTO workers (name, origin, namespace_id, deployed_at) VALUES (?, ?, ?, ?)");
  for (const row of present.prepare("SELECT name, origin, namespace_id, deployed_at FROM workers").all()) {
    insert.run(...["name", "origin", "namespace_id", "deployed_at"].map((name) => row[name] ?? ""));
  }
}

/** The id that is part of its idempotency keys; undefined before the migration that adds it. */
export function databaseIdOf(database: DatabaseSync): string | undefined {
  if (!columnsOf(database).newsletter?.includes("database_id")) return undefined;
  const id = database.prepare("SELECT database_id AS id FROM newsletter").get()?.id;
  return typeof id === "string" ? id : undefined;
}

/** The claim counter; 0 before the newsletter began. */
export const claimsOf = (database: DatabaseSync): number =>
  tablesOf(database).includes("newsletter")
    ? Number(database.prepare("SELECT MAX(claims) AS claims FROM newsletter").get()?.claims ?? 0)
    : 0;
