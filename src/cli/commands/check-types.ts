/** `npm run check:types`: TypeScript over the Worker and the compiler, then over what runs in the browser. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { Command } from "@commander-js/extra-typings";
import { runCommand } from "../command-line.ts";

/** A library that took the place of this one has no tests of these books, which import their modules. */
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
