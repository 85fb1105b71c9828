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
import { closeState, stateFolder, withPrivateUmask } from "./private-state.ts";

/** How long another process, such as `npm start`, may lock the file. */
const timeoutMs = 5000;

/** Runs the statements as one transaction and returns the rows of each. Throws `Unreachable` with an explanation. */
export function executeLocally(statements: readonly string[]): unknown[][] {
  const path = localDatabasePath(process.cwd(), readConfig());
  closeState();
  return withPrivateUmask(() => executeInFile(path, statements));
}

export function executeInFile(path: string, statements: readonly string[]): unknown[][] {
  let database: DatabaseSync | undefined;
  try {
    // Before the first `npm start` there is no file. Only wrangler may create it; an empty database fails in the same way.
    database = new DatabaseSync(existsSync(path) ? path : ":memory:", { timeout: timeoutMs });
    return inTransaction(database, statements);
  } catch (error) {
    throw isFromSqlite(error) ? databaseFailure(error.message, "local") : error;
  } finally {
    database?.close();
  }
}

function inTransaction(database: DatabaseSync, statements: readonly string[]): unknown[][] {
  database.exec("BEGIN IMMEDIATE");
  try {
    const rows = statements.map((statement) => database.prepare(statement).all());
    database.exec("COMMIT");
    return rows;
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
  return join(root, stateFolder, "state/v3/d1/miniflare-D1DatabaseObject", `${file}.sqlite`);
}

const isFromSqlite = (error: unknown): error is Error =>
  error instanceof Error && (error as NodeJS.ErrnoException).code === "ERR_SQLITE_ERROR";
