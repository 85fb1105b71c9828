/**
 * What a backup becomes before it goes back: brought up to the present migrations, with what is known since of who
 * has left and what was sent, and marked, so that the newsletter mails nothing until its author says so. All of it
 * is done here, in memory, so that what is imported is right from its first moment.
 */
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { uncertainEmails } from "../../library/edition-texts.ts";
import { columnsOf, migrationsOf, tablesOf } from "./dump.ts";

export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** Names of migrations that the backup has and this project does not: a later version wrote it. */
export const unknownMigrations = (applied: readonly string[], all: readonly Migration[]): string[] =>
  applied.filter((name) => !all.some((migration) => migration.name === name));

/** Applies what is missing, as wrangler would, and gives the names. */
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
  /** Subscribers whom the backup would mail, and who have left, bounced or complained since. */
  readonly unsubscribes: number;
  /** Copies that the backup does not know of. */
  readonly copies: number;
}

/**
 * Takes over from the present database what must not be forgotten: who has left, which addresses get no mail, and
 * which copies went out. Only what stands there in so many words: a row that is missing there says nothing, because
 * it may be what the restore is for. Both databases have all migrations. `namesOf` gives the keyed hashes under
 * which an address may be suppressed: whoever had everything erased is known by nothing else.
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
  // Copies are on record by identity: the names that lead to it, and the author's answers, have to lead there still.
  copy("chapter_keys", "");
  copy(
    "chapter_questions",
    "ON CONFLICT (place) DO UPDATE SET may_be = excluded.may_be, answer = excluded.answer, answered_at = excluded.answered_at WHERE chapter_questions.answer IS NULL",
  );
  // A copy that was on its way when the backup was made has found its end since.
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
 * Id in the present database -> id in the restored one, of people who have two: a database that was begun anew from
 * a list gives everybody another.
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

/** Keyed hash -> why and since when, of addresses that the present database suppresses and the restored one does not know to be so. */
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

/** Who had everything erased is erased again; an address that bounced or complained gets no mail. */
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

/** A hold that only the author ends; editions/run.ts knows it by its reason. */
const indefinitely = "9999-12-31T23:59:59.999Z";

/**
 * From here on the newsletter takes the database for what it is: one that was set back. The number of claims is
 * lower than any that KV can hold, also when KV was set back with it, or is empty, or has not heard of it yet; so
 * its next run puts all that may be due into mailings that are stopped (editions/recovery/database-rollback.ts). Nothing else goes
 * out either before the author ends the hold. Single mails that were waiting may have gone out since. `at` in ISO 8601.
 * `databaseId` is that of the database it goes into, if that has one: keys of the one that was backed up are not used in another.
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
  // The next run meets the release again, and writes the ids of feeds to KV.
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

/** Which Workers were deployed with a database is a fact about that database, not about a backup that goes into it. */
export function copyWorkers(restored: DatabaseSync, present: DatabaseSync): void {
  restored.exec("DELETE FROM workers");
  if (!tablesOf(present).includes("workers")) return;
  const insert = restored.prepare("INSERT INTO workers (name, origin, namespace_id, deployed_at) VALUES (?, ?, ?, ?)");
  for (const row of present.prepare("SELECT name, origin, namespace_id, deployed_at FROM workers").all()) {
    insert.run(...["name", "origin", "namespace_id", "deployed_at"].map((name) => row[name] ?? ""));
  }
}

/** What its idempotency keys contain, if it has got so far. */
export function databaseIdOf(database: DatabaseSync): string | undefined {
  if (!columnsOf(database).newsletter?.includes("database_id")) return undefined;
  const id = database.prepare("SELECT database_id AS id FROM newsletter").get()?.id;
  return typeof id === "string" ? id : undefined;
}

/** Claims that the database knows of; none before the newsletter began. */
export const claimsOf = (database: DatabaseSync): number =>
  tablesOf(database).includes("newsletter")
    ? Number(database.prepare("SELECT MAX(claims) AS claims FROM newsletter").get()?.claims ?? 0)
    : 0;
