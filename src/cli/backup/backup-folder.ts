/**
 * Stores and verifies backups on disk. Objects are immutable and named by the hash of their bytes, so all backups share
 * one folder of them, and a new backup fetches only objects that no earlier one has.
 *
 * ```
 * backups/objects/<sha256>                    an object, stored once
 * backups/2026-11-25T18-00-00Z-remote/
 *   backup.json                               contents, with hashes
 *   database.sql                              D1's own export, or our dump of a local database
 * ```
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import * as v from "valibot";
import { sha256 } from "../../publish/object-store.ts";
import { compareText } from "../../publish/source/problem.ts";
import { advise } from "../../publish/source/suggest.ts";
import { writeNew, writeWhole } from "../../publish/write-whole.ts";
import { CommandError } from "../command-error.ts";
import { type Extents, extentsOf, loadDump } from "./dump.ts";

/** Names of the source; empty as in `TargetNames`. */
const Origin = v.object({
  environment: v.string(),
  database: v.string(),
  namespace: v.string(),
  account: v.string(),
});

const backupsFolder = "backups";

const Hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const Table = v.object({ rows: v.number(), bytes: v.number() });

const BackupSchema = v.object({
  format: v.literal(1),
  /** ISO 8601: start of the backup. */
  at: v.string(),
  place: v.picklist(["local", "remote"]),
  /** Name of the Worker. */
  library: v.string(),
  /** Missing in backups of earlier versions. */
  from: v.optional(Origin),
  /** From package.json. */
  version: v.string(),
  database: v.object({ sha256: Hash, migrations: v.array(v.string()), tables: v.record(v.string(), Table) }),
  /** Key -> hash of its bytes, which are in backups/objects. */
  shelf: v.record(v.string(), Hash),
});
export type Backup = v.InferOutput<typeof BackupSchema>;

/** Backups contain email addresses: only the owner may read them. */
const secret = 0o600;
const secretFolder = { recursive: true, mode: 0o700 } as const;

export const objectPath = (root: string, hash: string): string => join(root, backupsFolder, "objects", hash);

/** The object with this hash; undefined if no backup has it, or if the file is damaged. */
export function readKept(root: string, hash: string): Uint8Array | undefined {
  const path = objectPath(root, hash);
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  return sha256(bytes) === hash ? bytes : undefined;
}

/** Stores the bytes under their hash, and returns the hash. */
export function keep(root: string, bytes: Uint8Array): string {
  const hash = sha256(bytes);
  if (readKept(root, hash) === undefined) {
    mkdirSync(join(root, backupsFolder, "objects"), secretFolder);
    const path = objectPath(root, hash);
    writeWhole(path, bytes, secret);
  }
  return hash;
}

/**
 * Writes a backup under a temporary name, verifies it, and renames it. A second backup within one second gets a
 * numbered name.
 */
export function writeBackup(root: string, backup: Backup, sql: string, onProgress?: OnProgress): string {
  const stamp = `${backup.at.slice(0, 19).replaceAll(":", "-")}Z-${backup.place}`;
  const taken = new Set(listBackups(root));
  let name = stamp;
  for (let turn = 2; taken.has(name); turn += 1) name = `${stamp}-${turn}`;
  const folder = join(root, backupsFolder, name);
  try {
    mkdirSync(`${folder}.part`, secretFolder);
    writeNew(join(`${folder}.part`, "database.sql"), sql, secret);
    writeNew(join(`${folder}.part`, "backup.json"), `${JSON.stringify(backup, null, 1)}\n`, secret);
    readFolder(root, name, `${folder}.part`, onProgress).database.close();
    renameSync(`${folder}.part`, folder);
  } finally {
    // Exists only after a failure, and contains addresses.
    rmSync(`${folder}.part`, { recursive: true, force: true });
  }
  return name;
}

/** Names, oldest first. */
export const listBackups = (root: string): string[] =>
  existsSync(join(root, backupsFolder))
    ? readdirSync(join(root, backupsFolder))
        .filter((name) => existsSync(join(root, backupsFolder, name, "backup.json")) && !name.endsWith(".part"))
        .sort(compareText)
    : [];

type OnProgress = (done: number, of: number) => void;

/** A verified backup. Close the database. */
export interface WholeBackup {
  readonly name: string;
  readonly backup: Backup;
  readonly database: DatabaseSync;
}

/**
 * Verifies a backup: loads the dump, compares its row counts, and hashes every object. Throws a `CommandError` if it is
 * damaged or missing.
 */
export function readBackup(root: string, written: string, onProgress?: OnProgress): WholeBackup {
  // Shell completion gives a path with a trailing separator, on Windows too.
  const name = written.split(/[\\/]/).findLast((part) => part !== "") ?? "";
  const known = listBackups(root);
  if (!known.includes(name))
    throw new CommandError(`There is no backup \`${name}\`. ${advise(name, known, "backups")}`);
  return readFolder(root, name, join(root, backupsFolder, name), onProgress);
}

function readFolder(root: string, name: string, folder: string, onProgress?: OnProgress): WholeBackup {
  const broken = (what: string): CommandError =>
    new CommandError(`Backup ${name} is damaged: ${what}. Use another one.`);
  const parsed = v.safeParse(BackupSchema, readJson(join(folder, "backup.json")));
  if (!parsed.success) throw broken("this version cannot read its backup.json");
  const backup = parsed.output;
  const sql = existsSync(join(folder, "database.sql")) ? readFileSync(join(folder, "database.sql"), "utf8") : "";
  if (sha256(sql) !== backup.database.sha256) throw broken("its database.sql was modified");
  const shelf = Object.entries(backup.shelf);
  for (const [index, [key, hash]] of shelf.entries()) {
    if (readKept(root, hash) === undefined) throw broken(`${key} is missing from backups/objects or was modified`);
    onProgress?.(index + 1, shelf.length);
  }
  const database = loadDump(sql);
  const different = differences(backup.database.tables, extentsOf(database));
  if (different.length === 0) return { name, backup, database };
  database.close();
  throw broken(`${different.join(", ")} did not match the original when read back`);
}

/** Names of the tables whose extents differ. */
export const differences = (one: Extents, other: Extents): string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((table) => one[table]?.rows !== other[table]?.rows || one[table]?.bytes !== other[table]?.bytes)
    .sort(compareText);

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    // Truncated or not JSON: the schema rejects it with an explanation.
    return undefined;
  }
}
