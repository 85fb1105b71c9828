/** Values inside SQL: `wrangler d1 execute` binds no parameters, so what goes in is quoted here, and nowhere else. */
import type { SQL } from "drizzle-orm";
import { SQLiteSyncDialect } from "drizzle-orm/sqlite-core";

const dialect = new SQLiteSyncDialect();

/** A statement as the Worker writes it, as text with its parameters quoted. Throws on NUL, which would end it early, and on a semicolon, at which D1 cuts. */
export function printStatement(statement: SQL): string {
  const { sql } = dialect.sqlToQuery(statement.inlineParams());
  if (/[\0;]/.test(sql)) throw new Error("A statement for D1 cannot contain a NUL or a semicolon.");
  return sql;
}

/** A string as SQL writes it. Throws on NUL, which would end the statement early. */
export function sqlText(value: string): string {
  if (value.includes("\0")) throw new Error("SQL text cannot contain a NUL character.");
  return `'${value.replaceAll("'", "''")}'`;
}

/**
 * The forms of what the engine makes: `each_transformers_rope`, `weekly_2026-11-30`; `book/id`; `quota`, `history tea/cooling`.
 * Nothing else is looked for: D1 cuts what it is sent at every semicolon, also at one between quotes.
 */
export const isEditionId = (text: string): boolean => /^(each|weekly|monthly)_[a-z0-9_-]{1,300}$/.test(text);
export const isChapterId = (text: string): boolean => /^[a-z0-9-]{1,150}\/[a-z0-9-]{1,150}$/.test(text);
export const isBookSlug = (text: string): boolean => /^[a-z0-9-]{1,150}$/.test(text);
export const isNoticeId = (text: string): boolean => /^[\w .:@/+-]{1,320}$/.test(text);
