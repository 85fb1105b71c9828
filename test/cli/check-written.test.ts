/** What an author writes behind a command: taken as it is meant, or refused in a sentence. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkWritten } from "../../src/cli/check-written.ts";
import { inOrder } from "../../src/cli/command-line.ts";
import { repository } from "../world.ts";

const restore = {
  backup: { type: "positional" },
  only: { type: "string" },
  yes: { type: "boolean" },
  remote: { type: "boolean" },
} as const;

test.each([
  [["monday", "--only", "shelf", "--yes"]],
  [["--only=shelf", "monday"]],
  [["--help"]],
  [["--yes", "-h"]],
  [[]],
])("%j is taken", (written) => expect(() => checkWritten(restore, written)).not.toThrow());

test.each([
  [["--remot"], "Unknown option `--remot`. Did you mean `--remote`?"],
  [["monday", "--yes=no"], "`--yes` takes no value: use it on its own, or leave it out."],
  [["monday", "--no-yes"], "Unknown option `--no-yes`. Did you mean `--yes`?"],
  [["monday", "--only"], "`--only` needs a value. See `--help`."],
  [["monday", "--only="], "`--only` needs a value. See `--help`."],
  [["--only", "--yes", "monday"], "`--only` needs a value. See `--help`."],
  [
    ["monday", "tuesday"],
    "`tuesday` is an unexpected argument; put arguments that contain spaces in quotes. See `--help`.",
  ],
])("%j is refused", (written, said) => expect(() => checkWritten(restore, written)).toThrow(said));

test("a title without its quotes is not cut to its first word, and a second list is not left lying", () => {
  const commands = {
    chapter: { args: { book: { type: "positional" }, slug: { type: "positional" }, title: { type: "string" } } },
  };
  expect(() => inOrder(["chapter", "tea", "water", "--title", "Soft", "Water"], commands)).toThrow(
    "`Water` is an unexpected argument",
  );
  expect(inOrder(["chapter", "tea", "--title", "Soft Water", "water"], commands)).toEqual([
    "chapter",
    "tea",
    "water",
    "--title",
    "Soft Water",
  ]);
});

test.each([
  ["--help", 0, "npx wrangler deploy --dry-run"],
  ["--dry-run", 1, "Unknown option `--dry-run`."],
])("npm run deploy -- %s deploys nothing", (written, status, said) => {
  const deploy = join(repository, "src/cli/commands/deploy.ts");
  const run = spawnSync(process.execPath, [deploy, written], { cwd: repository, encoding: "utf8" });
  expect([run.status, run.stdout.includes("Settings ...")]).toEqual([status, false]);
  expect(run.stdout + run.stderr).toContain(said);
});
