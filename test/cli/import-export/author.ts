/** Imports lists as an author, into an in-memory SQLite with the newsletter's tables. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ImportJob, importList } from "../../../src/cli/import-export/import-list.ts";
import type { ListOptions } from "../../../src/cli/import-export/read-list.ts";
import type { Write } from "../../../src/cli/wrangler/d1-execute.ts";
import { openPaperDatabase, type PaperDatabase } from "../editions/paper-database.ts";

export const key = { id: "k1", secret: "s".repeat(40) };
export const now = "2026-03-01T12:00:00.000Z";
/** From this time on, subscribers imported at `now` receive what is published. */
export const settled = "2026-03-01T12:10:00.000Z";

/** A list as another service exports it: test/cli/import-export/files. */
export const listFile = (name: string): Buffer => readFileSync(join(import.meta.dirname, "files", name));

export interface Author extends Disposable {
  readonly database: PaperDatabase;
  /** The output, in order. */
  readonly heard: string[];
  /** Imports a file of `files`, or the given text, and returns the last message. */
  readonly takeIn: (name: string, changes?: Partial<ImportJob> & ListOptions & { text?: string }) => Promise<string>;
  /** The rows of a query. */
  readonly rows: (sql: string) => Promise<Record<string, unknown>[]>;
}

export function openAuthor(): Author {
  const database = openPaperDatabase();
  const heard: string[] = [];
  const write: Write = async (statements) => {
    const tooLong = statements.find((statement) => Buffer.byteLength(statement) > 100_000);
    if (tooLong) throw new Error("D1 takes statements of 100 KB.");
    await database.execute(["BEGIN", ...statements, "COMMIT"]);
  };
  return {
    database,
    heard,
    rows: async (sql) => ((await database.execute([sql]))[0] ?? []) as Record<string, unknown>[],
    takeIn: (name, { text, consent, columns, everybody, ...changes } = {}) =>
      importList(
        {
          target: "local",
          execute: database.execute,
          write,
          keyRing: { keys: [key], from: "the test" },
          now: Date.parse(now),
          tell: (words) => void heard.push(words),
          confirm: async () => "yes",
          progress: () => ({ update: () => undefined, end: () => undefined }),
          ...changes,
        },
        {
          path: `lists/${name}`,
          bytes: text === undefined ? listFile(name) : Buffer.from(text),
          options: { consent, columns, everybody },
        },
      ),
    [Symbol.dispose]: () => database[Symbol.dispose](),
  };
}
