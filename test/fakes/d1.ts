/**
 * Fakes D1 in memory, on Node's SQLite, with the binding's results and errors but without workerd
 * (https://developers.cloudflare.com/d1/worker-api/, https://developers.cloudflare.com/d1/platform/limits/). Every
 * call goes through an `Around`, which may delay it, lose it, or lose its response.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";

/** One call: a single statement, or the statements of a batch. */
interface D1Call {
  readonly statements: readonly string[];
  readonly writes: boolean;
}

/** Decides the fate of a call; `work` executes it synchronously, as one transaction. */
export type Around = <T>(call: D1Call, work: () => T) => Promise<T>;

/** All rows of all tables. */
export type Snapshot = ReadonlyMap<string, readonly (readonly SQLInputValue[])[]>;

const maxParameters = 100;
const maxBytesOfSql = 100_000;
const maxBytesOfValue = 2_000_000;
const migrations = join(import.meta.dirname, "../../migrations");

interface Prepared {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly changes: number;
}

export const migrationNames = (): string[] =>
  readdirSync(migrations)
    .filter((name) => name.endsWith(".sql"))
    .sort();

/** Applies migrations, in their order. `isWanted`: by the name of the file, `0016_reading_weeks.sql`. */
export function migrate(database: DatabaseSync, isWanted: (name: string) => boolean = () => true): void {
  for (const name of migrationNames().filter(isWanted)) database.exec(readFileSync(join(migrations, name), "utf8"));
}

export class FakeD1 {
  readonly #database = new DatabaseSync(":memory:");
  readonly #statements = new Map<string, { readonly statement: StatementSync; readonly columns: readonly string[] }>();
  readonly #tables: readonly string[];

  constructor() {
    migrate(this.#database);
    this.#tables = this.query<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    ).map(({ name }) => name);
  }

  /** The binding in a Worker's environment. */
  binding(around: Around = async (_, work) => work()): D1Database {
    const run = (all: readonly Prepared[]): Promise<Rows[]> =>
      around({ statements: all.map(({ sql }) => sql), writes: all.some(({ sql }) => !/^\s*select/i.test(sql)) }, () =>
        this.#transact(all),
      );
    const statementOf = (prepared: Prepared) => {
      const one = async () => (await run([prepared]))[0] ?? { columns: [], rows: [], changes: 0 };
      return {
        prepared,
        bind: (...values: unknown[]) => statementOf({ sql: prepared.sql, values: values.map(bindable) }),
        all: async () => resultOf(await one()),
        run: async () => resultOf(await one()),
        async raw({ columnNames = false } = {}) {
          const { columns, rows } = await one();
          return columnNames ? [columns, ...rows] : rows;
        },
        async first(column?: string) {
          const [row] = objectsOf(await one());
          return row === undefined ? null : column === undefined ? row : row[column];
        },
      };
    };
    return {
      prepare: (sql: string) => statementOf({ sql, values: [] }),
      batch: async (statements: { readonly prepared: Prepared }[]) =>
        (await run(statements.map(({ prepared }) => prepared))).map(resultOf),
    } as unknown as D1Database;
  }

  /** Bypasses all faults, for reads and changes by the test itself. */
  query<T>(sql: string, ...values: unknown[]): T[] {
    return objectsOf(this.#execute({ sql, values: values.map(bindable) })) as T[];
  }

  /** Direct access for exports and imports, which are not subject to the limits of single statements. */
  inside<Result>(use: (sqlite: DatabaseSync) => Result): Result {
    this.#statements.clear();
    return use(this.#database);
  }

  snapshot(): Snapshot {
    return new Map(
      this.#tables.map((table) => [
        table,
        this.#execute({ sql: `SELECT * FROM ${table}`, values: [] }).rows as readonly SQLInputValue[][],
      ]),
    );
  }

  /** Restores all tables. */
  restore(snapshot: Snapshot): void {
    this.#database.exec("BEGIN");
    for (const [table, rows] of snapshot) {
      this.#execute({ sql: `DELETE FROM ${table}`, values: [] });
      for (const values of rows) {
        this.#execute({ sql: `INSERT INTO ${table} VALUES (${values.map(() => "?").join()})`, values });
      }
    }
    this.#database.exec("COMMIT");
  }

  #transact(all: readonly Prepared[]): Rows[] {
    this.#database.exec("BEGIN");
    try {
      const results = all.map((prepared) => this.#execute(prepared));
      this.#database.exec("COMMIT");
      return results;
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw asD1(error);
    }
  }

  #execute({ sql, values }: Prepared): Rows {
    if (Buffer.byteLength(sql) > maxBytesOfSql) throw new Error("statement too long: SQLITE_TOOBIG");
    if (values.length > maxParameters) throw new Error("too many SQL variables: SQLITE_ERROR");
    if (values.some((value) => typeof value === "string" && Buffer.byteLength(value) > maxBytesOfValue)) {
      throw new Error("string or blob too big: SQLITE_TOOBIG");
    }
    const { statement, columns } = this.#prepare(sql);
    if (columns.length === 0) return { columns, rows: [], changes: Number(statement.run(...values).changes) };
    const rows = statement.all(...values) as unknown as unknown[][];
    return { columns, rows, changes: /^\s*select/i.test(sql) ? 0 : rows.length };
  }

  #prepare(sql: string) {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    statement.setReturnArrays(true);
    const prepared = { statement, columns: statement.columns().map(({ name }) => name) };
    this.#statements.set(sql, prepared);
    return prepared;
  }
}

const objectsOf = ({ columns, rows }: Rows): Record<string, unknown>[] =>
  rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])));

const resultOf = (rows: Rows) => ({
  success: true,
  results: objectsOf(rows),
  meta: {
    duration: 0,
    changes: rows.changes,
    changed_db: rows.changes > 0,
    last_row_id: 0,
    rows_read: rows.rows.length,
    rows_written: rows.changes,
    size_after: 0,
  },
});

function bindable(value: unknown): SQLInputValue {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value === null || typeof value === "string" || typeof value === "number") return value;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  throw new Error(`D1_TYPE_ERROR: Type '${typeof value}' not supported for value '${String(value)}'`);
}

/** `D1_ERROR: UNIQUE constraint failed: batches.id: SQLITE_CONSTRAINT` */
function asD1(error: unknown): Error {
  const { message, errcode } = error as { message: string; errcode?: number };
  const said =
    errcode === undefined ? message : `${message}: ${(errcode & 255) === 19 ? "SQLITE_CONSTRAINT" : "SQLITE_ERROR"}`;
  return new Error(`D1_ERROR: ${said}`, { cause: new Error(said) });
}
