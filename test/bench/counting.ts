/** Measures counting: a page with it against a page without, and the rows that a thousand views write. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import autocannon from "autocannon";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { type Catalogue, catalogueAt } from "../../src/library/catalogue.ts";
import { type Manifest, parseManifest } from "../../src/library/manifest.ts";
import { LibraryCompiler } from "../../src/publish/compile-library.ts";
import { createFolderStore } from "../../src/publish/object-store.ts";
import { writeRelease } from "../../src/publish/release.ts";
import { aggregateBuffered } from "../../src/stats/aggregate.ts";
import { gatherMs, ReadingCounter } from "../../src/stats/reading-counter.ts";
import { openMetered } from "../newsletter/metered-database.ts";
import { applyMigrations, repository } from "../world.ts";
import { bundle } from "../world-release.ts";
import { browserHeaders } from "./browser-headers.ts";
import type { Comparison, Sample } from "./serving.ts";
import { workerdCpuMs } from "./workerd-cpu.ts";

const path = "/transformers/self-attention";
/**
 * Compares the same Worker with and without counting, alternately; every request is from a different reader, so that
 * each one counts.
 */
export async function measureCounting(
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
  tell: (line: string) => void,
): Promise<Comparison[]> {
  const home = mkdtempSync(join(tmpdir(), "library-counting-"));
  try {
    await compile(home);
    const manifest = join(home, ".release/manifest.json");
    const worker = async (name: string, entry: string) => ({
      name,
      modules: [
        { type: "ESModule" as const, path: `${name}.js`, contents: await bundle(join(repository, entry), manifest) },
      ],
      compatibilityDate: "2026-10-01",
      unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
      bindings: { ORIGIN: "https://library.example" },
      kvNamespaces: ["SHELF"],
      d1Databases: ["DB"],
      serviceBindings: { ASSETS: "assets" },
    });
    const assets = {
      name: "assets",
      modules: [
        {
          type: "ESModule" as const,
          path: "assets.js",
          contents: "export default { fetch: (request, env) => env.FILES.fetch(request) };",
        },
      ],
      compatibilityDate: "2026-10-01",
      assets: { directory: join(home, ".release"), binding: "FILES", routerConfig: { has_user_worker: true } },
    };
    const miniflare = new Miniflare(
      convertV4MiniflareOptions({
        cf: false,
        workers: [await worker("on", "src/worker.ts"), await worker("off", "test/bench/silent-worker.ts"), assets],
      } as never),
    );
    try {
      await miniflare.ready;
      await applyMigrations((await miniflare.getD1Database("DB", "on")) as unknown as D1Database);
      const on = new URL(path, await miniflare.unsafeGetDirectURL("on")).href;
      const off = new URL(path, await miniflare.unsafeGetDirectURL("off")).href;
      const page = await fetch(on);
      const bytes = (await page.text()).length;
      const plan = [
        { name: "warm chapter page", bytes, more: {} },
        { name: "304 of a chapter page", bytes: 0, more: { "If-None-Match": page.headers.get("ETag") ?? "" } },
      ].map((kind) => ({ ...kind, ours: [] as Sample[], bare: [] as Sample[] }));
      for (const { more } of plan) for (const url of [on, off]) await load(url, more, 1);
      for (let round = 0; round < rounds; round += 1) {
        for (const { name, more, ours, bare } of plan) {
          tell(`round ${round + 1} of ${rounds}: ${name}`);
          const sides = [
            { url: on, samples: ours },
            { url: off, samples: bare },
          ];
          for (const { url, samples } of round % 2 === 0 ? sides : sides.reverse())
            samples.push(await load(url, more, seconds));
        }
      }
      return plan;
    } finally {
      await miniflare.dispose();
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

let readers = 0;

/** Consecutive readers are in different networks, so that no network reaches its limit. */
const addressOf = (reader: number): string => `${1 + (reader & 127)}.${(reader >> 7) & 255}.${(reader >> 15) & 255}.1`;

async function load(url: string, more: Record<string, string>, seconds: number): Promise<Sample> {
  const before = workerdCpuMs();
  const setupRequest = (request: autocannon.Request) => {
    readers += 1;
    return { ...request, headers: { ...request.headers, "cf-connecting-ip": addressOf(readers) } };
  };
  const result = await autocannon({
    url,
    connections: 16,
    duration: seconds,
    headers: { ...browserHeaders, ...more },
    requests: [{ setupRequest }],
  });
  const after = workerdCpuMs();
  const answered = result["2xx"] + result["3xx"];
  if (result.errors > 0 || result["4xx"] > 0 || result["5xx"] > 0 || answered === 0)
    throw new Error(`${url} did not answer well`);
  const cpuMs = before === undefined || after === undefined ? undefined : after - before;
  return {
    requestsPerSecond: answered / result.duration,
    cpuMicroseconds: cpuMs === undefined ? undefined : (1000 * cpuMs) / answered,
  };
}

export interface Writing {
  readonly viewsPerSecond: number;
  readonly isolates: number;
  readonly views: number;
  readonly statements: number;
  readonly rowsWritten: number;
  /** Sums in the database as a share of all views. */
  readonly counted: number;
}

/** Simulates views at a rate for a while, each with one report of reading; then the hourly run of the cron trigger. */
export async function measureWriting(viewsPerSecond: number, isolates: number, seconds: number): Promise<Writing> {
  const home = mkdtempSync(join(tmpdir(), "library-writing-"));
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: [{ type: "ESModule", path: "worker.js", contents: "export default {}" }],
      compatibilityDate: "2026-10-01",
      d1Databases: ["DB"],
    } as never),
  );
  try {
    const catalogue = catalogueAt(Date.parse("2026-12-01"), await compile(home));
    const database = (await miniflare.getD1Database("DB")) as unknown as D1Database;
    await applyMigrations(database);
    const { db, cost } = openMetered(database);
    let clock = Date.parse("2026-12-01T12:00:00Z");
    const due: { readonly at: number; readonly work: () => Promise<void> }[] = [];
    const counters = Array.from(
      { length: isolates },
      () => new ReadingCounter({ now: () => clock, later: (_, work) => void due.push({ at: clock + gatherMs, work }) }),
    );
    const answering = {
      catalogue,
      bindings: { DB: db.$client as D1Database, ORIGIN: "https://library.example" },
      context: { waitUntil: () => undefined },
    };
    const views = viewsPerSecond * seconds;
    for (let view = 0; view < views; view += 1) {
      clock += 1000 / viewsPerSecond;
      while ((due[0]?.at ?? Number.POSITIVE_INFINITY) <= clock) await due.shift()?.work();
      const counter = counters[view % isolates];
      const { request, report } = visit(view, catalogue);
      counter?.countView(request, 200, answering);
      counter?.countReport(request, report, answering);
    }
    clock += gatherMs;
    for (const { work } of due) await work();
    await aggregateBuffered(db, clock + 3_600_000);
    const sum = await database
      .prepare("SELECT SUM(count) AS sum FROM reading_days WHERE measure = 'view'")
      .first("sum");
    const { statements, written: rowsWritten } = cost;
    return { viewsPerSecond, isolates, views, statements, rowsWritten, counted: Number(sum) / views };
  } finally {
    await miniflare.dispose();
    rmSync(home, { recursive: true, force: true });
  }
}

