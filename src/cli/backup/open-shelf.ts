/** Opens the object store (KV) from the author's machine: local or deployed. */
import { CommandError } from "../command-error.ts";
import { type Target, Unreachable } from "../explain-failure.ts";
import { readConfig } from "../wrangler/config.ts";
import { openLocalNamespace } from "../wrangler/local-namespace.ts";
import { openRemoteShelf } from "./remote-shelf.ts";
import type { ShelfAccess } from "./shelf-access.ts";

export const openShelf = (target: Target): Promise<ShelfAccess> =>
  target === "remote" ? openRemoteShelf(readConfig()) : openLocalShelf();

/** The store that `wrangler dev` keeps in .wrangler/state. */
async function openLocalShelf(): Promise<ShelfAccess> {
  const { kv, dispose } = await here(openLocalNamespace);
  return {
    list: (prefix = "") =>
      here(async () => {
        const names: string[] = [];
        for (let cursor: string | undefined, isComplete = false; !isComplete; ) {
          const page = await kv.list({ prefix, ...(cursor !== undefined && { cursor }) });
          names.push(...page.keys.map(({ name }) => name));
          isComplete = page.list_complete;
          cursor = page.list_complete ? undefined : page.cursor;
        }
        return names;
      }),
    get: (key) =>
      here(async () => {
        const value = await kv.get(key, "arrayBuffer");
        return value === null ? undefined : new Uint8Array(value);
      }),
    put: (entries) =>
      here(async () => {
        for (const { key, value } of entries) await kv.put(key, value);
      }),
    delete: (keys) =>
      here(async () => {
        for (const key of keys) await kv.delete(key);
      }),
    [Symbol.asyncDispose]: dispose,
  };
}

/** Replaces an error of Miniflare, whose stack does not help the author, with an explanation. */
async function here<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CommandError || error instanceof Unreachable) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Unreachable(
      `The object store on this machine, in .wrangler/state, failed: ${reason}\nIf \`npm start\` is running, stop it and run the command again.`,
    );
  }
}
