/** What a run of the newsletter works with: everything that reaches outside is handed in, so that tests can break it. */
import { DrizzleQueryError, type Query, type SQL } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { SQLiteSyncDialect } from "drizzle-orm/sqlite-core";
import type { Mailer, Message } from "../mail/mailer.ts";
import type { Allowance } from "./allowance.ts";
import type { SigningKey } from "./settings.ts";
import type { Template } from "./template.ts";

export type Database = ReturnType<typeof drizzle>;

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

export const openDatabase = (binding: D1Database): Database => drizzle(binding);

export interface PostRoom {
  readonly db: Database;
  /** What this run may still ask of the platform. Whoever hands in database, store and mailer counts them here. */
  readonly allowance: Allowance;
  /** Templates, and the journal that outlives a database which is set back. */
  readonly kv: Pick<KVNamespace, "get" | "put">;
  /** Templates that this run has seen, by hash. */
  readonly templates: Map<string, Template>;
  readonly mailer: Mailer;
  /** The present, which goes on during a run: leases and the life of keys are measured by it. */
  readonly now: () => number;
  readonly keys: readonly SigningKey[];
  /** Copies that one run sends at most. */
  readonly mailsPerRun: number;
  /** Waits between two calls of the provider, in milliseconds. */
  readonly pace: (ms: number) => Promise<void>;
  /** Whether a chapter (`book/id`) can be read now. */
  readonly isPublic: (chapter: string) => boolean;
  /** The mail for these chapters, with marks where copies differ. `undefined` when one of them is not public now. */
  readonly compose: (edition: string, audience: Audience, chapters: readonly string[]) => Promise<Message | undefined>;
  /** Says something to the author; a second time about the same occasion it does nothing. */
  readonly tell: (title: string, body: string, occasion: string) => Promise<void>;
}

export type Audience = "each" | "weekly" | "monthly";

export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Drizzle wraps what D1 says. */
export const said = (error: unknown): string =>
  error instanceof Error
    ? `${error.message} ${error.cause instanceof Error ? error.cause.message : ""}`
    : String(error);

/** What a log may say of it: Drizzle writes all parameters into its message, which are addresses and links. */
export const withoutParameters = (error: unknown): unknown =>
  error instanceof DrizzleQueryError ? (error.cause ?? new Error("A query failed.")) : error;

/** A write that may be repeated, tried up to three times: D1 retries reads by itself, and no writes. */
export async function persist<T>(write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      const passes = /network connection lost|reset|overloaded|timeout/i.test(said(error));
      if (!passes || attempt === 3) throw error;
    }
  }
}
