/** The deployed shelf, as a server here plays Cloudflare's API. */
import { afterEach, expect, test, vi } from "vitest";
import { openRemoteShelf } from "../../../src/publish/vault/remote-shelf.ts";
import { openCloudflare } from "../../fakes/cloudflare-api.ts";

afterEach(() => void vi.unstubAllEnvs());

test("a shelf that is not in this account is not taken for an empty one", async () => {
  await using cloudflare = await openCloudflare();
  for (const [name, value] of Object.entries(cloudflare.environment)) vi.stubEnv(name, value);
  const config = { kv_namespaces: [{ binding: "SHELF", id: "9".padStart(32, "0") }] };
  await using shelf = await openRemoteShelf(config as unknown as Parameters<typeof openRemoteShelf>[0]);
  await expect(shelf.list()).rejects.toThrow("The KV namespace of SHELF is not in this account.");
});
