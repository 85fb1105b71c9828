/** D1 by way of Drizzle: the connection, transactions, writes that are tried again, and times as they are stored. */
import { DrizzleQueryError, type Query, type SQL } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { SQLiteSyncDialect } from "drizzle-orm/sqlite-core";

export type Database = ReturnType<typeof drizzle>;

export const openDatabase = (binding: D1Database): Database => drizzle(binding);

/** Milliseconds since 1970 as all tables have them. */
export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

const dialect = new SQLiteSyncDialect();

/** Written SQL, or one of Drizzle's builders. */
export type Statement = SQL | { toSQL(): Query };

/**
 * The statements as one transaction; the rows of each. Drizzle's `batch` cannot bind the
 * parameters of written SQL (its driver for D1 finds no statement to bind them to).
 */
export async function transact(db: Database, statements: readonly Statement[]): Promise<unknown[][]> {
  const prepared = statements.map((statement) => {
    const { sql, params } = "toSQL" in statement ? statement.toSQL() : dialect.sqlToQuery(statement);
    return db.$client.prepare(sql).bind(...params);
  });
  return (await db.$client.batch(prepared)).map(({ results }) => results);
}

/** A write that may be repeated, tried up to three times: D1 retries reads by itself, and no writes. */
export async function persist<T>(write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      const passes = /network connection lost|reset|overloaded|timeout/i.test(messageOf(error));
      if (!passes || attempt === 3) throw error;
    }
  }
}

/** Drizzle wraps what D1 says. */
export const messageOf = (error: unknown): string =>
  error instanceof Error
    ? `${error.message} ${error.cause instanceof Error ? error.cause.message : ""}`
    : String(error);

/** What a log may say of it: Drizzle writes all parameters into its message, which are addresses and links. */
export const withoutParameters = (error: unknown): unknown =>
  error instanceof DrizzleQueryError ? (error.cause ?? new Error("A query failed.")) : error;
