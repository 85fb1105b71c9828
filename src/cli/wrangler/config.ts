/** Reads wrangler.toml for the environment of the command, and opens its bindings on this machine. */
import type { Unstable_Config } from "wrangler";
import { CommandError } from "../command-error.ts";
import { environment } from "./environment.ts";
import { loadWrangler } from "./load-wrangler.ts";
import { closeState } from "./private-state.ts";
import { readWranglerToml } from "./wrangler-toml.ts";

export type WranglerConfig = Unstable_Config;

export function readConfig(root = process.cwd()): WranglerConfig {
  const { name } = environment();
  try {
    return readWranglerToml(root, name ?? "");
  } catch (error) {
    throw new CommandError(`wrangler.toml cannot be read.\n\n${error instanceof Error ? error.message : error}`);
  }
}

/** The bindings of `wrangler dev`, stored in .wrangler/state. Dispose of them. */
export function openLocalBindings<Bindings extends object>() {
  closeState();
  return loadWrangler().getPlatformProxy<Bindings>({
    configPath: "wrangler.toml",
    environment: environment().name ?? "",
    remoteBindings: false,
    envFiles: [],
  });
}
