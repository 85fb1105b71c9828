/** Runs the Worker of worlds in workerd, and keeps it for the next world with the same release: a start takes 1.5 s of CPU. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  convertV4MiniflareOptions,
  Miniflare,
  type Request as MiniflareRequest,
  type Response as MiniflareResponse,
} from "miniflare";
import type { WorldRelease } from "./world-release.ts";

export interface WorldServer {
  readonly miniflare: Miniflare;
  readonly url: string;
  /** Called once, by the world that is closed. */
  leave(): Promise<void>;
}

/** What can only be set when workerd starts. */
interface StartOptions {
  readonly port: number;
  readonly outbound: ((request: MiniflareRequest) => Promise<MiniflareResponse>) | undefined;
  readonly identity: { readonly email: string } | undefined;
}

/** Servers without a world, the one that was left last at the end. Each takes a hundred megabytes. */
const idle: { readonly release: WorldRelease; readonly server: WorldServer }[] = [];
const maxIdle = 3;

/** The variables, the database and KV are still those of the last world. */
export async function startServer(release: WorldRelease, options: StartOptions): Promise<WorldServer> {
  const isPlain = options.port === 0 && !options.outbound && !options.identity;
  const index = isPlain ? idle.findIndex((entry) => isSame(entry.release, release)) : -1;
  const [found] = index < 0 ? [] : idle.splice(index, 1);
  if (found) return found.server;
  const miniflare = new Miniflare(optionsFor(release, options));
  const server: WorldServer = {
    miniflare,
    url: (await miniflare.ready).href.replace(/\/$/, ""),
    async leave() {
      if (!isPlain) return miniflare.dispose();
      idle.push({ release, server });
      if (idle.length > maxIdle) await idle.shift()?.server.miniflare.dispose();
    },
  };
  return server;
}

const isSame = (one: WorldRelease, other: WorldRelease): boolean =>
  one.folder === other.folder &&
  one.modules.every(({ contents }, index) => contents === other.modules[index]?.contents);

const optionsFor = (release: WorldRelease, { port, outbound, identity }: StartOptions) =>
  convertV4MiniflareOptions({
    name: "library",
    host: "127.0.0.1",
    port,
    modules: release.modules,
    compatibilityDate: "2026-10-01",
    kvNamespaces: ["SHELF"],
    d1Databases: ["DB"],
    cf: false,
    ...(outbound && { outboundService: outbound }),
    ...(identity && { access: { aud: "local", identity } }),
    assets: {
      directory: release.folder,
      binding: "ASSETS",
      run_worker_first: workerFirst(),
      routerConfig: { has_user_worker: true },
      assetConfig: { html_handling: "none", not_found_handling: "none" },
    },
  });

/** The paths that wrangler.toml routes to the Worker before Cloudflare looks for a file. */
export function workerFirst(): string[] {
  const [, list = ""] =
    /^run_worker_first = \[([^\]]*)\]/m.exec(readFileSync(join(import.meta.dirname, "../wrangler.toml"), "utf8")) ?? [];
  return [...list.matchAll(/"([^"]+)"/g)].map(([, rule = ""]) => rule);
}
