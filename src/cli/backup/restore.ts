/** Restores a backup: first a summary in numbers, then the changes, in an order that never leaves a partial restore. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { watermarkKey } from "../../editions/sending/claim-watermark.ts";
import { sha256 } from "../../publish/object-store.ts";
import { compareText } from "../../publish/source/problem.ts";
import { CommandError } from "../command-error.ts";
import { type Target, Unreachable } from "../explain-failure.ts";
import { checkKeys, readTokenKeys, suppressionName } from "../import-export/token-keys.ts";
import { writeTo } from "../wrangler/d1-execute.ts";
import { type Backup, differences, objectPath, readBackup } from "./backup-folder.ts";
import { columnsOf, dumpOf, type Extents, extentsOf, loadDump, migrationsOf } from "./dump.ts";
import { exportSql, liveDrops, liveExtents, liveTables } from "./live-database.ts";
import { makeBackup, type Order } from "./make-backup.ts";
import { openShelf } from "./open-shelf.ts";
import {
  bringUpToDate,
  claimsOf,
  copyWorkers,
  databaseIdOf,
  type MergedChanges,
  type Migration,
  markRestored,
  mergeChangesSince,
  newlySuppressed,
  unknownMigrations,
} from "./restored-database.ts";
import type { ShelfAccess } from "./shelf-access.ts";

export interface RestoreOrder extends Order {
  readonly database: boolean;
  readonly shelf: boolean;
  /** Keeps unsubscribes, suppressions and deliveries recorded since the backup. */
  readonly mergesChanges: boolean;
  /** Backs up the current state first. */
  readonly backsUp: boolean;
}

/** Summary of a restore before it runs. */
export interface RestorePlan {
  readonly name: string;
  readonly backup: Backup;
  readonly now: Extents;
  /** Names of migrations that will be applied to the backup. */
  readonly migrations: readonly string[];
  /** Keys of the backup that the object store no longer has. */
  readonly missing: readonly string[];
}

/** Verifies the whole backup and reads the current state; changes nothing. */
export async function planRestore(order: RestoreOrder, written: string): Promise<RestorePlan> {
  const { root, target, onProgress } = order;
  const { name, backup, database } = readBackup(root, written, (done, of) => onProgress("Reading object", done, of));
  const all = readMigrations(root);
  const unknown = unknownMigrations(backup.database.migrations, all);
  if (unknown.length > 0) {
    database.close();
    throw new CommandError(
      `The backup has ${unknown.join(", ")}, which this version does not know: a newer version created it. Update the project, then restore.`,
    );
  }
  const migrations = bringUpToDate(database, all);
  database.close();
  const there = order.database ? await liveTables(target) : [];
  const now = await liveExtents(target, Object.fromEntries(there.map((table) => [table, []])));
  if (!order.shelf) return { name, backup, now, migrations, missing: [] };
  await using shelf = await openShelf(target);
  const shelved = new Set(await shelf.list());
  const missing = Object.keys(backup.shelf).filter((key) => key !== watermarkKey && !shelved.has(key));
  return { name, backup, now, migrations, missing };
}

export interface Restored {
  /** Row counts reported by the restored database. */
  readonly extents: Extents;
  readonly kept: MergedChanges | undefined;
  /** Name of the backup of the previous state. */
  readonly safety: string | undefined;
}

/** `onSafety` receives the name of the backup of the previous state as soon as it exists. */
export async function restore(
  order: RestoreOrder,
  { name, missing }: RestorePlan,
  onSafety: (name: string) => void,
): Promise<Restored> {
  const { root, target, now } = order;
  const { backup, database } = readBackup(root, name);
  using restored = closing(database);
  // A new account has nothing to lose and nothing to export.
  const isEmpty = (await liveTables(target)).length === 0;
  const safety = order.backsUp && !isEmpty ? await makeBackup(order) : undefined;
  if (safety) onSafety(safety.name);
  await using shelf = await openShelf(target);
  if (!order.database) {
    await putBack(order, shelf, backup, missing);
    return { extents: {}, kept: undefined, safety: safety?.name };
  }
  using present = closing(loadDump(isEmpty ? "" : await exportSql(target)));
  const watermark = await watermarkOf(shelf, backup, root);
  const claims = Math.max(claimsOf(restored.database), claimsOf(present.database), watermark);
  bringUpToDate(restored.database, readMigrations(root));
  const kept = order.mergesChanges ? await mergeFrom(present.database, restored.database, order) : undefined;
  copyWorkers(restored.database, present.database);
  markRestored(restored.database, now, backup.at, databaseIdOf(present.database));
  await putBack(order, shelf, backup, missing);
  order.onProgress("Importing database", 0, 1);
  await replace(target, restored.database);
  order.onProgress("Importing database", 1, 1);
  // Higher than any earlier claim counter, so editions opened from now on get distinct names.
  await shelf.put([{ key: watermarkKey, value: Buffer.from(String(claims + 1)) }]);
  const extents = await liveExtents(target, columnsOf(restored.database));
  const different = differences(extents, extentsOf(restored.database)).filter(
    (table) => extents[table] === undefined || !living.has(table),
  );
  if (different.length > 0) {
    throw new CommandError(
      `The import succeeded, but ${different.join(", ")} does not match the backup. Sending is paused until you resume it.`,
    );
  }
  return { extents, kept, safety: safety?.name };
}

