/** Runs the project's own wrangler in the environment decided for the command. */
import { type ChildProcess, spawn } from "node:child_process";
import { type Run, runProgram } from "../../publish/run-program.ts";
import { environment } from "./environment.ts";
import { closeState, withPrivateUmask } from "./private-state.ts";

const program = "node_modules/wrangler/bin/wrangler.js";

const variables = (): NodeJS.ProcessEnv => ({
  ...environment().variables,
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_SEND_METRICS: "false",
  // Otherwise it requests the location of this machine over the network.
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  // Otherwise its output, including email addresses and tokens, stays for weeks in a log that every user may read.
  WRANGLER_WRITE_LOGS: "false",
});

/** Runs wrangler with the current Node and waits for it. */
export const runWrangler = (...args: string[]): Promise<Run> =>
  privately(() => runProgram(process.execPath, [program, ...args, ...environment().args], variables()));

/** Passes a secret on standard input, where no other process can read it. */
export const runWranglerWithInput = (input: string, ...args: string[]): Promise<Run> =>
  runProgram(process.execPath, [program, ...args, ...environment().args], variables(), input);

/** Starts wrangler with its output piped. `more`: additional variables. */
export const startWrangler = (args: readonly string[], more: Readonly<Record<string, string>>): ChildProcess =>
  privately(() =>
    spawn("node", [program, ...args, ...environment().args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...variables(), ...more },
    }),
  );

/** Makes files created by wrangler readable by this user only. */
function privately<Started>(start: () => Started): Started {
  closeState();
  return withPrivateUmask(start);
}
