/**
 * `npm run check:types`: runs TypeScript on the Worker and the compiler, then on the browser code and the tests of
 * books.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { Command } from "@commander-js/extra-typings";
import { runCommand } from "../command-line.ts";

/** Tests import modules of their book, so a library with other books skips them. */
const testsOfBooks = readdirSync("test/content")
  .filter((book) => existsSync(`content/${book}`))
  .map((book) => `test/content/${book}`);

const projects = ["tsconfig.json", "src/ui/browser", "src/figures/browser", "test/house/layout", ...testsOfBooks];

await runCommand(
  new Command("npm run check:types")
    .description("Checks the types of all code with TypeScript. Writes nothing.")
    .action(() => {
      for (const project of projects) {
        const { status } = spawnSync("node", ["node_modules/typescript/bin/tsc", "--noEmit", "-p", project], {
          stdio: "inherit",
        });
        if (status === 0) continue;
        process.exitCode = status ?? 1;
        return;
      }
    }),
);
