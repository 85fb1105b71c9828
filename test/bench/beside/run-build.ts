/** Runs what `npm run build` runs in a working copy, and measures its tree of processes. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildScript } from "./checkout.ts";

export interface BuildCost {
  readonly seconds: number;
  /** User and system time of the tree of processes: unlike elapsed time, it hardly depends on what else runs. */
  readonly cpuSeconds: number;
  /** Of the compiler's process, with its threads. */
  readonly peakMegabytes: number;
}

/** Rejects with the end of its output if it fails. */
export async function runBuild(copy: string): Promise<BuildCost> {
  const account = join(copy, "account.json");
  rmSync(account, { force: true });
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(LIBRARY|NODE|npm)_/.test(name)));
  const started = performance.now();
  const child = spawn(buildScript(copy) ?? "", {
    cwd: copy,
    shell: true,
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...env,
      PATH: `${dirname(process.execPath)}${delimiter}${env.PATH ?? ""}`,
      NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, "account.ts"))}`,
      BENCH_ACCOUNT: account,
    },
  });
  let errors = "";
  child.stderr.on("data", (piece: Buffer) => {
    errors = `${errors}${piece}`.slice(-100_000);
  });
  const [status, signal] = await once(child, "close");
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(lastWords(errors) || `the build ended with ${signal ?? status}`);
  return { seconds, ...(JSON.parse(readFileSync(account, "utf8")) as Omit<BuildCost, "seconds">) };
}

/** The sentence that matters to a table: running out of memory prints pages of addresses. */
function lastWords(output: string): string {
  if (/heap out of memory|allocation failed/i.test(output)) return "ran out of memory";
  const lines = output.split(/[\n\r]+/).filter((line) => line.trim() !== "" && !line.startsWith("Compiling page"));
  return lines.slice(-6).join(" ").slice(0, 300);
}
