/** Tests the author's access to the local database against the Miniflare that wrangler starts, while that is running. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { expect, test } from "vitest";
import { Unmigrated, Unreachable } from "../../../src/cli/explain-failure.ts";
import type { WranglerConfig } from "../../../src/cli/wrangler/config.ts";
import { localDatabasePath, useDatabaseFile } from "../../../src/cli/wrangler/local-database.ts";

const configOf = (database: object) =>
  ({ d1_databases: [{ binding: "DB", database_name: "tea", ...database }] }) as unknown as WranglerConfig;

const executeInFile = (path: string, statements: readonly string[]) =>
  useDatabaseFile(path, (database) => statements.map((statement) => database.prepare(statement).all()));

async function withMiniflare(work: (root: string, databases: Record<string, D1Database>) => Promise<void>) {
  const root = mkdtempSync(join(tmpdir(), "library-local-"));
  const options = {
    modules: true,
    script: "",
    // As in `wrangler d1 execute --local`.
    resourcePersistencePath: join(root, ".wrangler/state/v3"),
    d1Databases: { A: "DB", B: "library", C: "preview" },
  } as const;
  const miniflare = new Miniflare(convertV4MiniflareOptions(options));
  try {
    const open = async (name: string) => [name, await miniflare.getD1Database(name)] as const;
    await work(root, Object.fromEntries(await Promise.all(["A", "B", "C"].map(open))));
  } finally {
    await miniflare.dispose();
    rmSync(root, { recursive: true });
  }
}

test("the file of a database is found by its id, and both sides see what the other has written", () =>
  withMiniflare(async (root, { A, B, C }) => {
    for (const [database, of] of [
      [A, configOf({})],
      [B, configOf({ database_id: "library" })],
      [C, configOf({ database_id: "library", preview_database_id: "preview" })],
    ] as const) {
      await database?.batch([
        database.prepare("CREATE TABLE cups (tea TEXT NOT NULL, heat REAL)"),
        database.prepare("INSERT INTO cups VALUES ('Sencha; 2', 80)"),
      ]);
      const path = localDatabasePath(root, of);
      expect(
        executeInFile(path, [
          "INSERT INTO cups VALUES ('Assam', 95) RETURNING tea",
          "SELECT tea, heat FROM cups ORDER BY heat",
        ]),
      ).toEqual([
        [{ tea: "Assam" }],
        [
          { tea: "Sencha; 2", heat: 80 },
          { tea: "Assam", heat: 95 },
        ],
      ]);
      expect((await database?.prepare("SELECT COUNT(*) AS cups FROM cups").all())?.results).toEqual([{ cups: 2 }]);
    }
  }));

test("a failing statement undoes the others; an error is explained, and no database is created", () =>
  withMiniflare(async (root, { A }) => {
    await A?.exec("CREATE TABLE cups (tea TEXT NOT NULL)");
    const path = localDatabasePath(root, configOf({}));
    const refused = () => executeInFile(path, ["INSERT INTO cups VALUES ('Assam')", "INSERT INTO cups VALUES (NULL)"]);
    expect(refused).toThrow(Unreachable);
    expect(refused).toThrow("NOT NULL constraint failed: cups.tea");
    expect(executeInFile(path, ["SELECT * FROM cups"])).toEqual([[]]);

    const missing = localDatabasePath(root, configOf({ database_id: "none" }));
    for (const file of [path, missing]) {
      const unmigrated = () => executeInFile(file, ["SELECT * FROM pots"]);
      expect(unmigrated).toThrow(Unmigrated);
      expect(unmigrated).toThrow("The local database has not been created yet: run `npm start` once.");
    }
    expect(() => executeInFile(missing, ["SELECT 1"])).not.toThrow();
    expect(() => executeInFile(missing, ["SELECT * FROM cups"])).toThrow(Unmigrated);
  }));
