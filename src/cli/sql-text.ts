/** Quotes values in SQL text: several statements in one query to D1 have no parameters. */
import type { SQL } from "drizzle-orm";
import { SQLiteSyncDialect } from "drizzle-orm/sqlite-core";

const dialect = new SQLiteSyncDialect();

/**
 * Prints a statement of the Worker with its parameters quoted. Throws on NUL, which would end it early, and on a
 * semicolon, where D1 splits.
 */
export function printStatement(statement: SQL): string {
  const { sql } = dialect.sqlToQuery(statement.inlineParams());
  if (/[\0;]/.test(sql)) throw new Error("A statement for D1 cannot contain a NUL or a semicolon.");
  return sql;
}

/** Quotes a string. Throws on NUL, which would end the statement early. */
export function sqlText(value: string): string {
  if (value.includes("\0")) throw new Error("SQL text cannot contain a NUL character.");
  return `'${value.replaceAll("'", "''")}'`;
}

/**
 * Allow-lists for ids that the engine creates: `each_transformers_rope`, `weekly_2026-11-30`; `book/id`; `quota`,
 * `history tea/cooling`. Nothing else is looked up, because D1 splits its input at every semicolon, even inside quotes.
 */
export const isEditionId = (text: string): boolean => /^(each|weekly|monthly)_[a-z0-9_-]{1,300}$/.test(text);
export const isChapterId = (text: string): boolean => /^[a-z0-9-]{1,150}\/[a-z0-9-]{1,150}$/.test(text);
export const isBookSlug = (text: string): boolean => /^[a-z0-9-]{1,150}$/.test(text);
export const isNoticeId = (text: string): boolean => /^[\w .:@/+-]{1,320}$/.test(text);
