/** Writes a database as SQL text and reads it back into Node's SQLite, where it can be inspected and changed. */
import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import { compareText } from "../../publish/source/problem.ts";

/** Size of a table, to compare two copies: its rows, and the bytes of all their values. */
interface Extent {
  readonly rows: number;
  readonly bytes: number;
}
export type Extents = Readonly<Record<string, Extent>>;

/** Throws SQLite's error if the text is not complete, valid SQL. */
export function loadDump(sql: string): DatabaseSync {
  const database = new DatabaseSync(":memory:");
  try {
    database.exec("BEGIN");
    database.exec(sql);
    database.exec("COMMIT");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Names of the tables, without internal ones of SQLite and Cloudflare. */
export const selectTables =
  "SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' AND substr(name, 1, 4) <> '_cf_' ORDER BY name";
export const tablesOf = (database: DatabaseSync): string[] => names(database, selectTables);

/** Table -> its columns. */
export const columnsOf = (database: DatabaseSync): Record<string, string[]> =>
  Object.fromEntries(
    tablesOf(database).map((table) => [table, names(database, `SELECT name FROM pragma_table_info(${text(table)})`)]),
  );

/** Selects one row `{ name, rows, bytes }`. Values are counted in bytes, whatever their type. */
export const selectExtent = (table: string, columns: readonly string[]): string => {
  const sizes = columns.map((column) => `COALESCE(SUM(LENGTH(CAST(${quoted(column)} AS BLOB))), 0)`);
  return `SELECT ${text(table)} AS name, COUNT(*) AS rows, ${["0", ...sizes].join(" + ")} AS bytes FROM ${quoted(table)}`;
};

export const extentsOf = (database: DatabaseSync): Extents =>
  Object.fromEntries(
    Object.entries(columnsOf(database)).map(([table, columns]) => {
      const row = database.prepare(selectExtent(table, columns)).get();
      return [table, { rows: Number(row?.rows), bytes: Number(row?.bytes) }];
    }),
  );

/** D1 limits a statement to 100,000 bytes. */
const maxBytesOfStatement = 100_000;
/** Bytes of rows per statement, well below D1's limit. */
const comfortable = 40_000;

/** Selects a DROP statement for each table and view; views come before the tables that they read. */
export const selectDrops = `SELECT 'DROP ' || type || ' IF EXISTS "' || name || '"' AS name FROM sqlite_schema
  WHERE type IN ('table', 'view') AND substr(name, 1, 7) <> 'sqlite_' AND substr(name, 1, 4) <> '_cf_' ORDER BY type DESC, name`;

/**
 * Statements that recreate the database in an empty one, without trailing semicolons. Throws if a row exceeds D1's
 * statement limit.
 */
export function* dumpOf(database: DatabaseSync): Generator<string> {
  yield "PRAGMA defer_foreign_keys=TRUE";
  for (const table of tablesOf(database)) yield schemaOf(database, table);
  for (const [table, columns] of Object.entries(columnsOf(database))) yield* insertsOf(database, table, columns);
  if (names(database, "SELECT name FROM sqlite_schema WHERE name = 'sqlite_sequence'").length > 0) {
    yield "DELETE FROM sqlite_sequence";
    yield* insertsOf(database, "sqlite_sequence", ["name", "seq"]);
  }
  const rest = "SELECT sql FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL ORDER BY type, name";
  for (const { sql } of database.prepare(rest).all()) yield String(sql);
}

function* insertsOf(database: DatabaseSync, table: string, columns: readonly string[]): Generator<string> {
  const list = columns.map(quoted).join(", ");
  const head = `INSERT INTO ${quoted(table)} (${list}) VALUES\n`;
  let rows: string[] = [];
  let bytes = 0;
  for (const row of database.prepare(`SELECT ${list} FROM ${quoted(table)}`).iterate()) {
    const values = `(${columns.map((column) => literal(row[column] ?? null)).join(",")})`;
    const size = Buffer.byteLength(values);
    if (size + head.length > maxBytesOfStatement) {
      throw new Error(`A row of ${table} has ${size} bytes, but D1 statements are limited to ${maxBytesOfStatement}.`);
    }
    if (bytes > 0 && bytes + size > comfortable) {
      yield `${head}${rows.join(",\n")}`;
      rows = [];
      bytes = 0;
    }
    rows.push(values);
    bytes += size;
  }
  if (rows.length > 0) yield `${head}${rows.join(",\n")}`;
}

function literal(value: SQLOutputValue): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return text(value);
  if (value instanceof Uint8Array) return `X'${Buffer.from(value).toString("hex")}'`;
  return String(value);
}

/**
 * Quotes a text. D1 and wrangler may split SQL at a semicolon inside quotes, and a NUL ends a text early, so both are
 * written as `char()`.
 */
function text(value: string): string {
  let result = value.replaceAll("'", "''");
  const marks: string[] = [];
  let free = 0xe000;
  for (const [forbidden, code] of [
    [";", 59],
    ["\0", 0],
  ] as const) {
    if (!value.includes(forbidden)) continue;
    while (value.includes(String.fromCodePoint(free))) free += 1;
    const mark = String.fromCodePoint(free);
    free += 1;
    result = result.replaceAll(forbidden, mark);
    marks.push(`,'${mark}',char(${code}))`);
  }
  return `${"replace(".repeat(marks.length)}'${result}'${marks.join("")}`;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const names = (database: DatabaseSync, sql: string): string[] =>
  database
    .prepare(sql)
    .all()
    .map(({ name }) => String(name));
const schemaOf = (database: DatabaseSync, table: string): string =>
  String(database.prepare("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table)?.sql);

/** Names of the applied migrations in order; empty for a database that was never migrated. */
export const migrationsOf = (database: DatabaseSync): string[] =>
  tablesOf(database).includes("d1_migrations")
    ? names(database, "SELECT name FROM d1_migrations").sort(compareText)
    : [];
