/** Sends the queries that a page asks for at the same time as one batch: one call of D1 instead of one for each. */

interface Query {
  readonly statement: D1PreparedStatement;
  readonly resolve: (result: D1Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * For pages that only read; only `db.all` of raw SQL works. Queries of one batch see the same state of the database, and fail
 * together.
 */
export function batchReads(binding: D1Database): D1Database {
  let waiting: Query[] = [];
  const send = async () => {
    const queries = waiting;
    waiting = [];
    try {
      const results = await binding.batch(queries.map(({ statement }) => statement));
      for (const [index, { resolve, reject }] of queries.entries()) {
        const result = results[index];
        if (result) resolve(result);
        else reject(new Error("D1 did not answer a query of a batch."));
      }
    } catch (error) {
      for (const { reject } of queries) reject(error);
    }
  };
  const ask = (statement: D1PreparedStatement) =>
    new Promise<D1Result>((resolve, reject) => {
      // After all that is asked for in this turn of the event loop.
      if (waiting.length === 0) setTimeout(send, 0);
      waiting.push({ statement, resolve, reject });
    });
  const prepared = (statement: D1PreparedStatement): object => ({
    bind: (...values: unknown[]) => prepared(statement.bind(...values)),
    all: () => ask(statement),
  });
  return { prepare: (sql: string) => prepared(binding.prepare(sql)) } as unknown as D1Database;
}
