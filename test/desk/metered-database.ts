/** Counts the rows that D1 reports as read. */

export interface Meter {
  readonly database: D1Database;
  rowsRead: number;
  statements: number;
}

export function meter(database: D1Database): Meter {
  const sums = { rowsRead: 0, statements: 0 };
  const note = <T extends D1Result>(result: T): T => {
    sums.rowsRead += result.meta.rows_read;
    sums.statements += 1;
    return result;
  };
  const statementOf = (real: D1PreparedStatement): object => ({
    bind: (...values: unknown[]) => statementOf(real.bind(...values)),
    all: async () => note(await real.all()),
    run: async () => note(await real.run()),
  });
  const metered = { prepare: (sql: string) => statementOf(database.prepare(sql)) };
  return Object.assign(sums, { database: metered as unknown as D1Database });
}
