/**
 * Opens a world for a test: a library compiled from its own content/, served by the real Worker in workerd, with KV and
 * D1.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Request as MiniflareRequest, Response as MiniflareResponse } from "miniflare";
import type { Manifest } from "../src/library/manifest.ts";
import { type DatabaseAnswer, openWorldDatabase } from "./world-database.ts";
import { type WorldRelease, worldRelease } from "./world-release.ts";
import { startServer } from "./world-server.ts";

export interface Faults {
  /** `down`: every call throws. `garbled`: reads return other bytes than were written. */
  readonly kv?: "down" | "garbled";
  /** `down`: the deploy's own copy is missing. `garbled`: it has other bytes. */
  readonly assets?: "down" | "garbled";
}

interface Operations {
  readonly kvReads: number;
  readonly kvWrites: number;
  readonly assetReads: number;
  readonly d1Queries: number;
}

export interface GetOptions {
  readonly method?: string;
  readonly body?: string | URLSearchParams | FormData;
  readonly headers?: Readonly<Record<string, string>>;
  /** The Worker's current time, in ISO 8601. Default: the world's own `now`. */
  readonly now?: string;
  readonly faults?: Faults;
  /** Starts with an empty isolate. */
  readonly cold?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  readonly operations: Operations;
  /** Round trips to D1; a batch is one, however many queries it contains. */
  readonly d1Calls: number;
}

export interface World extends AsyncDisposable {
  readonly origin: string;
  /** URL for a browser. */
  readonly url: string;
  readonly manifest: Manifest;
  /** Folder of the compiled release. Read-only: worlds with the same content share it. */
  readonly release: string;
  get(path: string, options?: GetOptions): Promise<Answer>;
  /** Sets the time for requests without their own, such as a browser's. */
  setClock(now: string): Promise<void>;
  /** Writes what the isolates have buffered; in production that happens after twenty seconds. */
  gather(now?: string): Promise<void>;
  /** One run of the cron trigger. */
  tick(now: string): Promise<void>;
  readonly database: () => Promise<D1Database>;
  readonly shelf: () => Promise<KVNamespace>;
}

export const repository = join(import.meta.dirname, "..");
/** Fixtures that a test may open: `test/books/<name>`. */
export const bookFolder = (name: string): string => join(import.meta.dirname, "books", name);

/** The default time of tests. */
export const present = "2026-03-01T12:00:00.000Z";

/** Compiles the folder's content/, or reuses a release compiled from the same content, and opens it. */
export async function openWorld(
  folder = bookFolder("tea"),
  {
    now = present,
    showUnpublished = false,
    settings = {},
    port = 0,
    outbound,
    identity,
    release: given,
  }: {
    now?: string;
    showUnpublished?: boolean;
    settings?: Readonly<Record<string, string>>;
    /** For a library whose own links a browser follows; by default any free port. */
    port?: number;
    /** Responds to every outgoing request of the Worker. */
    outbound?: (request: MiniflareRequest) => Promise<MiniflareResponse>;
    /** The identity that wrangler's local Cloudflare Access reports. */
    identity?: { readonly email: string };
    /** Used instead of the folder's release. */
    release?: WorldRelease;
  } = {},
): Promise<World> {
  const release = given ?? (await worldRelease(folder));
  const origin = "https://library.example";
  // What only a start can set makes a server of its own.
  const server = await startServer(release, { port, outbound, identity });
  const { miniflare, url } = server;
  const variables = { ORIGIN: origin, ...(showUnpublished && { SHOW_UNPUBLISHED: "yes" }), ...settings };
  await miniflare.dispatchFetch(origin, { headers: orderHeaders({ open: variables }) });
  const opened = openWorldDatabase(async (call) => {
    const response = await miniflare.dispatchFetch(origin, {
      method: "POST",
      headers: orderHeaders({ database: true }),
      body: JSON.stringify(call),
    });
    return (await response.json()) as DatabaseAnswer;
  });
  const database = async () => opened;
  await applyMigrations(opened);
  return {
    origin,
    url,
    manifest: release.manifest,
    release: release.folder,
    database,
    shelf: async () => (await miniflare.getKVNamespace("SHELF")) as unknown as KVNamespace,
    async get(path, options = {}) {
      const order = {
        now: Date.parse(options.now ?? now),
        forget: options.cold ?? false,
        faults: options.faults ?? {},
      };
      const response = await miniflare.dispatchFetch(new URL(path, origin).href, {
        method: options.method ?? "GET",
        headers: { ...options.headers, ...orderHeaders(order) },
        redirect: "manual",
        ...(options.body !== undefined && { body: options.body as never }),
      });
      return {
        status: response.status,
        headers: response.headers as unknown as Headers,
        body: await response.text(),
        operations: JSON.parse(response.headers.get("x-world-operations") ?? "{}") as Operations,
        d1Calls: Number(response.headers.get("x-world-d1-calls")),
      };
    },
    async setClock(at) {
      const order = { standing: Date.parse(at) };
      await miniflare.dispatchFetch(new URL("/robots.txt", origin).href, {
        headers: orderHeaders(order),
      });
    },
    async gather(at = now) {
      const order = { now: Date.parse(at), gather: true };
      await miniflare.dispatchFetch(origin, { headers: orderHeaders(order) });
    },
    async tick(at) {
      const worker = await miniflare.getWorker();
      // ts-fsrs declares more methods of every Date, which Miniflare's types of a call cannot express.
      await worker.scheduled({ scheduledTime: new Date(at) as never, cron: "*/5 * * * *" });
    },
    [Symbol.asyncDispose]: () => server.leave(),
  };
}

/** What the wrapper of the Worker is to do, as JSON in ASCII: a header takes no other letters. */
const orderHeaders = (order: object) => ({
  "x-world": JSON.stringify(order).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  ),
});

/** Applies all of migrations/ in order, in one batch. */
export async function applyMigrations(database: D1Database, root = repository): Promise<void> {
  const folder = join(root, "migrations");
  const files = readdirSync(folder).filter((file) => file.endsWith(".sql"));
  const statements = files
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), "utf8").split("--> statement-breakpoint"));
  await database.batch(statements.map((statement) => database.prepare(statement)));
}
