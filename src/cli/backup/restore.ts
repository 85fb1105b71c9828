/** Restores a backup: plans it in numbers, then applies it in an order that never leaves half of it in place. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { watermarkKey } from "../../editions/sending/claim-watermark.ts";
import { sha256 } from "../../publish/object-store.ts";
import { compareText } from "../../publish/source/problem.ts";
import { CommandError } from "../command-error.ts";
import { type Target, Unreachable } from "../explain-failure.ts";
import { checkKeys, readTokenKeys, suppressionName } from "../import-export/token-keys.ts";
import { writeWithWrangler } from "../wrangler/d1-execute.ts";
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
  /** Takes over who has left and what was sent since. */
  readonly mergesChanges: boolean;
  /** Makes a backup of what is there before. */
  readonly backsUp: boolean;
}

/** What would be replaced, and by what. */
export interface RestorePlan {
  readonly name: string;
  readonly backup: Backup;
  readonly now: Extents;
  /** Names of migrations that the backup gets on the way. */
  readonly migrations: readonly string[];
  /** Keys that are not on the shelf any more. */
  readonly missing: readonly string[];
}

/** Reads the whole backup and looks at what is there; changes nothing. */
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
  /** What is there, by its own count. */
  readonly extents: Extents;
  readonly kept: MergedChanges | undefined;
  /** Name of the backup of what was there before. */
  readonly safety: string | undefined;
}

/** `onSafety`: hears the name of the backup of what was there before, as soon as there is one. */
export async function restore(
  order: RestoreOrder,
  { name, missing }: RestorePlan,
  onSafety: (name: string) => void,
): Promise<Restored> {
  const { root, target, now } = order;
  const { backup, database } = readBackup(root, name);
  using restored = closing(database);
  // An account where nothing is yet has nothing to lose, and nothing to export.
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
  // Higher than any number of before, so that what is opened now has a name of its own.
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

/** Nothing has been touched when it refuses. */
async function mergeFrom(
  present: DatabaseSync,
  restored: DatabaseSync,
  { root, target }: RestoreOrder,
): Promise<MergedChanges | undefined> {
  const all = readMigrations(root);
  const applied = migrationsOf(present);
  // Nobody prepared it yet: there is nothing to take over.
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

/** Tables that readers and the cron trigger write to the moment that the database answers again. */
const living: ReadonlySet<string> = new Set([
  "tallies",
  "reading_days",
  "limits",
  "notices",
  "newsletter",
  "editions",
  "letters",
  "batches",
  "deliveries",
  "publications",
  "chapter_keys",
  "chapter_questions",
  "release_state",
  "webhook_events",
  "feedback",
  "endings",
]);

/** All of it or nothing: D1 sets an import back that does not come to its end, and the local one is one transaction. */
async function replace(target: Target, database: DatabaseSync): Promise<void> {
  const drops = await liveDrops(target);
  try {
    await writeWithWrangler(target)([...drops, ...dumpOf(database)]);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    throw new Unreachable(`${error.message}\n\nThe database was not changed: an incomplete import is rolled back.`);
  }
}

/** What is there already stays: an object never changes, and one too many harms nobody. */
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

/** The greatest number that KV has, or had. */
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
