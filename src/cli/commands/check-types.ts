/** `npm run check:types`: TypeScript over the Worker and the compiler, then over what runs in the browser. */
import { spawnSync } from "node:child_process";
import { defineCommand } from "citty";
import { runStrictly } from "../strict-command.ts";

const projects = ["tsconfig.json", "src/ui/browser", "src/figures/browser", "test/house/layout"];

await runStrictly(
  defineCommand({
    meta: { name: "npm run check:types", description: "Checks the types of all code with TypeScript. Writes nothing." },
    run: () => {
      for (const project of projects) {
        const { status } = spawnSync("node", ["node_modules/typescript/bin/tsc", "--noEmit", "-p", project], {
          stdio: "inherit",
        });
        if (status === 0) continue;
        process.exitCode = status ?? 1;
        return;
      }
    },
  }),
  process.argv.slice(2),
);
