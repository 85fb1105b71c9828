/** Tests the options of `npm start`, and its errors about invalid ones. */
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { repository } from "../../world.ts";

const start = (args: readonly string[], environment: Readonly<Record<string, string>>) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["src/cli/commands/start.ts", ...args], {
    cwd: repository,
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
  return { status, stdout, stderr };
};

test.each([
  ["abc", [], "PORT must be a whole number from 1 to 65535, not `abc`.\n"],
  ["8787.5", [], "PORT must be a whole number from 1 to 65535, not `8787.5`.\n"],
  ["70000", [], "PORT must be a whole number from 1 to 65535, not `70000`.\n"],
  ["-1", [], "PORT must be a whole number from 1 to 65535, not `-1`.\n"],
  [
    "8787",
    ["--env", "stagin"],
    "There is no [env.stagin] in wrangler.toml, but --env names it. wrangler.toml has no environments.\n",
  ],
  ["8787", ["--remote"], "Unknown option `--remote`. The options: `--env`, `--help`, `-h`.\n"],
])("PORT=%s npm start -- %s", (port, args, message) => {
  expect(start(args, { PORT: port })).toEqual({ status: 1, stdout: "", stderr: message });
});
