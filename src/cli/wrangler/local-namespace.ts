/**
 * Opens the KV namespace of `wrangler dev` through Miniflare, as wrangler does, but without the second that loading
 * wrangler takes.
 */
import { join } from "node:path";
import { readConfig } from "./config.ts";
import { closeState, statePath } from "./private-state.ts";

export interface LocalNamespace {
  readonly kv: KVNamespace;
  /** Ends Miniflare. */
  readonly dispose: () => Promise<void>;
}

export async function openLocalNamespace(): Promise<LocalNamespace> {
  const { Miniflare, convertV4MiniflareOptions } = await import("miniflare");
  const namespace = readConfig().kv_namespaces.find(({ binding }) => binding === "SHELF");
  closeState();
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: "",
      resourcePersistencePath: join(process.cwd(), statePath),
      kvNamespaces: { SHELF: namespace?.preview_id ?? namespace?.id ?? "SHELF" },
    }),
  );
  // Miniflare's own type is for another version of Cloudflare's types.
  const kv = (await miniflare.getKVNamespace("SHELF")) as unknown as KVNamespace;
  return { kv, dispose: () => miniflare.dispose() };
}
