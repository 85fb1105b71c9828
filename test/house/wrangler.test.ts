/** Checks that wrangler is called in one place, so that every command uses the environment chosen for it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../world.ts";

const files = readdirSync(join(repository, "src"), { recursive: true, encoding: "utf8" })
  .map((name) => `src/${name.replaceAll("\\", "/")}`)
  .filter((name) => /\.(ts|tsx|mjs)$/.test(name) && !name.startsWith("src/cli/wrangler/"));
const saying = (pattern: RegExp) => files.filter((path) => pattern.test(readFileSync(join(repository, path), "utf8")));

test("only src/cli/wrangler/ starts wrangler, loads it, or reads its variables", () => {
  expect(saying(/node_modules\/wrangler|wrangler-dist|\bspawn\w*\(\s*"(npx )?wrangler/)).toEqual([]);
  expect(saying(/from "wrangler"|(import|require)\("wrangler"\)/)).toEqual([]);
  expect(saying(/process\.env\.(CLOUDFLARE|CF|WRANGLER)_/)).toEqual([]);
  expect(saying(/process\.env\[/)).toEqual([]);
  expect(files.length).toBeGreaterThan(100);
});

test("every command that reaches the library takes --env and heeds it", () => {
  const commands = saying(/wrangler\/(environment|run-wrangler|config|target)\.ts"/).filter((path) =>
    path.startsWith("src/cli/commands/"),
  );
  expect(commands).toEqual(expect.arrayContaining(["src/cli/commands/backup.ts", "src/cli/commands/deploy.ts"]));
  const heeding = saying(/environmentOption[\s\S]*useEnvironment\(|readStartOptions\(/);
  expect(commands.filter((path) => !heeding.includes(path))).toEqual([]);
});
