/** Tests that a dump restores the same database, whatever characters its texts contain, and even if it is split at semicolons. */
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { unstable_splitSqlQuery as splitStatements } from "wrangler";
import { differences } from "../../../src/cli/backup/backup-folder.ts";
import { dumpOf, extentsOf, loadDump, tablesOf } from "../../../src/cli/backup/dump.ts";
import { dropsOf } from "./drops.ts";

const hostile = [
  "it's; two -- statements",
  "/* no comment */ '; DROP TABLE t; --",
  "a line\nand \\n another\r\n",
  "\0 a NUL; and a semicolon",
  "\ue000 and \ue001; of private use\0",
  "",
  "$& 𝔸 – é",
  `begin; case when 1 then 2 end;`,
];

function fill(): DatabaseSync {
  const database = new DatabaseSync(":memory:");
  database.exec(`CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, words TEXT, "odd name" REAL, bytes BLOB) STRICT;
    CREATE TABLE pairs (a TEXT NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;
    CREATE INDEX words ON t (words) WHERE words IS NOT NULL;
    CREATE VIEW shown AS SELECT words FROM t`);
  const insert = database.prepare(`INSERT INTO t (words, "odd name", bytes) VALUES (?, ?, ?)`);
  for (const words of hostile) insert.run(words, 0.1, new Uint8Array([0, 59, 255]));
  insert.run(null, null, null);
  for (let index = 0; index < 3000; index += 1)
    database.prepare("INSERT INTO pairs VALUES (?, ?)").run(`a${index}`, "x".repeat(50));
  database.exec("DELETE FROM t WHERE id = 9; INSERT INTO sqlite_sequence SELECT 'none', 1 WHERE false");
  return database;
}
const all = (database: DatabaseSync, sql: string) => database.prepare(sql).all();

test("what is read back is what was written, whole or cut into statements at every semicolon", () => {
  using database = fill();
  const statements = [...dumpOf(database)];
  expect(statements.every((statement) => Buffer.byteLength(statement) < 100_000)).toBe(true);
  const file = `${statements.join(";\n")};\n`;
  expect(splitStatements(file).length).toBe(statements.length);
  expect(file.split(/;\n/).filter((part) => part !== "")).toEqual(statements);
  using copy = loadDump(file);
  for (const sql of [
    "SELECT * FROM t",
    "SELECT * FROM pairs",
    "SELECT * FROM sqlite_sequence",
    "SELECT * FROM shown",
    "SELECT type, name, sql FROM sqlite_schema ORDER BY name",
  ]) {
    expect(all(copy, sql)).toEqual(all(database, sql));
  }
  expect(extentsOf(copy)).toEqual(extentsOf(database));
});

test("it goes over whatever is there: tables with other columns, views of them, tables that are no more", () => {
  using database = fill();
  using other = new DatabaseSync(":memory:");
  other.exec(
    "CREATE TABLE t (x); CREATE TABLE older (y); CREATE VIEW shown AS SELECT x, y FROM t, older; CREATE INDEX words ON t (x)",
  );
  for (const statement of [...dropsOf(other), ...dumpOf(database)]) other.exec(statement);
  expect(tablesOf(other)).toEqual(["pairs", "t"]);
  expect(differences(extentsOf(other), extentsOf(database))).toEqual([]);
});

test("a text that was changed is noticed, also where its length in characters is the same", () => {
  using database = fill();
  using other = loadDump(`${[...dumpOf(database)].join(";\n")};`);
  other.exec("UPDATE t SET words = 'é' WHERE words = ''");
  expect(differences(extentsOf(database), extentsOf(other))).toEqual(["t"]);
});

test("a row that D1 would not take is refused before anything is sent", () => {
  using database = new DatabaseSync(":memory:");
  database.exec("CREATE TABLE t (words TEXT)");
  database.prepare("INSERT INTO t VALUES (?)").run("x".repeat(120_000));
  expect(() => [...dumpOf(database)]).toThrow("A row of t has 120004 bytes, but D1 statements are limited to 100000.");
});
