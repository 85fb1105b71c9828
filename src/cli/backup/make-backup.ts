/** Makes a backup of the database and the object store, and verifies both. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import * as v from "valibot";
import { releasePrefix } from "../../library/releases.ts";
import { sha256 } from "../../publish/object-store.ts";
import { endingPrefix } from "../../subscribers/endings.ts";
import { CommandError } from "../command-error.ts";
import type { Target } from "../explain-failure.ts";
import { executeOn } from "../wrangler/d1-execute.ts";
import type { TargetNames } from "../wrangler/target.ts";
import { aggregateTallies } from "./aggregate-tallies.ts";
import { type Backup, differences, keep, readKept, writeBackup } from "./backup-folder.ts";
import { originOf } from "./backup-origin.ts";
import { deleteMissedWords } from "./delete-missed-words.ts";
import { columnsOf, dumpOf, type Extents, extentsOf, loadDump, migrationsOf } from "./dump.ts";
import { exportSql, liveExtents } from "./live-database.ts";
import { openShelf } from "./open-shelf.ts";
import type { ShelfAccess } from "./shelf-access.ts";

export interface Order {
  readonly root: string;
  readonly target: Target;
  /** Names of the environment, Worker, database and namespace. */
  readonly names: TargetNames;
  /** ISO 8601. */
  readonly now: string;
  /** Reports progress of one part of the work. */
  readonly onProgress: (what: string, done: number, of: number) => void;
}

export interface Made {
  readonly name: string;
  readonly backup: Backup;
  /** Number of objects that earlier backups already had. */
  readonly known: number;
  /** Tables written to during the export; the backup has a consistent snapshot of them. */
  readonly moving: readonly string[];
  /** Number of buffered counts of the last hour that were added to the daily totals. */
  readonly tallies: number;
  /** Keys whose content does not match the hash in their name; they are left out. */
  readonly damaged: readonly string[];
}

export async function makeBackup(order: Order): Promise<Made> {
  const { root, target, names, now, onProgress } = order;
  onProgress("Exporting database", 0, 1);
  const database = await copyDatabase(target);
  onProgress("Exporting database", 1, 1);
  await using shelf = await openShelf(target);
  const copied = await copyShelf(order, shelf);
  const backup: Backup = {
    format: 1,
    at: now,
    place: target,
    library: names.worker,
    from: originOf(names),
    version: String(JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version),
    database: { sha256: sha256(database.sql), migrations: database.migrations, tables: database.tables },
    shelf: copied.keys,
  };
  const name = writeBackup(root, backup, database.sql, (done, of) => onProgress("Verifying object", done, of));
  const { moving, tallies } = database;
  return { name, backup, known: copied.known, moving, tallies, damaged: copied.damaged };
}

/** Exports attempted if a table that nothing writes to differs from its export. */
const maxExports = 3;

/**
 * Exports and loads the database, repairs line breaks, compares it with the live row counts before and after, aggregates the
 * buffered counts, and leaves out words of searches.
 */
async function copyDatabase(target: Target) {
  let before: Extents | undefined;
  for (let turn = 1; ; turn += 1) {
    const exported = await exportSql(target);
    const database = loadDump(exported);
    const isMended = await mendLineEnds(target, database);
    const copied = extentsOf(database);
    const tallies = aggregateTallies(database);
    const isThinned = deleteMissedWords(database) > 0;
    const sql = isMended || isThinned || tallies > 0 ? `${[...dumpOf(database)].join(";\n")};\n` : exported;
    const tables = extentsOf(database);
    const migrations = migrationsOf(database);
    const columns = columnsOf(database);
    database.close();
    const after = await liveExtents(target, columns);
    const moving = before ? differences(before, after) : [];
    const wrong = differences(copied, after).filter((table) => !moving.includes(table));
    if (wrong.length === 0) return { sql, tables, migrations, moving, tallies };
    if (turn === maxExports) {
      throw new CommandError(
        `The database export does not match the database's row counts (${wrong.join(", ")}). Try again in a minute.`,
      );
    }
    before = after;
  }
}

/**
 * D1 exports a line break as `\\n` inside a `replace()`, which also turns a literal backslash and n in the same text
 * into a line break. After loading, such rows have a line break wherever the live ones have either, so they are fetched
 * separately.
 */
async function mendLineEnds(target: Target, database: DatabaseSync): Promise<boolean> {
  const twoLines = (column: string) => `instr("${column}", char(10)) > 0`;
  const suspects = Object.entries(columnsOf(database)).filter(([table, columns]) =>
    database.prepare(`SELECT 1 FROM "${table}" WHERE ${columns.map(twoLines).join(" OR ")} LIMIT 1`).get(),
  );
  if (suspects.length === 0) return false;
  const both = (column: string) => `(${twoLines(column)} AND instr("${column}", '\\n') > 0)`;
  const found = await executeOn(target)(
    suspects.map(([table, columns]) => `SELECT * FROM "${table}" WHERE ${columns.map(both).join(" OR ")}`),
  );
  for (const [index, [table, columns]] of suspects.entries()) {
    for (const row of v.parse(v.array(Row), found[index])) {
      database
        .prepare(`INSERT OR REPLACE INTO "${table}" VALUES (${columns.map(() => "?").join(", ")})`)
        .run(...columns.map((column) => row[column] ?? null));
    }
  }
  return found.some((rows) => rows.length > 0);
}

const Row = v.record(v.string(), v.nullable(v.union([v.string(), v.number()])));

/** The hash at the end of a key. A key with one never changes its value. */
export const hashIn = (key: string): string | undefined => /\/([0-9a-f]{64})$/.exec(key)?.[1];
/** Releases are named by a hash of the release, not of their own value, which can change. */
const isImmutable = (key: string): boolean => !key.startsWith(releasePrefix);

/** Values requested concurrently. */
const atOnce = 6;

async function copyShelf({ root, onProgress }: Order, shelf: ShelfAccess) {
  // These keys expire; once restored, they never would.
  const list = (await shelf.list()).filter((key) => !key.startsWith(endingPrefix));
  const keys: Record<string, string> = {};
  const damaged: string[] = [];
  let known = 0;
  let done = 0;
  const copyOne = async (key: string): Promise<void> => {
    const named = isImmutable(key) ? hashIn(key) : undefined;
    if (named !== undefined && readKept(root, named) !== undefined) {
      keys[key] = named;
      known += 1;
      return;
    }
    const bytes = await shelf.get(key);
    // Deleted by a sweep since the list was read.
    if (bytes === undefined) return;
    if (named !== undefined && sha256(bytes) !== named) damaged.push(key);
    else keys[key] = keep(root, bytes);
  };
  const waiting = [...list];
  const worker = async (): Promise<void> => {
    for (let key = waiting.shift(); key !== undefined; key = waiting.shift()) {
      await copyOne(key);
      done += 1;
      onProgress("Copying object", done, list.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { keys: Object.fromEntries(list.flatMap((key) => (keys[key] ? [[key, keys[key]]] : []))), known, damaged };
}
