/** All tests, in Node; the Worker itself runs in workerd, through test/world.ts. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Two cores are enough for a laptop of any age; each file opens its own world.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
