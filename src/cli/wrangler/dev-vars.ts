/**
 * Reads the local secrets as `wrangler dev` does: from the file of the environment named by `--env`, or else .dev.vars.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { environment } from "./environment.ts";

export interface DevVars {
  readonly file: string;
  readonly values: Readonly<Record<string, string | undefined>>;
}

export function readDevVars(root: string): DevVars {
  const { name, source } = environment();
  const own = `.dev.vars.${name}`;
  const file = source === "--env" && existsSync(join(root, own)) ? own : ".dev.vars";
  const path = join(root, file);
  return { file, values: existsSync(path) ? parseEnv(readFileSync(path, "utf8")) : {} };
}
