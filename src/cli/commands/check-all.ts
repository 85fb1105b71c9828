/** `npm run check`: checks types, style, unused code and content in order, and stops at the first failure. */
import { spawn } from "node:child_process";
import { Command } from "@commander-js/extra-typings";
import { runCommand } from "../command-line.ts";
import { contentChecks } from "./content-checks.ts";

const description = `Checks types (\`check:types\`), style (\`check:style\`), unused code and packages (\`check:unused\`), then content (\`check:content\`), and stops at the first failure. Changes nothing. The content check:\n\n${contentChecks}`;

/** Separate processes: TypeScript, Biome and knip have their own commands. */
const run = (script: string, ...options: string[]): Promise<number> =>
  new Promise((resolve) => {
    const child = spawn("npm", ["run", "--silent", script, ...(options.length > 0 ? ["--", ...options] : [])], {
      stdio: "inherit",
      shell: process.platform === "win32",
    });
    child.on("error", ({ message }) => {
      console.error(`npm could not be started: ${message}`);
      resolve(1);
    });
    child.on("close", (code) => resolve(code ?? 1));
  });

await runCommand(
  new Command("npm run check")
    .description(description)
    .option("--macros", "only list and check the macros of the library and its books")
    .action(async ({ macros }) => {
      if (macros) {
        process.exitCode = await run("check:content", "--macros");
        return;
      }
      for (const script of ["check:types", "check:style", "check:unused", "check:content"]) {
        process.exitCode = await run(script);
        if (process.exitCode !== 0) return;
      }
    }),
);