/**
 * The first pages are viewed most; a third of the readers come from a page of the library, and a third from one of
 * forty sites.
 */
function visit(view: number, catalogue: Catalogue) {
  const paths = [...catalogue.byPath.keys()];
  const draw = (scale: number) => (Math.imul(view + 1, 2_654_435_761) >>> 0) % scale;
  const at = paths[Math.floor(paths.length * (draw(1000) / 1000) ** 2)] ?? "/";
  const from = [undefined, `https://library.example${paths[draw(7)]}`, `https://site-${draw(40)}.example/`][view % 3];
  const request = new Request(`https://library.example${at}`, {
    headers: {
      ...browserHeaders,
      ...(from === undefined ? { Referer: "" } : { Referer: from }),
      "cf-connecting-ip": addressOf(view),
    },
  });
  const depth = ([0, 25, 50, 100] as const)[view % 4] ?? 0;
  const report = { path: at, before: { seconds: 0, depth: 0 }, now: { seconds: 20 + (view % 300), depth } } as const;
  return { request: request as never, report };
}

async function compile(home: string): Promise<Manifest> {
  const store = createFolderStore(join(home, ".release/objects"));
  const result = await writeRelease(repository, new LibraryCompiler(repository, store), undefined, home);
  if (result.kind === "refused") throw new Error("The library's own content does not compile.");
  const { default: manifest } = await import(join(home, ".release/manifest.json"), { with: { type: "json" } });
  return parseManifest(manifest);
}