/** Merges changes since the backup into it. Nothing has been changed yet if this throws. */
async function mergeFrom(
  present: DatabaseSync,
  restored: DatabaseSync,
  { root, target }: RestoreOrder,
): Promise<MergedChanges | undefined> {
  const all = readMigrations(root);
  const applied = migrationsOf(present);
  // Never migrated: there is nothing to keep.
  if (applied.length === 0) return undefined;
  const unknown = unknownMigrations(applied, all);
  if (unknown.length > 0) {
    throw new CommandError(
      `The current database has ${unknown.join(", ")}, which this version does not know, so the data to keep cannot be read. Update the project, or discard changes since the backup with \`--as-it-was\`.`,
    );
  }
  bringUpToDate(present, all);
  const ring = readTokenKeys(root, target);
  checkKeys(ring, newlySuppressed(restored, present).size, target);
  return mergeChangesSince(restored, present, (address) => ring.keys.map((key) => suppressionName(address, key)));
}

/**
 * Tables that readers and the cron trigger write to as soon as the database answers again, so their row counts may
 * differ.
 */
const living: ReadonlySet<string> = new Set([
  "tallies",
  "reading_days",
  "reading_weeks",
  "reading_totals",
  "summed_weeks",
  "summed_keys",
  "reading_pages",
  "reading_spans",
  "summed_days",
  "limits",
  "notices",
  "newsletter",
  "editions",
  "letters",
  "batches",
  "deliveries",
  "publications",
  "corrections",
  "chapter_keys",
  "chapter_questions",
  "release_state",
  "webhook_events",
  "feedback",
  "reader_messages",
  "missed_words",
  "endings",
  "pings",
]);

/**
 * Replaces the database, all or nothing: D1 rolls back an incomplete import, and the local import is one transaction.
 */
async function replace(target: Target, database: DatabaseSync): Promise<void> {
  const drops = await liveDrops(target);
  try {
    await writeTo(target)([...drops, ...dumpOf(database)]);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    throw new Unreachable(`${error.message}\n\nThe database was not changed: an incomplete import is rolled back.`);
  }
}

/**
 * Writes the missing objects and verifies them. Existing objects stay: they are immutable, and an extra one does no
 * harm.
 */
async function putBack(
  { root, onProgress }: RestoreOrder,
  shelf: ShelfAccess,
  backup: Backup,
  missing: readonly string[],
): Promise<void> {
  for (let at = 0; at < missing.length; at += 100) {
    const part = missing.slice(at, at + 100);
    await shelf.put(part.map((key) => ({ key, value: readFileSync(objectPath(root, backup.shelf[key] ?? "")) })));
    onProgress("Restoring object", Math.min(at + 100, missing.length), missing.length);
  }
  for (const [index, key] of missing.entries()) {
    const value = await shelf.get(key);
    if (value === undefined || sha256(value) !== backup.shelf[key]) {
      throw new CommandError(
        `${key} did not match when read back. Run the command again: it resumes where it stopped. The database was not changed.`,
      );
    }
    onProgress("Verifying object", index + 1, missing.length);
  }
}

/** The highest claim watermark of KV, now or in the backup. */
async function watermarkOf(shelf: ShelfAccess, backup: Backup, root: string): Promise<number> {
  const known = backup.shelf[watermarkKey];
  const values = [
    await shelf.get(watermarkKey),
    known === undefined ? undefined : readFileSync(objectPath(root, known)),
  ];
  return Math.max(0, ...values.map((value) => Number(value === undefined ? 0 : Buffer.from(value).toString()) || 0));
}

export const readMigrations = (root: string): Migration[] =>
  readdirSync(join(root, "migrations"))
    .filter((name) => name.endsWith(".sql"))
    .sort(compareText)
    .map((name) => ({ name, sql: readFileSync(join(root, "migrations", name), "utf8") }));

const closing = (database: DatabaseSync) => ({ database, [Symbol.dispose]: () => database.close() });
