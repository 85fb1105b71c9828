/**
 * Accesses the deployed library's object store through the Workers KV API:
 * https://developers.cloudflare.com/api/resources/kv/
 */
import * as v from "valibot";
import { explain, Unreachable } from "../explain-failure.ts";
import { type CloudflareApi, openCloudflareApi, type Wait } from "../wrangler/cloudflare-api.ts";
import type { WranglerConfig } from "../wrangler/config.ts";
import { findNamespace } from "../wrangler/target.ts";
import type { Entry, ShelfAccess } from "./shelf-access.ts";

const Keys = v.array(v.object({ name: v.string() }));
const Stored = v.object({ unsuccessful_keys: v.optional(v.array(v.string()), []) });

/** Well below the API's limits of 100 MB and 10,000 keys per call. */
const maxBytes = 20 * 1024 * 1024;
const maxKeys = 1000;

export async function openRemoteShelf(config: WranglerConfig, wait?: Wait): Promise<ShelfAccess> {
  const api = await openCloudflareApi(config, wait);
  const id = await findNamespace(api, config);
  if (id === undefined) {
    throw new Unreachable(
      `There is no Worker \`${config.name}\` with an object store in this account: run \`npm run deploy\` first.\n\`npx wrangler whoami\` shows the account.`,
    );
  }
  const namespace = `/storage/kv/namespaces/${id}`;

  /** Throws if KV rejects a key: its API then still reports success. */
  async function change(method: "PUT" | "POST", path: string, body: readonly unknown[]): Promise<void> {
    const answer = await api.ask(`${namespace}${path}`, { method, body });
    const stored = v.safeParse(Stored, answer?.result);
    const failed = stored.success ? stored.output.unsuccessful_keys : [];
    if (stored.success && failed.length === 0) return;
    throw new Unreachable(
      `KV did not accept ${failed.length > 0 ? failed.slice(0, 5).join(", ") : "all keys"}. Workers Free allows 1,000 writes and 1,000 deletes a day. Run the command again tomorrow: it resumes where it stopped.`,
    );
  }

  return {
    list: (prefix = "") => listKeys(api, namespace, prefix),
    get: (key) => api.bytes(`${namespace}/values/${encodeURIComponent(key)}`),
    async put(entries) {
      for (const part of inParts(entries)) {
        const body = part.map(({ key, value }) => ({
          key,
          value: Buffer.from(value).toString("base64"),
          base64: true,
        }));
        await change("PUT", "/bulk", body);
      }
    },
    async delete(keys) {
      for (let at = 0; at < keys.length; at += maxKeys) {
        await change("POST", "/bulk/delete", keys.slice(at, at + maxKeys));
      }
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

async function listKeys(api: CloudflareApi, namespace: string, prefix: string): Promise<string[]> {
  const names: string[] = [];
  let cursor = "";
  do {
    const query = new URLSearchParams({ limit: "1000", prefix, ...(cursor !== "" && { cursor }) });
    const page = await api.ask(`${namespace}/keys?${query}`);
    // An empty namespace returns an empty list. A missing namespace must not be backed up as an empty one.
    if (page === undefined) {
      throw new Unreachable(
        "The KV namespace of SHELF is not in this account. `npx wrangler whoami` shows the account, and `npx wrangler kv namespace list` its namespaces; the id in wrangler.toml must be one of these.",
      );
    }
    const keys = v.safeParse(Keys, page.result);
    if (!keys.success) throw new Unreachable(explain("KV did not return a list of keys.", "remote", "object store"));
    names.push(...keys.output.map(({ name }) => name));
    cursor = page.cursor;
  } while (cursor !== "");
  return names;
}

function inParts(entries: readonly Entry[]): Entry[][] {
  const parts: Entry[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    const last = parts.at(-1);
    if (last && bytes + entry.value.byteLength <= maxBytes && last.length < maxKeys) {
      last.push(entry);
      bytes += entry.value.byteLength;
    } else {
      parts.push([entry]);
      bytes = entry.value.byteLength;
    }
  }
  return parts;
}
