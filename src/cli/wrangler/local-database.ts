/**
 * Queries the local database in the file that `wrangler dev` stores it in: `wrangler d1 execute --local` takes two
 * seconds to start. SQLite locks the file, so `npm start` may be running.
 */
import { createHash, createHmac } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { databaseFailure } from "../explain-failure.ts";
import { readConfig, type WranglerConfig } from "./config.ts";
import { closeState, statePath, withPrivateUmask } from "./private-state.ts";

/** How long another process, such as `npm start`, may lock the file. */
const timeoutMs = 5000;

/** Runs the statements as one transaction and returns the rows of each. Throws `Unreachable` with an explanation. */
export const executeLocally = (statements: readonly string[]): unknown[][] =>
  useLocalDatabase((database) => statements.map((statement) => database.prepare(statement).all()));

/** Is there a local database? Only wrangler may create its file. */
export const hasLocalDatabase = (): boolean => existsSync(localDatabasePath(process.cwd(), readConfig()));

/** Uses the local database in one transaction. Throws `Unreachable` with an explanation. */
export function useLocalDatabase<Result>(use: (database: DatabaseSync) => Result): Result {
  const path = localDatabasePath(process.cwd(), readConfig());
  closeState();
  return withPrivateUmask(() => useDatabaseFile(path, use));
}

export function useDatabaseFile<Result>(path: string, use: (database: DatabaseSync) => Result): Result {
  let database: DatabaseSync | undefined;
  try {
    // Before the first `npm start` there is no file, and an empty database fails in the same way.
    database = new DatabaseSync(existsSync(path) ? path : ":memory:", { timeout: timeoutMs });
    return inTransaction(database, use);
  } catch (error) {
    throw isFromSqlite(error) ? databaseFailure(error.message, "local") : error;
  } finally {
    database?.close();
  }
}

function inTransaction<Result>(database: DatabaseSync, use: (database: DatabaseSync) => Result): Result {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = use(database);
    database.exec("COMMIT");
    return result;
  } catch (error) {
    // SQLite itself rolls back after some errors, such as a full disk.
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

/**
 * Miniflare keeps each D1 database in a Durable Object named by the database's id, and workerd names the object's file by
 * a hash of that name.
 */
export function localDatabasePath(root: string, { d1_databases: databases }: WranglerConfig): string {
  const database = databases.find(({ binding }) => binding === "DB");
  const name = database?.preview_database_id ?? database?.database_id ?? "DB";
  const key = createHash("sha256").update("miniflare-D1DatabaseObject").digest();
  const hmac = (value: string | Buffer) => createHmac("sha256", key).update(value).digest().subarray(0, 16);
  const file = Buffer.concat([hmac(name), hmac(hmac(name))]).toString("hex");
  return join(root, statePath, "d1/miniflare-D1DatabaseObject", `${file}.sqlite`);
}

const isFromSqlite = (error: unknown): error is Error =>
  error instanceof Error && (error as NodeJS.ErrnoException).code === "ERR_SQLITE_ERROR";
