/** Tests the author's access to the deployed database against a fake Cloudflare API: results, retries, and messages. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { Unmigrated, Unreachable } from "../../../src/cli/explain-failure.ts";
import { useEnvironment } from "../../../src/cli/wrangler/environment.ts";
import { openRemoteDatabase } from "../../../src/cli/wrangler/remote-database.ts";
import { openCloudflare } from "../../fakes/cloudflare-api.ts";

afterEach(() => void vi.unstubAllEnvs());

function use(variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  useEnvironment(undefined);
}

test("statements are one transaction with one list of rows each, and a database that is missing or empty is named", async () => {
  await using cloudflare = await openCloudflare();
  use(cloudflare.environment);
  await expect(openRemoteDatabase()(["SELECT 1"])).rejects.toThrow(
    "The database does not exist in this account: `npm run deploy` creates it.\n`npx wrangler whoami` shows the account.\n\nCouldn't find the database ml-blog, bound as DB, in this account.",
  );
  cloudflare.databases.create("ml-blog");
  const execute = openRemoteDatabase();
  await expect(execute(["SELECT * FROM cups"])).rejects.toThrow(Unmigrated);
  cloudflare.databases.write("ml-blog", "CREATE TABLE cups (tea TEXT NOT NULL)");
  expect(
    await execute(["INSERT INTO cups VALUES ('Assam') RETURNING tea", "SELECT COUNT(*) AS cups FROM cups"]),
  ).toEqual([[{ tea: "Assam" }], [{ cups: 1 }]]);
  await expect(execute(["DELETE FROM cups", "INSERT INTO cups VALUES (NULL)"])).rejects.toThrow(
    "NOT NULL constraint failed: cups.tea: SQLITE_ERROR [code: 7500]",
  );
  expect(cloudflare.databases.rows("ml-blog", "SELECT tea FROM cups")).toEqual([{ tea: "Assam" }]);
  // Cloudflare splits at a semicolon: the rows of some other statement must not pass for those of this one.
  await expect(execute(["SELECT 1 AS one; SELECT 2 AS two"])).rejects.toThrow(
    "Cloudflare did not return one result for each of 1 statements.",
  );
  expect(cloudflare.requests.filter((line) => line.startsWith("GET /d1/database"))).toHaveLength(2);
  expect(cloudflare.unknown).toEqual([]);
});

test("after a lost response, a query is repeated; a change is not, because it may have been carried out", async () => {
  let requests = 0;
  const answers = [(response: ServerResponse) => void response.socket?.destroy()];
  const server = createServer((request, response) => {
    const isQuery = request.url?.endsWith("/query") === true;
    if (isQuery) requests += 1;
    const answer = isQuery ? answers.shift() : undefined;
    if (answer) return answer(response);
    const result = isQuery ? [{ results: [{ one: 1 }] }] : [{ name: "ml-blog", uuid: "id" }];
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ result, errors: [] }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  use({
    CLOUDFLARE_API_BASE_URL: `http://127.0.0.1:${port}`,
    CLOUDFLARE_API_TOKEN: "t",
    CLOUDFLARE_ACCOUNT_ID: "a",
  });
  try {
    const execute = openRemoteDatabase();
    expect(await execute(["SELECT 1 AS one"])).toEqual([[{ one: 1 }]]);
    expect(requests).toBe(2);
    answers.push((response) => void response.socket?.destroy());
    const change = execute(["UPDATE editions SET state = 'stopped'"]);
    await expect(change).rejects.toThrow(Unreachable);
    await expect(change).rejects.toThrow(/It is\s+not known whether the request was carried out/);
    expect(requests).toBe(3);
  } finally {
    server.close();
  }
});
