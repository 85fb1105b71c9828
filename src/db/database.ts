/** Connects to D1 through Drizzle: transactions, retried writes, and the format of times. */
import { DrizzleQueryError, type Query, type SQL } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { SQLiteSyncDialect } from "drizzle-orm/sqlite-core";

export type Database = ReturnType<typeof drizzle>;

export const openDatabase = (binding: D1Database): Database => drizzle(binding);

/** Milliseconds since 1970, in the format of all tables. */
export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

const dialect = new SQLiteSyncDialect();

/** Raw SQL, or a Drizzle query builder. */
export type Statement = SQL | { toSQL(): Query };

/**
 * Runs the statements in one transaction and returns the rows of each. Drizzle's `batch` cannot bind the parameters of raw
 * SQL (its driver for D1 finds no prepared statement to bind them to).
 */
export async function transact(db: Database, statements: readonly Statement[]): Promise<unknown[][]> {
  const prepared = statements.map((statement) => {
    const { sql, params } = "toSQL" in statement ? statement.toSQL() : dialect.sqlToQuery(statement);
    return db.$client.prepare(sql).bind(...params);
  });
  return (await db.$client.batch(prepared)).map(({ results }) => results);
}

/** A call that was not made, because its caller's budget is spent. */
export class CallNotMade extends Error {}

/**
 * Tries an idempotent write up to three times: D1 retries reads itself, but not writes. When a further attempt cannot be
 * made, it throws the error of the last one that was.
 */
export async function persist<T>(write: () => Promise<T>): Promise<T> {
  let last: unknown;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (attempt > 1 && error instanceof CallNotMade) throw last;
      last = error;
      const passes = /network connection lost|reset|overloaded|timeout/i.test(messageOf(error));
      if (!passes || attempt === 3) throw error;
    }
  }
}

/** Includes the message of D1, which Drizzle wraps. */
export const messageOf = (error: unknown): string =>
  error instanceof Error
    ? `${error.message} ${error.cause instanceof Error ? error.cause.message : ""}`
    : String(error);

/** The error as it may be logged: Drizzle's message contains all parameters, such as email addresses and links. */
export const withoutParameters = (error: unknown): unknown =>
  error instanceof DrizzleQueryError ? (error.cause ?? new Error("A query failed.")) : error;
