/**
 * Sends a new chapter to a list of subscribers through the whole pipeline: cron, D1, sealed content, batches, a local
 * provider.
 */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { isWritten, type Manifest, parseManifest } from "../../../src/library/manifest.ts";
import { LibraryCompiler } from "../../../src/publish/compile-library.ts";
import { createFolderStore } from "../../../src/publish/object-store.ts";
import { writeRelease } from "../../../src/publish/release.ts";
import { applyMigrations, repository } from "../../world.ts";
import { bundle } from "../../world-release.ts";
import { workerdCpuMs } from "../workerd-cpu.ts";
import type { TickCost } from "./mailing-worker.ts";

export interface Mailing {
  readonly subscribers: number;
  readonly copies: number;
  readonly runs: number;
  readonly seconds: number;
  /** Total of all runs. */
  readonly rowsRead: number;
  readonly rowsWritten: number;
  /** Maximum of one run. */
  readonly maxStatements: number;
  readonly maxSubrequests: number;
  readonly batches: number;
  readonly bytesPerBatch: number;
  /** CPU of workerd with its D1 and KV; `undefined` without /proc. */
  readonly cpuMs: number | undefined;
  /** The sealed email. */
  readonly template: string;
}

const minutes = (from: number, count: number): string => new Date(from + count * 60_000).toISOString();

/** The settings of the same names. */
export interface RunLimits {
  readonly mailsPerRun: number;
  readonly callsPerRun: number;
}

/** The library's own chapters, with the newest as the one to send. */
export async function measureMailing(subscribers: number, limits: RunLimits): Promise<Mailing> {
  const home = mkdtempSync(join(tmpdir(), "library-mailing-"));
  const provider = await openProvider();
  const release = await writeRelease(
    repository,
    new LibraryCompiler(repository, createFolderStore(join(home, ".release/objects"))),
    undefined,
    home,
  );
  if (release.kind === "refused") throw new Error("The library's own content does not compile.");
  const manifest = join(home, ".release/manifest.json");
  const { due, beside } = newest(parseManifest(JSON.parse(readFileSync(manifest, "utf8"))));
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      name: "library",
      modules: [
        {
          type: "ESModule",
          path: "worker.js",
          contents: await bundle(join(import.meta.dirname, "mailing-worker.ts"), manifest),
        },
      ],
      compatibilityDate: "2026-10-01",
      bindings: {
        ORIGIN: "https://library.example",
        TOKEN_KEYS: `k1:${"b".repeat(40)}`,
        MAIL_FROM: "The library <letters@library.example>",
        RESEND_API_KEY: "re_bench",
        RESEND_URL: provider.url,
        MAILS_PER_RUN: String(limits.mailsPerRun),
        CALLS_PER_RUN: String(limits.callsPerRun),
      },
      kvNamespaces: ["SHELF"],
      d1Databases: ["DB"],
      cf: false,
      assets: { directory: join(home, ".release"), binding: "ASSETS", routerConfig: { has_user_worker: true } },
    }),
  );
  try {
    await miniflare.ready;
    const database = (await miniflare.getD1Database("DB")) as unknown as D1Database;
    await applyMigrations(database);
    const tick = async (at: string): Promise<TickCost> => {
      const response = await miniflare.dispatchFetch(`https://library.example/tick?at=${at}`, { method: "POST" });
      return (await response.json()) as TickCost;
    };
    await tick(minutes(due, -5));
    await recordAsHistory(database, beside, minutes(due, -5));
    await insertSubscribers(database, subscribers, minutes(due, -60));
    const costs: TickCost[] = [];
    const started = performance.now();
    const cpu = workerdCpuMs();
    while (!(await isDone(database))) {
      costs.push(await tick(minutes(due, 5 * (costs.length + 1))));
      if (costs.length > 20 + (3 * subscribers) / 100) throw new Error("The mailing does not come to its end.");
    }
    const cpuNow = workerdCpuMs();
    const sum = (of: (cost: TickCost) => number) => costs.reduce((total, cost) => total + of(cost), 0);
    const most = (of: (cost: TickCost) => number) => Math.max(...costs.map(of));
    return {
      subscribers,
      copies: provider.copies(),
      runs: costs.length,
      seconds: (performance.now() - started) / 1000,
      rowsRead: sum((cost) => cost.d1RowsRead),
      rowsWritten: sum((cost) => cost.d1RowsWritten),
      maxStatements: most((cost) => cost.d1Statements),
      maxSubrequests: most((cost) => cost.subrequests),
      batches: provider.batches(),
      bytesPerBatch: Math.round(provider.bytes() / Math.max(1, provider.batches())),
      cpuMs: cpu === undefined || cpuNow === undefined ? undefined : cpuNow - cpu,
      template: await findTemplate((await miniflare.getKVNamespace("SHELF")) as unknown as KVNamespace),
    };
  } finally {
    await miniflare.dispose();
    await provider.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/**
 * When the newest chapter becomes public: just before, all others are recorded. `beside`: chapters that become public
 * at the same moment (`book/id`). They would add deliveries of their own to its email.
 */
function newest({ books }: Manifest): { readonly due: number; readonly beside: readonly string[] } {
  const chapters = books.flatMap(({ slug, overview, contents }) =>
    [overview, ...contents.filter(isWritten)].flatMap(({ id, published }) =>
      published === undefined ? [] : { id: `${slug}/${id}`, at: Date.parse(published) },
    ),
  );
  const due = Math.max(...chapters.map(({ at }) => at));
  return { due, beside: chapters.flatMap(({ id, at }) => (at === due ? id : [])).slice(1) };
}

async function recordAsHistory(database: D1Database, chapters: readonly string[], at: string): Promise<void> {
  await database
    .prepare("INSERT INTO publications (chapter_id, published_at, recorded_at) SELECT value, ?2, ?2 FROM json_each(?1)")
    .bind(JSON.stringify(chapters), at)
    .run();
}

async function insertSubscribers(database: D1Database, count: number, confirmedAt: string): Promise<void> {
  const insert = database.prepare(`WITH RECURSIVE n(i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?2)
    INSERT INTO subscribers (id, email, address_key, state, leave_key, requested_at, confirmed_at)
    SELECT lower(hex(randomblob(16))), 'reader' || i || '@example.com', 'reader' || i || '@example.com', 'confirmed',
      lower(hex(randomblob(16))), ?3, ?3 FROM n`);
  for (let from = 0; from < count; from += 5000) {
    await insert.bind(from, Math.min(count, from + 5000), confirmedAt).run();
  }
}

async function findTemplate(shelf: KVNamespace): Promise<string> {
  const { keys } = await shelf.list({ prefix: "mail/template/" });
  return (keys[0] && (await shelf.get(keys[0].name))) ?? "";
}

const isDone = async (database: D1Database): Promise<boolean> =>
  (await database.prepare("SELECT 1 FROM editions WHERE state = 'done'").first()) !== null;

/** Accepts every batch and stores none: only their number and their length. */
async function openProvider() {
  let [batches, bytes, copies] = [0, 0, 0];
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces);
    const count = (JSON.parse(body.toString()) as unknown[]).length;
    batches += 1;
    bytes += body.byteLength;
    copies += count;
    const data = Array.from({ length: count }, () => ({ id: crypto.randomUUID() }));
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ data }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    batches: () => batches,
    bytes: () => bytes,
    copies: () => copies,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
