/** Reads which of several accounts the author chose when wrangler asked; wrangler uses it from then on. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { environment } from "./environment.ts";

const Chosen = v.object({ account: v.object({ id: v.string() }) });

/** Wrangler stores it in the first existing folder of these (its workers-utils/src/config-cache.ts). */
export function readChosenAccount(root: string): string | undefined {
  const { WRANGLER_CACHE_DIR: own } = environment().variables;
  const folders = own ? [own] : [join(root, "node_modules/.cache/wrangler"), join(root, ".wrangler/cache")];
  const folder = folders.find((path) => existsSync(path));
  if (folder === undefined) return undefined;
  try {
    const chosen = v.safeParse(Chosen, JSON.parse(readFileSync(join(folder, "wrangler-account.json"), "utf8")));
    return chosen.success ? chosen.output.account.id : undefined;
  } catch {
    // Nothing chosen yet, or unreadable: then the author is asked to set the account.
    return undefined;
  }
}
