/** Tests that wrangler logs none of its responses: they may contain email addresses or tokens. */
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { runWrangler } from "../../../src/cli/wrangler/run-wrangler.ts";

test("what it answers is kept in no log: it may be every address on the list, or a token", async () => {
  const logs = mkdtempSync(join(tmpdir(), "wrangler-logs-"));
  vi.stubEnv("WRANGLER_LOG_PATH", logs);
  vi.stubEnv("WRANGLER_WRITE_LOGS", "true");
  const { stdout } = await runWrangler("--version");
  vi.unstubAllEnvs();
  expect(stdout).toMatch(/^\d+\.\d+\.\d+/);
  expect(readdirSync(logs)).toEqual([]);
});
