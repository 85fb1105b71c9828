/** Runs the project's own wrangler, in the environment that was decided for the command. */
import { type ChildProcess, spawn } from "node:child_process";
import { type Run, runProgram } from "../../publish/run-program.ts";
import { environment } from "./environment.ts";
import { closeState, withPrivateUmask } from "./private-state.ts";

const program = "node_modules/wrangler/bin/wrangler.js";

const variables = (): NodeJS.ProcessEnv => ({
  ...environment().variables,
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_SEND_METRICS: "false",
  // Otherwise it asks the network where on Earth this machine stands.
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  // Otherwise all it says, addresses and tokens too, stays for weeks in a file that everybody may read.
  WRANGLER_WRITE_LOGS: "false",
});

/** Runs it to its end, in the Node that runs this. */
export const runWrangler = (...args: string[]): Promise<Run> =>
  privately(() => runProgram(process.execPath, [program, ...args, ...environment().args], variables()));

/** The same, with a secret on its standard input, where no other process can read it. */
export const runWranglerWithInput = (input: string, ...args: string[]): Promise<Run> =>
  runProgram(process.execPath, [program, ...args, ...environment().args], variables(), input);

/** Starts it, with both of its streams open. `more`: variables besides those that every wrangler gets. */
export const startWrangler = (args: readonly string[], more: Readonly<Record<string, string>>): ChildProcess =>
  privately(() =>
    spawn("node", [program, ...args, ...environment().args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...variables(), ...more },
    }),
  );

/** Whatever wrangler keeps of this library is for its author alone. */
function privately<Started>(start: () => Started): Started {
  closeState();
  return withPrivateUmask(start);
}
