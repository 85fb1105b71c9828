/** Configures `npm run test:clients`: the two engines run side by side, and each in one process. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { defineConfig } from "vitest/config";

const root = join(import.meta.dirname, "../..");

export default defineConfig({
  test: {
    root,
    include: ["test/clients/*.test.ts"],
    maxWorkers: 2,
    execArgv: [`--import=${pathToFileURL(join(root, "src/cli/commands/module-loading.mjs"))}`],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
