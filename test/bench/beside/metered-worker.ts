/**
 * The Worker of one version at a fixed time and under the library's own URL; on request, reports the rows that D1 read for
 * a page.
 */
import release from "../../../.release/manifest.json";
import { createApp } from "../../../src/app.ts";
import type { Bindings } from "../../../src/env.ts";

const app = createApp(release);

export default {
  async fetch(
    request: Request,
    bindings: Bindings & { readonly NOW: string },
    context: ExecutionContext,
  ): Promise<Response> {
    Date.now = () => Number(bindings.NOW);
    const { pathname, search } = new URL(request.url);
    const asked = new Request(new URL(pathname + search, bindings.ORIGIN), request);
    const answer = (given: Bindings) =>
      app.fetch?.(asked as never, given, context) ?? new Response(null, { status: 500 });
    if (!request.headers.has("x-count-rows")) return answer(bindings);
    const sum = { rows: 0 };
    const response = await answer({ ...bindings, DB: metered(bindings.DB, sum) });
    const body = await response.text();
    return new Response(body, { status: response.status, headers: { "x-rows-read": String(sum.rows) } });
  },
};

function metered(database: D1Database, sum: { rows: number }): D1Database {
  const originals = new WeakMap<object, D1PreparedStatement>();
  const noted = <T extends D1Result>(result: T): T => {
    sum.rows += result.meta.rows_read;
    return result;
  };
  const statementOf = (real: D1PreparedStatement): D1PreparedStatement => {
    const all = async () => noted(await real.all());
    const statement = {
      bind: (...values: unknown[]) => statementOf(real.bind(...values)),
      all,
      run: async () => noted(await real.run()),
      // These answer without the number of rows. They only read here, so a second run changes nothing.
      raw: async (...options: unknown[]) => {
        await all();
        return real.raw(...(options as []));
      },
      first: async (...columns: unknown[]) => {
        await all();
        return real.first(...(columns as []));
      },
    } as unknown as D1PreparedStatement;
    originals.set(statement, real);
    return statement;
  };
  return {
    prepare: (sql: string) => statementOf(database.prepare(sql)),
    batch: async (list: D1PreparedStatement[]) =>
      (await database.batch(list.map((statement) => originals.get(statement) ?? statement))).map(noted),
  } as unknown as D1Database;
}
