/** Opens the newsletter's tables in an in-memory SQLite of Node, for tests that do not need D1. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Execute } from "../../../src/cli/wrangler/d1-execute.ts";
import { repository } from "../../world.ts";

export interface PaperDatabase extends Disposable {
  readonly execute: Execute;
  /** Runs statements separated by semicolons. */
  write(sql: string): void;
}

export function openPaperDatabase(): PaperDatabase {
  const sqlite = new DatabaseSync(":memory:");
  const folder = join(repository, "migrations");
  const migrations = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  for (const name of migrations.sort()) sqlite.exec(readFileSync(join(folder, name), "utf8"));
  return {
    execute: async (statements) => statements.map((statement) => sqlite.prepare(statement).all()),
    write: (sql) => sqlite.exec(sql),
    [Symbol.dispose]: () => sqlite.close(),
  };
}
