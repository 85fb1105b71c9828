/** Tests command-line parsing: arguments are understood as intended, or rejected in a sentence before anything is done. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { parseStrictly, runCommand } from "../../src/cli/command-line.ts";
import { environmentOption, remoteOption, yesOption } from "../../src/cli/options.ts";
import { repository } from "../world.ts";

let done: unknown[];
let printed: string;
beforeEach(() => {
  done = [];
  printed = "";
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((text) => {
      printed += text;
      return true;
    });
  vi.spyOn(console, "error").mockImplementation((text) => {
    printed += `${text}\n`;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

const restore = (): CommandUnknownOpts =>
  new Command("restore")
    .argument("[backup]")
    .option("--only <part>")
    .addOption(yesOption())
    .addOption(remoteOption())
    .addOption(environmentOption())
    .action((backup, options) => void done.push([backup, options]));

/** With subcommands, one of which has a former name as its alias. */
function library(): CommandUnknownOpts {
  const command = new Command("library");
  command
    .command("chapter")
    .argument("<book>")
    .argument("[slug]")
    .option("--title <title>")
    .addOption(yesOption())
    .action((...args) => void done.push(["chapter", ...args.slice(0, 3)]));
  command
    .command("list")
    .option("--limit <number>", "", "5")
    .option("--column <one>", "", (one: string, before: string[] | undefined) => [...(before ?? []), one])
    .action((options) => void done.push(["list", options]));
  command.command("tell", { hidden: true }).action(() => void done.push(["tell"]));
  return command;
}

test.each([
  [
    ["monday", "--only", "shelf", "--yes"],
    ["monday", { only: "shelf", yes: true }],
  ],
  [
    ["--only=shelf", "monday"],
    ["monday", { only: "shelf" }],
  ],
  [
    ["--env", ""],
    [undefined, { env: "" }],
  ],
  [["--env="], [undefined, { env: "" }]],
  [[], [undefined, {}]],
])("%j is taken", async (written, taken) => {
  await parseStrictly(restore(), written);
  expect(done).toEqual([taken]);
});

test.each([
  [["--remot"], "Unknown option `--remot`. Did you mean `--remote`?"],
  [["--rem"], "Unknown option `--rem`."],
  [["-x"], "Unknown option `-x`."],
  [["monday", "--yes=no"], "`--yes` takes no value: use it on its own, or leave it out."],
  [["monday", "--no-yes"], "Unknown option `--no-yes`. Did you mean `--yes`?"],
  [["monday", "--only"], "`--only` needs a value. See `--help`."],
  [["monday", "--only="], "`--only` needs a value. See `--help`."],
  [["--only", "--yes", "monday"], "`--only` needs a value. See `--help`."],
  [["--it's 'quoted'"], "Unknown option `--it's 'quoted'`."],
  [
    ["monday", "tuesday"],
    "`tuesday` is an unexpected argument; put arguments that contain spaces in quotes. See `--help`.",
  ],
])("%j is refused", async (written, output) => {
  await expect(parseStrictly(restore(), written)).rejects.toThrow(output);
  expect([done, printed]).toEqual([[], ""]);
});

test("a title without its quotes is not cut to its first word, and a second list is not left lying", async () => {
  await expect(parseStrictly(library(), ["chapter", "tea", "water", "--title", "Soft", "Water"])).rejects.toThrow(
    "`Water` is an unexpected argument",
  );
  expect(done).toEqual([]);
  await parseStrictly(library(), ["chapter", "tea", "--title", "Soft Water", "water"]);
  expect(done).toEqual([["chapter", "tea", "water", { title: "Soft Water" }]]);
});

test("options may stand before the name of a subcommand; without a name the standard one is meant", async () => {
  await parseStrictly(library(), ["--yes", "--title", "list", "chapter", "tea"]);
  await parseStrictly(library(), ["--limit", "3"], "list");
  await parseStrictly(library(), [], "list");
  await parseStrictly(library(), ["list", "--column", "a", "--column=b"]);
  await parseStrictly(library(), ["tell"]);
  expect(done).toEqual([
    ["chapter", "tea", undefined, { yes: true, title: "list" }],
    ["list", { limit: "3" }],
    ["list", { limit: "5" }],
    ["list", { limit: "5", column: ["a", "b"] }],
    ["tell"],
  ]);
});

test.each([
  [["lst"], "Unknown command `lst`. Did you mean `list`?"],
  [["help"], "Unknown command `help`. The commands: `chapter`, `list`."],
  [["chapter"], "The argument <book> is missing. See `--help`."],
  [["list", "--yes"], "Unknown option `--yes`. The options: `--limit`, `--column`, `--help`, `-h`."],
  [["list", "tea"], "`tea` is not a valid argument here. See `--help`."],
])("of several commands, %j is refused", async (written, output) => {
  await expect(parseStrictly(library(), written, "list")).rejects.toThrow(output);
  expect([done, printed]).toEqual([[], ""]);
});

test.each([[["--help"]], [["-h"]], [["--title", "x", "--help"]], [["chapter", "--help"]], [["chapter", "tea", "-h"]]])(
  "%j prints the help and does nothing",
  async (written) => {
    await runCommand(library(), { written, standard: "list" });
    expect([done, process.exitCode]).toEqual([[], 0]);
    expect(printed).toMatch(/^Usage: library /);
    expect(printed).not.toContain("tell");
  },
);

test("without a name, and without a standard one, it prints the help and fails", async () => {
  await runCommand(library(), { written: [] });
  expect([done, process.exitCode, printed.split("\n")[0]]).toEqual([[], 1, "Usage: library [options] [command]"]);
});

test("what is refused is printed in one line, with exit code 1", async () => {
  await runCommand(restore(), { written: ["--remot"] });
  expect([done, process.exitCode, printed]).toEqual([[], 1, "Unknown option `--remot`. Did you mean `--remote`?\n"]);
});

test.each([
  ["--help", 0, "npx wrangler deploy --dry-run"],
  ["--dry-run", 1, "Unknown option `--dry-run`."],
])("npm run deploy -- %s deploys nothing", (written, status, output) => {
  const deploy = join(repository, "src/cli/commands/deploy.ts");
  const run = spawnSync(process.execPath, [deploy, written], { cwd: repository, encoding: "utf8" });
  expect([run.status, run.stdout.includes("Settings ...")]).toEqual([status, false]);
  expect((run.stdout + run.stderr).replace(/\s+/g, " ")).toContain(output);
});
