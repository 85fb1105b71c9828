/** Reads the options of `npm start` and the variable PORT. */
import { Command } from "@commander-js/extra-typings";
import { runCommand } from "../command-line.ts";
import { environmentOption } from "../options.ts";
import { parsePort } from "../port.ts";
import { useEnvironment } from "../wrangler/environment.ts";

export interface StartOptions {
  readonly port: number;
}

/** `undefined` if only help was requested or an option is wrong; either has been printed. */
export async function readStartOptions(written: readonly string[]): Promise<StartOptions | undefined> {
  let options: StartOptions | undefined;
  const command = new Command("npm start --")
    .description("Serves the library on this machine, with a local inbox. To use another port: PORT=8788 npm start")
    .addOption(environmentOption())
    .action(({ env }) => {
      useEnvironment(env);
      // As in a shell, an empty variable counts as unset.
      options = { port: parsePort("PORT", process.env.PORT || "8787") };
    });
  await runCommand(command, { written });
  return options;
}
