/** Measures the cost of statements in rows read and written, as D1 bills them. */
import { type Database, openDatabase } from "../../src/db/database.ts";

interface Cost {
  statements: number;
  read: number;
  written: number;
}

interface Metered {
  readonly db: Database;
  /** The cost so far. */
  readonly cost: Cost;
}

export function openMetered(database: D1Database): Metered {
  const cost: Cost = { statements: 0, read: 0, written: 0 };
  const count = <T>(result: D1Result<T>): D1Result<T> => {
    cost.statements += 1;
    cost.read += result.meta.rows_read;
    cost.written += result.meta.rows_written;
    return result;
  };
  const originals = new WeakMap<object, D1PreparedStatement>();
  const metered = (statement: D1PreparedStatement): D1PreparedStatement => {
    const run = async () => count(await statement.run());
    const wrapped = {
      bind: (...values: unknown[]) => metered(statement.bind(...values)),
      run,
      all: run,
      raw: async () => (await run()).results.map((row) => Object.values(row as object)),
    } as unknown as D1PreparedStatement;
    originals.set(wrapped, statement);
    return wrapped;
  };
  const binding = {
    prepare: (query: string) => metered(database.prepare(query)),
    batch: async (list: D1PreparedStatement[]) =>
      (await database.batch(list.map((statement) => originals.get(statement) ?? statement))).map(count),
  };
  return { db: openDatabase(binding as unknown as D1Database), cost };
}
