/** Tests access to the deployed object store against a fake Cloudflare API: retries, and error messages. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { openRemoteShelf } from "../../../src/cli/backup/remote-shelf.ts";
import { retryAfterMs } from "../../../src/cli/wrangler/cloudflare-api.ts";
import { useEnvironment } from "../../../src/cli/wrangler/environment.ts";
import { openCloudflare } from "../../fakes/cloudflare-api.ts";

afterEach(() => void vi.unstubAllEnvs());

test("a shelf that is not in this account is not taken for an empty one", async () => {
  await using cloudflare = await openCloudflare();
  for (const [name, value] of Object.entries(cloudflare.environment)) vi.stubEnv(name, value);
  useEnvironment(undefined);
  const config = { kv_namespaces: [{ binding: "SHELF", id: "9".padStart(32, "0") }] };
  await using shelf = await openRemoteShelf(config as unknown as Parameters<typeof openRemoteShelf>[0]);
  await expect(shelf.list()).rejects.toThrow("The KV namespace of SHELF is not in this account.");
});

type Answer = (response: ServerResponse) => void;

const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
const page = (from: number, count: number, cursor?: string | null) =>
  json({
    success: true,
    errors: [],
    messages: [],
    result: Array.from({ length: count }, (_, index) => ({ name: `object/${from + index}` })),
    result_info: { count, ...(cursor !== undefined && { cursor }) },
  });
const hangUp: Answer = (response) => void response.socket?.destroy();
const hangUpInside: Answer = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "5000" });
  response.write('{"success": true, "result": [', () => response.socket?.destroy());
};

/** Lists the keys while Cloudflare gives these answers; returns the result and the waits between requests. */
async function listed(...answers: readonly Answer[]) {
  const waits: number[] = [];
  const script = [...answers];
  const server = createServer((_, response) => (script.shift() ?? json({}, 500))(response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  vi.stubEnv("CLOUDFLARE_API_BASE_URL", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv("CLOUDFLARE_API_TOKEN", "t");
  vi.stubEnv("CLOUDFLARE_ACCOUNT_ID", "a");
  useEnvironment(undefined);
  try {
    const config = { name: "x", kv_namespaces: [{ binding: "SHELF", id: "n" }] };
    await using shelf = await openRemoteShelf(
      config as unknown as Parameters<typeof openRemoteShelf>[0],
      async (ms) => void waits.push(ms),
    );
    const names = await shelf.list("object/");
    return { names: new Set(names).size, waits, output: "" };
  } catch (error) {
    return { names: 0, waits, output: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test.each([["" as string | null], [null], [undefined]])("a list ends with the cursor %j", async (end) => {
  expect(await listed(page(0, 1000, "c1"), page(0, 0, "c2"), page(1000, 3, end))).toMatchObject({
    names: 1003,
    output: "",
  });
});

test("a date in Retry-After is waited for, by the clock of the answer", async () => {
  const busy = json({}, 429, {
    date: "Tue, 01 Dec 2026 12:00:00 GMT",
    "retry-after": "Tue, 01 Dec 2026 12:00:07 GMT",
  });
  expect(await listed(page(0, 1000, "c1"), busy, page(1000, 3, ""))).toEqual({
    names: 1003,
    waits: [7000],
    output: "",
  });
  expect((await listed(json({}, 429, { "retry-after": "3" }), page(0, 1, ""))).waits).toEqual([3000]);
  expect((await listed(json({}, 429, { "retry-after": "soon" }), json({}, 503), page(0, 1, ""))).waits).toEqual([
    1000, 2000,
  ]);
});

test.each([
  [{ "retry-after": "90" }, 60_000],
  [{ "retry-after": "0" }, 1000],
  [{ "retry-after": "-5" }, 2000],
  [{ "retry-after": "Tue, 01 Dec 2026 11:59:00 GMT", date: "Tue, 01 Dec 2026 12:00:00 GMT" }, 1000],
  [{ "retry-after": "Tue, 01 Dec 2026 13:00:00 GMT", date: "Tue, 01 Dec 2026 12:00:00 GMT" }, 60_000],
  [{ "retry-after": "Tue, 01 Dec 2026 12:00:07 GMT" }, 2000],
  [{}, 2000],
])("%j is a wait of %i ms", (headers, ms) => {
  expect(retryAfterMs(new Headers(headers as Record<string, string>), 2)).toBe(ms);
});

const times = (answer: Answer): Answer[] => Array.from({ length: 4 }, () => answer);

test.each([
  [
    "KV itself fails",
    times(json({ success: false, errors: [{ code: 10013, message: "Internal error" }], result: null }, 500)),
    "Error: The object store (Workers KV) returned an unexpected response. Run the command\nagain: it resumes where it stopped.\n\nInternal error [code: 10013]",
  ],
  [
    "KV says nothing that can be read",
    [(response: ServerResponse) => void response.end("<html>")],
    "Error: The object store (Workers KV) returned an unexpected response. Run the command\nagain: it resumes where it stopped.\n\nCloudflare answered with status 200, but without the JSON that its API promises.",
  ],
  [
    "too many requests",
    times(json({}, 429, { "retry-after": "1" })),
    "Error: Cloudflare is limiting the rate of requests to the object store (Workers KV).\nWait five minutes, then run the command again; it resumes where it stopped.\n\nCloudflare answered with status 429.",
  ],
  [
    "a login without the permission",
    [json({ success: false, errors: [{ code: 10000, message: "Authentication error" }], result: null }, 403)],
    "Error: Cloudflare does not accept this login. Log in again with `npx wrangler login`,\nor check CLOUDFLARE_API_TOKEN: it needs the Workers KV Storage Edit permission.\n\nAuthentication error [code: 10000]",
  ],
])("%s: words about the object store, not the database", async (_, answers, output) => {
  expect((await listed(...answers)).output).toBe(output);
});

test.each([
  ["before an answer", hangUp],
  ["in the middle of one", hangUpInside],
])("a connection that drops %s is tried again, and in the end named as what it is", async (_, drop) => {
  expect(await listed(drop, drop, page(0, 3, ""))).toMatchObject({ names: 3, output: "" });
  expect((await listed(...times(drop))).output).toMatch(
    /^Error: The connection to Cloudflare was lost before the response was complete\. It is\nnot known whether the request was carried out; run the command again, it is safe\nto repeat\.\n\nfetch failed: .+ \(\w+\)$/,
  );
});

test("no network at all is another thing", async () => {
  vi.stubEnv("CLOUDFLARE_API_BASE_URL", "http://127.0.0.1:1");
  vi.stubEnv("CLOUDFLARE_API_TOKEN", "t");
  vi.stubEnv("CLOUDFLARE_ACCOUNT_ID", "a");
  useEnvironment(undefined);
  const config = { name: "x", kv_namespaces: [{ binding: "SHELF", id: "n" }] };
  await using shelf = await openRemoteShelf(config as unknown as Parameters<typeof openRemoteShelf>[0]);
  await expect(shelf.list()).rejects.toThrow(
    /^Cloudflare cannot be reached\. Check the network connection of this machine\.\n\nfetch failed: (bad port|connect ECONNREFUSED)/,
  );
});
