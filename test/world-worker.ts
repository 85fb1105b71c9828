/**
 * The Worker as tests run it: the real application in a wrapper that can move its clock, break its storage, clear its
 * memory, and count its operations.
 */

import release from "../.release/manifest.json";
import { createApp } from "../src/app.ts";
import type { Bindings } from "../src/env.ts";
import { PageCache } from "../src/http/page-cache.ts";
import { forgetObjects } from "../src/library/shelf.ts";
import { ReadingCounter } from "../src/stats/reading-counter.ts";
import type { Faults } from "./world.ts";
import { answerDatabaseCall } from "./world-database.ts";

/** Work that isolates of this world have deferred until a test runs it. */
let putOff: (() => Promise<void>)[] = [];
let memory = new PageCache();
function openApp() {
  memory = new PageCache();
  return createApp(release, new ReadingCounter({ later: (_, work) => void putOff.push(work) }), memory);
}
let app = openApp();
/** The time for this request; `standing` applies to requests without a time. */
let clock: number | undefined;
let standing: number | undefined;
/** Variables of the world that is open now. */
let settings: Readonly<Record<string, string>> = {};
const realNow = Date.now.bind(Date);
Date.now = () => clock ?? realNow();

export default {
  async fetch(request: Request, bindings: Bindings, context: ExecutionContext): Promise<Response> {
    const order = JSON.parse(request.headers.get("x-world") ?? "{}") as {
      open?: Readonly<Record<string, string>>;
      now?: number;
      standing?: number;
      forget?: boolean;
      faults?: Faults;
      gather?: boolean;
      database?: boolean;
    };
    if (order.open) {
      await openEmpty(bindings, order.open);
      return new Response(null, { status: 204 });
    }
    if (order.database) return Response.json(await answerDatabaseCall(bindings.DB, await request.json()));
    standing = order.standing ?? standing;
    clock = order.now ?? standing;
    if (order.forget) {
      forgetObjects();
      app = openApp();
    }
    if (order.gather) {
      const due = putOff;
      putOff = [];
      await Promise.all(due.map((work) => work()));
      return new Response(null, { status: 204 });
    }
    const operations = { kvReads: 0, kvWrites: 0, assetReads: 0, d1Queries: 0 };
    const calls = { d1: 0 };
    const observed = observe(bindings, operations, order.faults ?? {}, calls);
    const headers = new Headers(request.headers);
    headers.delete("x-world");
    const pending: Promise<unknown>[] = [];
    const waited = {
      waitUntil: (promise: Promise<unknown>) => void pending.push(promise),
      passThroughOnException: () => context.passThroughOnException(),
      props: context.props,
      access: context.access,
    } as ExecutionContext;
    const response = await app.fetch?.(new Request(request, { headers }) as never, observed, waited);
    if (!response) throw new Error("The application has no fetch handler.");
    // A test gets the response after all background work is finished, and a failure of that work fails the test.
    await Promise.all(pending);
    const answer = new Response(response.body, response);
    answer.headers.set("x-world-operations", JSON.stringify(operations));
    answer.headers.set("x-world-d1-calls", String(calls.d1));
    answer.headers.set("x-world-cache", JSON.stringify({ entries: memory.entries, bytes: memory.bytes }));
    return answer;
  },
  scheduled(controller: ScheduledController, bindings: Bindings, context: ExecutionContext) {
    clock = controller.scheduledTime;
    return app.scheduled?.(controller, { ...bindings, ...settings }, context);
  },
};

/** Leaves nothing of the world that this Worker served before: another one is opened with those settings. */
async function openEmpty(bindings: Bindings, opened: Readonly<Record<string, string>>): Promise<void> {
  settings = opened;
  putOff = [];
  clock = undefined;
  standing = undefined;
  forgetObjects();
  app = openApp();
  await Promise.all([emptyDatabase(bindings.DB), emptyNamespace(bindings.SHELF)]);
}

async function emptyNamespace(namespace: KVNamespace): Promise<void> {
  const { keys, list_complete: isComplete } = await namespace.list();
  await Promise.all(keys.map(({ name }) => namespace.delete(name)));
  if (!isComplete) await emptyNamespace(namespace);
}

/** Drops views and tables, and with them indexes and triggers. D1's own tables stay. */
async function emptyDatabase(database: D1Database): Promise<void> {
  const { results } = await database
    .prepare(
      `SELECT type, name FROM sqlite_master
       WHERE type IN ('table', 'view') AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_cf_*'
       ORDER BY type DESC`,
    )
    .all<{ type: string; name: string }>();
  if (results.length === 0) return;
  const drops = results.map(({ type, name }) => database.prepare(`DROP ${type} "${name}"`));
  await database.batch([database.prepare("PRAGMA defer_foreign_keys = on"), ...drops]);
}

function observe(
  bindings: Bindings,
  operations: Record<string, number>,
  faults: Faults,
  calls: { d1: number },
): Bindings {
  const count = (name: string) => {
    operations[name] = (operations[name] ?? 0) + 1;
  };
  const kv = bindings.SHELF;
  const shelf = {
    list: (options: KVNamespaceListOptions) => kv.list(options),
    delete: (key: string) => kv.delete(key),
    async get(key: string, options: unknown) {
      count("kvReads");
      if (faults.kv === "down") throw new Error("KV GET failed: 500 Internal Server Error");
      if (faults.kv === "garbled") return new TextEncoder().encode("garbled").buffer;
      return kv.get(key, options as never);
    },
    async put(key: string, value: never, options?: KVNamespacePutOptions) {
      count("kvWrites");
      if (faults.kv === "down") throw new Error("KV PUT failed: 429 Too Many Requests");
      return kv.put(key, value, options);
    },
  };
  const assets = {
    async fetch(url: string) {
      count("assetReads");
      if (faults.assets === "down") return new Response(null, { status: 404 });
      if (faults.assets === "garbled") return new Response("garbled");
      return bindings.ASSETS.fetch(url);
    },
  };
  const database = new Proxy(bindings.DB, {
    get(target, name) {
      count("d1Queries");
      if (name === "prepare") calls.d1 += 1;
      if (name === "batch")
        return (statements: D1PreparedStatement[]) => {
          // They were counted when they were prepared; together they are one call.
          calls.d1 += 1 - statements.length;
          return target.batch(statements);
        };
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { ...bindings, ...settings, SHELF: shelf as never, ASSETS: assets as never, DB: database };
}
