/** Runs the library with a metered cron trigger: `POST /tick?at=` runs it for that time and returns its cost. */
import release from "../../../.release/manifest.json";
import { createApp } from "../../../src/app.ts";
import type { Bindings } from "../../../src/env.ts";

export interface TickCost {
  readonly d1Statements: number;
  readonly d1RowsRead: number;
  readonly d1RowsWritten: number;
  /** Calls of D1, KV and the provider: each is a subrequest. */
  readonly subrequests: number;
}

const app = createApp(release);
const cost = { d1Statements: 0, d1RowsRead: 0, d1RowsWritten: 0, subrequests: 0 };

// Pauses between calls of the provider are computed, not measured.
const wait = globalThis.setTimeout;
globalThis.setTimeout = ((work: () => void, _: number) => wait(work, 0)) as typeof setTimeout;
const ask = globalThis.fetch;
globalThis.fetch = (input: RequestInfo | URL, init?: RequestInit) => {
  cost.subrequests += 1;
  return ask(input as RequestInfo, init);
};

export default {
  async fetch(request: Request, bindings: Bindings, context: ExecutionContext): Promise<Response> {
    const url = new URL(request.url);
    if (url.pathname !== "/tick") {
      return app.fetch?.(request as never, bindings, context) ?? new Response(null, { status: 500 });
    }
    Object.assign(cost, { d1Statements: 0, d1RowsRead: 0, d1RowsWritten: 0, subrequests: 0 });
    const scheduledTime = Date.parse(url.searchParams.get("at") ?? "");
    Date.now = () => scheduledTime;
    const controller = { scheduledTime, cron: "*/5 * * * *", noRetry: () => undefined } as ScheduledController;
    await app.scheduled?.(
      controller,
      { ...bindings, DB: metered(bindings.DB), SHELF: counted(bindings.SHELF) },
      context,
    );
    return Response.json(cost);
  },
};

interface MeteredStatement {
  readonly real: D1PreparedStatement;
  bind(...values: unknown[]): MeteredStatement;
  all(): Promise<D1Result>;
  run(): Promise<D1Result>;
  raw(): Promise<unknown[][]>;
  first(): Promise<unknown>;
}

function metered(db: D1Database): D1Database {
  const note = (results: readonly D1Result[]) => {
    cost.subrequests += 1;
    for (const { meta } of results) {
      cost.d1Statements += 1;
      cost.d1RowsRead += meta.rows_read;
      cost.d1RowsWritten += meta.rows_written;
    }
  };
  const meter = (real: D1PreparedStatement): MeteredStatement => {
    const all = async () => {
      const result = await real.all();
      note([result]);
      return result;
    };
    return {
      real,
      bind: (...values) => meter(real.bind(...values)),
      all,
      run: all,
      // `raw()` returns no cost, so rows are converted; the columns of our queries have distinct names.
      raw: async () => (await all()).results.map((row) => Object.values(row as object)),
      first: async () => (await all()).results[0] ?? null,
    };
  };
  return {
    prepare: (sql: string) => meter(db.prepare(sql)),
    async batch(statements: readonly MeteredStatement[]) {
      const results = await db.batch(statements.map(({ real }) => real));
      note(results);
      return results;
    },
  } as unknown as D1Database;
}

const counted = (kv: KVNamespace): KVNamespace =>
  new Proxy(kv, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...values: unknown[]) => {
        cost.subrequests += 1;
        return value.apply(target, values);
      };
    },
  });
