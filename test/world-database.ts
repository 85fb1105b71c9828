/**
 * Gives a test the world's D1 through the Worker's own binding. Miniflare's proxy of a binding costs three round trips
 * per statement, two of which block the process; here the statements of a call travel in one request.
 */

type Value = string | number | boolean | null | { readonly bytes: readonly number[] };

export interface DatabaseCall {
  readonly method: "all" | "raw" | "batch" | "exec";
  readonly columnNames?: boolean;
  readonly statements: readonly { readonly sql: string; readonly values: readonly Value[] }[];
}

export type DatabaseAnswer =
  | { readonly kind: "result"; readonly result: unknown }
  | { readonly kind: "error"; readonly message: string; readonly cause?: string | undefined };

/** Runs in the Worker: executes the call of a test. */
export async function answerDatabaseCall(database: D1Database, call: DatabaseCall): Promise<DatabaseAnswer> {
  try {
    return { kind: "result", result: await execute(database, call) };
  } catch (error) {
    const { message, cause } = error as Error;
    return { kind: "error", message, cause: cause instanceof Error ? cause.message : undefined };
  }
}

async function execute(database: D1Database, call: DatabaseCall): Promise<unknown> {
  if (call.method === "exec") return database.exec(call.statements.map(({ sql }) => sql).join("\n"));
  const statements = call.statements.map(({ sql, values }) =>
    database.prepare(sql).bind(...values.map((value) => (isBytes(value) ? new Uint8Array(value.bytes) : value))),
  );
  if (call.method === "batch") return database.batch(statements);
  const [first] = statements;
  if (!first) throw new Error("A call without a statement.");
  if (call.method === "all") return first.all();
  return call.columnNames ? first.raw({ columnNames: true }) : first.raw();
}

const isBytes = (value: Value): value is { bytes: readonly number[] } => typeof value === "object" && value !== null;

/** Runs in the test: a database whose calls `send` passes to the Worker. It has no `dump` and no sessions. */
export function openWorldDatabase(send: (call: DatabaseCall) => Promise<DatabaseAnswer>): D1Database {
  const ask = async (call: DatabaseCall): Promise<unknown> => {
    const answer = await send(call);
    if (answer.kind === "result") return answer.result;
    throw new Error(answer.message, answer.cause === undefined ? undefined : { cause: new Error(answer.cause) });
  };
  const written = new WeakMap<object, DatabaseCall["statements"][number]>();
  const prepare = (sql: string, values: readonly Value[] = []): D1PreparedStatement => {
    const statements = [{ sql, values }];
    const all = () => ask({ method: "all", statements }) as Promise<D1Result>;
    const statement = {
      bind: (...bound: unknown[]) => prepare(sql, bound.map(toValue)),
      all,
      run: all,
      raw: (options?: { columnNames?: boolean }) =>
        ask({ method: "raw", statements, ...(options?.columnNames && { columnNames: true }) }),
      async first(column?: string) {
        const [row] = (await all()).results as Record<string, unknown>[];
        return (column === undefined ? row : row?.[column]) ?? null;
      },
    } as unknown as D1PreparedStatement;
    written.set(statement, { sql, values });
    return statement;
  };
  return {
    prepare: (sql: string) => prepare(sql),
    exec: (sql: string) => ask({ method: "exec", statements: [{ sql, values: [] }] }),
    batch: (list: D1PreparedStatement[]) =>
      ask({
        method: "batch",
        statements: list.map((statement) => {
          const known = written.get(statement);
          if (!known) throw new Error("This statement was prepared by another database.");
          return known;
        }),
      }),
  } as unknown as D1Database;
}

/** D1 rejects all other types, too. */
function toValue(value: unknown): Value {
  if (value === null || ["string", "number", "boolean"].includes(typeof value)) return value as Value;
  if (value instanceof ArrayBuffer) return { bytes: [...new Uint8Array(value)] };
  if (ArrayBuffer.isView(value)) {
    return { bytes: [...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)] };
  }
  throw new Error(`D1_TYPE_ERROR: Type '${typeof value}' not supported for value '${String(value)}'`);
}
