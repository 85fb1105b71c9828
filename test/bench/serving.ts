/**
 * Measures requests per second and CPU for each kind of response, against a bare Worker that returns the same bytes.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import autocannon from "autocannon";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { LibraryCompiler } from "../../src/publish/compile-library.ts";
import { createFolderStore } from "../../src/publish/object-store.ts";
import { writeRelease } from "../../src/publish/release.ts";
import { applyMigrations, repository } from "../world.ts";
import { bundle } from "../world-release.ts";
import { browserHeaders } from "./browser-headers.ts";
import { workerdCpuMs } from "./workerd-cpu.ts";

export interface Sample {
  readonly requestsPerSecond: number;
  /** CPU of workerd, user and system; `undefined` without /proc. */
  readonly cpuMicroseconds: number | undefined;
}

export interface Comparison {
  readonly name: string;
  readonly bytes: number;
  readonly ours: readonly Sample[];
  readonly bare: readonly Sample[];
}

const chapterPath = "/transformers/self-attention";
const connections = 16;

/** Every comparison over all rounds; ours and the bare Worker alternate within a round. */
export async function measureServing(
  { rounds, seconds, only }: { readonly rounds: number; readonly seconds: number; readonly only?: string | undefined },
  tell: (line: string) => void,
): Promise<Comparison[]> {
  const home = mkdtempSync(join(tmpdir(), "library-bench-"));
  try {
    const release = join(home, ".release");
    const store = createFolderStore(join(release, "objects"));
    // The compiler reads content/ in its root and writes .release/ there: only the output goes elsewhere.
    const result = await writeRelease(repository, new LibraryCompiler(repository, store), undefined, home);
    if (result.kind === "refused") throw new Error("The library's own content does not compile.");
    return await measure(release, rounds, seconds, only, tell);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function measure(
  release: string,
  rounds: number,
  seconds: number,
  only: string | undefined,
  tell: (line: string) => void,
): Promise<Comparison[]> {
  const manifest = join(release, "manifest.json");
  const shared = {
    compatibilityDate: "2026-10-01",
    unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
  };
  const library = {
    ...shared,
    bindings: { ORIGIN: "https://library.example" },
    kvNamespaces: ["SHELF"],
    d1Databases: ["DB"],
    // Through a separate Worker: Miniflare puts its router in front of a Worker that has assets itself, and the router
    // would be measured, too.
    serviceBindings: { ASSETS: "assets" },
  };
  const assets = {
    ...shared,
    assets: { directory: release, binding: "FILES", routerConfig: { has_user_worker: true } },
  };
  const readFile = "export default { fetch: (request, env) => env.FILES.fetch(request) };";
  const worker = (name: string, contents: string, options: object) => ({
    ...options,
    name,
    modules: [{ type: "ESModule" as const, path: `${name}.js`, contents }],
  });
  const first = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      workers: [
        worker("library", await bundle(join(repository, "src/worker.ts"), manifest), library),
        worker("assets", readFile, assets),
      ],
    } as never),
  );
  const pages = await fetchSamples(await first.unsafeGetDirectURL("library"));
  await first.dispose();

  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      cf: false,
      workers: [
        worker("library", await bundle(join(repository, "src/worker.ts"), manifest), library),
        worker("assets", readFile, assets),
        worker("cold", await bundle(join(repository, "test/bench/cold-worker.ts"), manifest), library),
        worker("bare-page", bareWorker(pages.chapter), shared),
        worker("bare-feed", bareWorker(pages.feed), shared),
        worker("bare-304", "export default { fetch: () => new Response(null, { status: 304 }) };", shared),
      ],
    } as never),
  );
  try {
    await miniflare.ready;
    await applyMigrations((await miniflare.getD1Database("DB", "library")) as unknown as D1Database);
    const url = async (name: string, path: string) => new URL(path, await miniflare.unsafeGetDirectURL(name)).href;
    const etag = { "If-None-Match": pages.chapter.headers.ETag ?? "" };
    const page = await url("bare-page", chapterPath);
    const plan = [
      {
        name: "warm chapter page",
        bytes: pages.chapter.body.length,
        ours: await url("library", chapterPath),
        bare: page,
        headers: {},
      },
      {
        name: "304 of a chapter page",
        bytes: 0,
        ours: await url("library", chapterPath),
        bare: await url("bare-304", "/"),
        headers: etag,
      },
      {
        name: "feed of the library",
        bytes: pages.feed.body.length,
        ours: await url("library", "/feed.xml"),
        bare: await url("bare-feed", "/"),
        headers: {},
      },
      {
        name: "cold chapter page",
        bytes: pages.chapter.body.length,
        ours: await url("cold", chapterPath),
        bare: page,
        headers: {},
      },
    ];
    const chosen = plan.filter(({ name }) => only === undefined || name.includes(only));
    const results = chosen.map(({ name, bytes }) => ({ name, bytes, ours: [] as Sample[], bare: [] as Sample[] }));
    for (const { ours, bare, headers } of chosen) for (const target of [ours, bare]) await load(target, headers, 1);
    for (let round = 0; round < rounds; round++) {
      for (const [index, { ours, bare, headers }] of chosen.entries()) {
        tell(`round ${round + 1} of ${rounds}: ${chosen[index]?.name}`);
        // Alternating, so that neither always runs on the warmer machine.
        const order = round % 2 === 0 ? (["ours", "bare"] as const) : (["bare", "ours"] as const);
        for (const side of order)
          results[index]?.[side].push(await load(side === "ours" ? ours : bare, headers, seconds));
      }
    }
    return results;
  } finally {
    await miniflare.dispose();
  }
}

export interface Captured {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

const fetchSamples = async (base: URL): Promise<{ chapter: Captured; feed: Captured }> => ({
  chapter: await capture(new URL(chapterPath, base)),
  feed: await capture(new URL("/feed.xml", base)),
});

export async function capture(url: URL): Promise<Captured> {
  const response = await fetch(url);
  if (response.status !== 200) throw new Error(`${url.pathname} answered ${response.status}`);
  const names = ["Content-Type", "Cache-Control", "ETag", "Vary"];
  return {
    body: await response.text(),
    headers: Object.fromEntries(
      names.flatMap((name) => [[name, response.headers.get(name) ?? ""]]).filter(([, value]) => value),
    ),
  };
}

/** The same bytes as a constant string, with the matching headers. */
export const bareWorker = ({ body, headers }: Captured): string =>
  `const body = ${JSON.stringify(body)};\nconst headers = ${JSON.stringify(headers)};\nexport default { fetch: () => new Response(body, { headers }) };`;

/** Requests for so many seconds, with the headers of a browser. */
export async function load(url: string, headers: Record<string, string>, seconds: number): Promise<Sample> {
  const before = workerdCpuMs();
  const result = await autocannon({ url, headers: { ...browserHeaders, ...headers }, connections, duration: seconds });
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
