/** Checks the MCP endpoint with the protocol's own client, and, message by message, what that client never sends. */
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CallLimit } from "../../../src/site/mcp/call-limit.ts";
import { type Answer, type GetOptions, openWorld, present, type World } from "../../world.ts";

const minuteBefore = "2030-06-01T11:59:59.999Z";
const itsMinute = "2030-06-01T12:00:00.000Z";

let world: World;
let client: Client;
beforeAll(async () => {
  world = await openWorld();
  await world.setClock(present);
  client = new Client({ name: "a reader's model", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(new URL("/mcp", world.url)));
});
beforeEach(() => world.setClock(present));
afterAll(async () => {
  await client.close();
  await world[Symbol.asyncDispose]();
});

const call = async (name: string, parameters: Record<string, unknown> = {}) => {
  const { content, isError = false } = await client.callTool({ name, arguments: parameters });
  const [{ text = "" } = {}] = content as { text?: string }[];
  return { text, isError };
};

const json = { "Content-Type": "application/json", Accept: "application/json, text/event-stream" };
const post = (body: unknown, { headers, ...options }: GetOptions = {}): Promise<Answer> =>
  world.get("/mcp", {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { ...json, ...headers },
    ...options,
  });
const request = (method: string, params?: object, id: unknown = 1) => ({ jsonrpc: "2.0", id, method, params });
const errorIn = ({ status, body }: Answer) => {
  const { id, error } = JSON.parse(body) as { id: unknown; error?: { code: number } };
  return { status, id, code: error?.code };
};

describe("a client of the protocol", () => {
  test("connects, and learns what the library is and which tools it has", async () => {
    expect(client.getServerVersion()).toMatchObject({ name: "library.example", title: "The Tea Shelf" });
    expect(client.getInstructions()).toContain("Everything that a kettle can teach.");
    await client.ping();
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(["search", "list_books", "read_chapter", "find_formula"]);
    for (const { annotations } of tools) expect(annotations).toMatchObject({ readOnlyHint: true });
  });

  test("searches, also for a misspelt word and in one book, and gets links that lead to a page", async () => {
    const { text, isError } = await call("search", { query: "oxidation" });
    expect(isError).toBe(false);
    const [, path = ""] = /https:\/\/library\.example(\/\S+)/.exec(text) ?? [];
    expect(path).toMatch(/^\/tea\/leaves/);
    expect((await world.get(path)).status).toBe(200);
    expect((await call("search", { query: "oxidatoin", book: "tea" })).text).toContain("/tea/leaves");
    expect((await call("search", { query: "xyzzyx" })).text).toMatch(/^Nothing found for “xyzzyx”\./);
  });

  test("lists the books, with the Markdown of each chapter", async () => {
    const { text } = await call("list_books");
    expect(text).toMatch(/^## Tea: Leaves, Water, Time\n/);
    expect(text).toContain("(https://library.example/tea/leaves.md): White, green, yellow");
    expect((await call("list_books", { book: "tea" })).text).toBe(text);
  });

  test("reads a chapter as its Markdown has it, however it names it", async () => {
    const markdown = (await world.get("/tea/cooling.md")).body;
    const origin = "https://library.example";
    for (const chapter of [
      "tea/cooling",
      "/tea/cooling",
      "/Tea/Cooling.html",
      `${origin}/tea/cooling#eq`,
      "tea/cooling.md",
    ])
      expect([chapter, await call("read_chapter", { chapter })]).toEqual([chapter, { text: markdown, isError: false }]);
    const overview = (await world.get("/tea/index.md")).body;
    for (const chapter of ["tea", `${origin}/tea/index.md`])
      expect([chapter, (await call("read_chapter", { chapter })).text]).toEqual([chapter, overview]);
  });

  test("finds a formula, and only formulas, with its TeX and a link", async () => {
    for (const formula of ["\\frac{dT}{dt} = -k (T - T_r)", "$-k(T-T_r)$", "dT/dt"]) {
      const { text } = await call("find_formula", { formula });
      expect([formula, text]).toEqual([formula, expect.stringContaining("\\frac{dT}{dt} = -k\\,(T - T_r)")]);
      expect(text).toMatch(/https:\/\/library\.example\/tea\/cooling#\S+/);
    }
    const words = await call("find_formula", { formula: "Camellia" });
    expect(words.text).not.toContain("/tea/leaves");
  });

  test("is told which arguments are wrong, as a result that a model reads", async () => {
    const wrong: [string, Record<string, unknown>, string][] = [
      ["search", {}, "Missing or invalid: query."],
      ["search", { query: 7, book: [] }, "Missing or invalid: query, book."],
      ["search", { query: "  " }, "Missing or invalid: query."],
      ["search", { query: "tea", book: "coffee" }, "There is no such book;"],
      ["list_books", { book: "coffee" }, "There is no such book;"],
      ["find_formula", { formula: null }, "Missing or invalid: formula."],
      ["read_chapter", {}, "Missing or invalid: chapter."],
      ["read_chapter", { chapter: "tea/kettles" }, "There is no such chapter;"],
      ["read_chapter", { chapter: "https://elsewhere.example/tea/cooling" }, "There is no such chapter;"],
      ["read_chapter", { chapter: "/about" }, "There is no such chapter;"],
      ["read_chapter", { chapter: "https://[" }, "There is no such chapter;"],
    ];
    for (const [name, parameters, message] of wrong) {
      const { text, isError } = await call(name, parameters);
      expect([name, parameters, isError, text]).toEqual([name, parameters, true, expect.stringContaining(message)]);
    }
    await expect(client.callTool({ name: "delete_book", arguments: {} })).rejects.toMatchObject({ code: -32602 });
    await expect(client.callTool({ name: "constructor", arguments: {} })).rejects.toMatchObject({ code: -32602 });
  });
});

test("a scheduled chapter is there from its minute on, and a draft never", async () => {
  const everything = async () => [
    await call("list_books"),
    await call("search", { query: "cold brew" }),
    await call("search", { query: "gongfu" }),
    await call("read_chapter", { chapter: "tea/cold-brew" }),
    await call("read_chapter", { chapter: "tea/gongfu" }),
  ];
  await world.setClock(minuteBefore);
  const [books, ...before] = await everything();
  expect(books?.text).not.toMatch(/cold-brew|gongfu/i);
  for (const { text } of before) expect(text).not.toMatch(/library\.example\/tea\/(cold-brew|gongfu)/);
  expect(before.slice(2).map(({ isError }) => isError)).toEqual([true, true]);
  await world.setClock(itsMinute);
  const [after, found, , read, draft] = await everything();
  expect(after?.text).toContain("/tea/cold-brew.md");
  expect(found?.text).toContain("/tea/cold-brew");
  expect(read?.text).toMatch(/^# Cold Brew/);
  expect(draft?.isError).toBe(true);
  expect(after?.text).not.toMatch(/gongfu/i);
});

describe("the cost", () => {
  test("of a search is no KV and no D1, and of a chapter what its page costs", async () => {
    const options = { cold: true };
    for (const [name, parameters] of [
      ["search", { query: "oxidation" }],
      ["find_formula", { formula: "dT/dt" }],
      ["list_books", {}],
    ] as const) {
      const { operations } = await post(request("tools/call", { name, arguments: parameters }), options);
      expect([name, operations]).toEqual([
        name,
        { kvReads: 0, kvWrites: 0, assetReads: expect.any(Number), d1Queries: 0 },
      ]);
    }
    await world.get("/tea/cooling.md", options);
    const read = await post(
      request("tools/call", { name: "read_chapter", arguments: { chapter: "tea/cooling" } }),
      options,
    );
    expect(read.operations.kvReads + read.operations.assetReads).toBeLessThanOrEqual(2);
    expect(read.operations).toMatchObject({ kvWrites: 0, d1Queries: 0 });
  });

  test("is an error that a model reads if the index or the chapter is unavailable", async () => {
    const broken: GetOptions = { cold: true, faults: { assets: "down", kv: "down" } };
    const searched = await post(request("tools/call", { name: "search", arguments: { query: "tea" } }), broken);
    expect(searched.body).toContain("The search is temporarily unavailable.");
    const read = await post(
      request("tools/call", { name: "read_chapter", arguments: { chapter: "tea/cooling" } }),
      broken,
    );
    expect([read.status, JSON.parse(read.body)]).toMatchObject([200, { result: { isError: true } }]);
    expect(read.body).toContain("The chapter is temporarily unavailable.");
  });
});

describe("the transport", () => {
  test("negotiates the version, and rejects a header with an unknown one", async () => {
    for (const [asked, answered] of [
      ["2025-11-25", "2025-11-25"],
      ["2025-06-18", "2025-06-18"],
      ["2025-03-26", "2025-03-26"],
      ["2024-11-05", "2025-11-25"],
    ]) {
      const { body } = await post(request("initialize", { protocolVersion: asked, capabilities: {} }));
      expect([asked, JSON.parse(body).result.protocolVersion]).toEqual([asked, answered]);
    }
    const unknown = await post(request("ping"), { headers: { "MCP-Protocol-Version": "1999-01-01" } });
    expect(unknown.status).toBe(400);
  });

  test("answers a request with JSON that is not stored, and a notification or a response with nothing", async () => {
    const ping = await post(request("ping", undefined, "a"));
    expect([ping.status, JSON.parse(ping.body)]).toEqual([200, { jsonrpc: "2.0", id: "a", result: {} }]);
    expect(ping.headers.get("Content-Type")).toContain("application/json");
    expect(ping.headers.get("Cache-Control")).toBe("no-store");
    expect(ping.headers.get("X-Content-Type-Options")).toBe("nosniff");
    for (const message of [
      { jsonrpc: "2.0", method: "notifications/initialized" },
      { jsonrpc: "2.0", id: 1, result: {} },
    ]) {
      const { status, body } = await post(message);
      expect([status, body]).toEqual([202, ""]);
    }
  });

  test("names errors by the codes of JSON-RPC", async () => {
    expect(errorIn(await post("{"))).toEqual({ status: 400, id: null, code: -32700 });
    for (const invalid of [1, null, {}, { jsonrpc: "1.0", id: 1, method: "ping" }, request("ping", undefined, null)])
      expect(errorIn(await post(invalid))).toEqual({ status: 400, id: null, code: -32600 });
    expect(errorIn(await post(request("resources/list")))).toEqual({ status: 200, id: 1, code: -32601 });
    expect(errorIn(await post(request("tools/call", {})))).toEqual({ status: 200, id: 1, code: -32602 });
  });

  test("has no streams and no sessions", async () => {
    for (const method of ["GET", "DELETE", "PUT", "OPTIONS"]) {
      const { status, headers } = await world.get("/mcp", { method });
      expect([method, status, headers.get("Allow")]).toEqual([method, 405, "POST"]);
    }
  });

  test("rejects pages of other origins, other types, and bodies that are too large", async () => {
    const status = async (headers: Record<string, string>) => (await post(request("ping"), { headers })).status;
    expect(await status({ Origin: "https://elsewhere.example" })).toBe(403);
    expect(await status({ Origin: "null" })).toBe(403);
    expect(await status({ "Sec-Fetch-Site": "cross-site" })).toBe(403);
    expect(await status({ Origin: "https://library.example" })).toBe(200);
    expect(await status({ "Content-Type": "text/plain" })).toBe(415);
    expect(await status({ "Content-Type": "application/json; charset=utf-8" })).toBe(200);
    expect((await post(request("ping", { padding: "x".repeat(70_000) }))).status).toBe(413);
  });

  test("has batches in the one version that has them, with one call of a tool", async () => {
    const search = (id: number) => request("tools/call", { name: "search", arguments: { query: "tea" } }, id);
    const batch = [request("ping"), { jsonrpc: "2.0", method: "notifications/x" }, search(2), search(3), 5];
    const { body } = await post(batch);
    const replies = JSON.parse(body) as { id: unknown; error?: { code: number } }[];
    expect(replies.map(({ id, error }) => [id, error?.code])).toEqual([
      [1, undefined],
      [2, undefined],
      [3, -32000],
      [null, -32600],
    ]);
    expect((await post([{ jsonrpc: "2.0", method: "notifications/x" }])).status).toBe(202);
    expect(JSON.parse((await post([request("initialize")])).body)).toMatchObject([{ error: { code: -32600 } }]);
    expect(errorIn(await post([])).status).toBe(400);
    expect(errorIn(await post(Array.from({ length: 11 }, () => request("ping")))).status).toBe(400);
    expect((await post(batch, { headers: { "MCP-Protocol-Version": "2025-06-18" } })).status).toBe(400);
  });

  test("takes 120 requests a minute from a network", async () => {
    const from = (ip: string, now: string) => post(request("ping"), { now, headers: { "CF-Connecting-IP": ip } });
    const now = "2026-03-01T13:00:15.000Z";
    for (let sent = 0; sent < 120; sent += 1) expect((await from(`192.0.2.${sent}`, now)).status).toBe(200);
    const rejected = await from("192.0.2.200", now);
    expect([rejected.status, rejected.headers.get("Retry-After")]).toEqual([429, "45"]);
    expect((await from("198.51.100.1", now)).status).toBe(200);
    expect((await from("192.0.2.200", "2026-03-01T13:01:00.000Z")).status).toBe(200);
  });
});

test("a flood from many networks does not grow the memory of the limit, and still ends at the limit of each", () => {
  const limit = new CallLimit(2);
  for (let network = 0; network < 20_000; network += 1)
    expect(limit.secondsUntilRoom(`n${network}`, 0)).toBeUndefined();
  expect([0, 0].map((now) => limit.secondsUntilRoom("n19999", now))).toEqual([undefined, 60]);
});

test("llms.txt names the endpoint", async () => {
  expect((await world.get("/llms.txt")).body).toContain("at https://library.example/mcp.");
});
