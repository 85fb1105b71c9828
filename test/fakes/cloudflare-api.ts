/**
 * Fakes the part of Cloudflare's API that `wrangler deploy` and `wrangler d1` use: a local server that stores what it
 * receives and can be made to fail. Unknown requests get a 404 and are recorded.
 */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { AssetStore } from "./cloudflare-assets.ts";
import { Databases } from "./cloudflare-databases.ts";
import { type ApiAnswer, type ApiRequest, failure } from "./cloudflare-exchange.ts";
import { Namespaces } from "./cloudflare-namespaces.ts";
import { type Site, type Step, Workers } from "./cloudflare-worker.ts";

export interface CloudflareFake extends AsyncDisposable {
  /** Makes wrangler use this server and its login. */
  readonly environment: Readonly<Record<string, string>>;
  /** Method and path (below the account) of every request, in order. */
  readonly requests: readonly string[];
  /** Requests for a change. */
  readonly writes: readonly string[];
  /** Requests this server does not know. A test ends by expecting none. */
  readonly unknown: readonly string[];
  /** What readers get from the last deployed Worker. Only a successful deploy changes it. */
  readonly site: Site | undefined;
  /** By name. */
  readonly workers: Workers;
  readonly assets: AssetStore;
  readonly databases: Databases;
  readonly namespaces: Namespaces;
  /** Cron expressions of the last deployed Worker. */
  readonly schedules: readonly string[];
  /**
   * Creates a Worker with its namespace, bound to a database that exists, as `wrangler deploy` does but without its
   * files. Tests of other commands begin with it; deploy.test.ts rehearses the deploy itself.
   */
  createWorker(name: string): void;
  /** From now on this step answers with 500; `undefined` ends it. */
  fail(step: Step | undefined): void;
  /** Name -> value of the Worker's secrets. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Replaces the Worker's secrets by ones with these names. */
  putSecrets(...names: readonly string[]): void;
  forgetRequests(): void;
}

const account = "0123456789abcdef0123456789abcdef";
const base = "/client/v4";

export async function openCloudflare(): Promise<CloudflareFake> {
  const assets = new AssetStore();
  const databases = new Databases();
  const namespaces = new Namespaces();
  const workers = new Workers(assets);
  const routes = Object.entries({ ...assets.routes, ...databases.routes, ...namespaces.routes, ...workers.routes }).map(
    ([route, handler]) => ({ matches: routePattern(route), handler }),
  );
  const requests: string[] = [];
  const unknown: string[] = [];

  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? "/", "http://cloudflare");
    const path = url.pathname.replace(`${base}/accounts/${account}`, "");
    const line = `${incoming.method} ${path}`;
    const body = await readBody(incoming);
    requests.push(line);
    const answer = await answerTo(line, {
      query: url.searchParams,
      origin: `http://${incoming.headers.host}`,
      body,
      token: (incoming.headers.authorization ?? "").replace(/^Bearer /, ""),
      json: () => JSON.parse(body.toString()) as unknown,
      form: () =>
        new Response(body, { headers: { "content-type": incoming.headers["content-type"] ?? "" } }).formData(),
    });
    if (answer.kind === "bytes") {
      outgoing.writeHead(200, { ...(answer.etag !== undefined && { etag: `"${answer.etag}"` }) });
      outgoing.end(answer.bytes);
      return;
    }
    outgoing.writeHead(answer.kind === "failure" ? answer.status : (answer.status ?? 200), {
      "content-type": "application/json",
    });
    outgoing.end(JSON.stringify(envelope(answer)));
  });

  async function answerTo(line: string, request: Omit<ApiRequest, "params">): Promise<ApiAnswer> {
    for (const { matches, handler } of routes) {
      const groups = matches.exec(line)?.groups;
      if (groups) return handler({ ...request, params: groups });
    }
    unknown.push(line);
    return failure(404, 7003, `Could not route to ${line}, perhaps your object identifier is invalid?`);
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    environment: {
      CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${port}${base}`,
      CLOUDFLARE_ACCOUNT_ID: account,
      CLOUDFLARE_API_TOKEN: "a-token-for-the-rehearsal",
    },
    requests,
    get writes() {
      return requests.filter((line) => !line.startsWith("GET "));
    },
    unknown,
    get site() {
      return workers.site();
    },
    workers,
    assets,
    databases,
    namespaces,
    get schedules() {
      return workers.schedules();
    },
    createWorker(name) {
      const { id } = namespaces.create(`${name}-shelf`);
      workers.create(name, [
        { type: "kv_namespace", name: "SHELF", namespace_id: id },
        { type: "d1", name: "DB", id: databases.idOf(name) },
      ]);
    },
    fail: (step) => {
      workers.failing = step;
    },
    secrets: workers.secrets,
    putSecrets: (...names) => {
      workers.secrets.clear();
      for (const name of names) workers.secrets.set(name, "put by hand");
    },
    forgetRequests: () => {
      requests.length = 0;
    },
    async [Symbol.asyncDispose]() {
      databases.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** `GET /d1/database/:name` -> a regular expression with a group `name`. */
const routePattern = (route: string): RegExp => {
  // Matches within one segment of the path; KV keys are one segment, because their slashes are escaped.
  const names = route.replace(/:(\w+)/g, "(?<$1>[^/]+)");
  return new RegExp(`^${names}(?<rest>)$`);
};

async function readBody(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** https://developers.cloudflare.com/fundamentals/api/how-to/make-api-calls/ */
const envelope = (answer: Exclude<ApiAnswer, { readonly kind: "bytes" }>) =>
  answer.kind === "success"
    ? {
        success: true,
        errors: [],
        messages: [],
        result: answer.result,
        ...(answer.cursor !== undefined && { result_info: { cursor: answer.cursor } }),
      }
    : { success: false, errors: [{ code: answer.code, message: answer.message }], messages: [], result: null };
