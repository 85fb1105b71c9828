/** Reads wrangler.toml for the environment of the command. */
import type { Unstable_Config } from "wrangler";
import { CommandError } from "../command-error.ts";
import { environment } from "./environment.ts";
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
