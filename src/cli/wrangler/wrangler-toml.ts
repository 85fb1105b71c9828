/**
 * Reads wrangler.toml as wrangler does, and caches the result in .wrangler/ until the file changes: loading wrangler
 * takes a second.
 */
import { createHash } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Unstable_Config } from "wrangler";
import { loadWrangler } from "./load-wrangler.ts";
import { closeState, stateFolder } from "./private-state.ts";

/** `name`: the environment; empty for the top level. Throws wrangler's own error. */
export function readWranglerToml(root: string, name: string): Unstable_Config {
  const path = join(root, "wrangler.toml");
  const key = keyOf(path, name);
  const cache = join(root, stateFolder, `config-${hashOf(name).slice(0, 12)}.json`);
  const known = key && readCache(cache, key);
  if (known) return known;
  const config = loadWrangler().unstable_readConfig({ config: path, env: name }, { hideWarnings: true });
  if (key) keep(root, cache, { key, config });
  return config;
}

/** Hash of all inputs of the result; `undefined` if a file is missing, which wrangler then reports. */
function keyOf(path: string, name: string): string | undefined {
  try {
    const wrangler = readFileSync("node_modules/wrangler/package.json", "utf8");
    const variables = Object.entries(process.env).filter(([variable]) => /^(CLOUDFLARE|CF|WRANGLER)_/.test(variable));
    return hashOf(JSON.stringify([wrangler, path, name, readFileSync(path, "utf8"), variables.sort()]));
  } catch {
    return undefined;
  }
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

function readCache(cache: string, key: string): Unstable_Config | undefined {
  try {
    const found = JSON.parse(readFileSync(cache, "utf8"));
    return found.key === key ? found.config : undefined;
  } catch {
    // Missing or damaged.
    return undefined;
  }
}

function keep(root: string, cache: string, entry: { readonly key: string; readonly config: Unstable_Config }): void {
  try {
    closeState(root);
    const unfinished = `${cache}.${process.pid}`;
    writeFileSync(unfinished, JSON.stringify(entry), { mode: 0o600 });
    renameSync(unfinished, cache);
  } catch {
    // The disk is full or read-only: the next command reads wrangler.toml again.
  }
}
