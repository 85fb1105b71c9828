/** Replaces content/ with another library, or with none: the project passes its checks, and the site works. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { href } from "../../src/routes.ts";
import { bookFolder, openWorld, repository } from "../world.ts";

/**
 * A checkout without its content/ and without tests that do not depend on books: only those in these folders import
 * modules of a book, as test/house/imports.test.ts enforces, and checking the types of the others twice would take
 * long.
 */
const parts = ["src", "test/content", "test/house/layout", "migrations", "package.json", "package-lock.json"];
let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "library-other-"));
  for (const path of parts) cpSync(join(repository, path), join(root, path), { recursive: true });
  // The second type check starts from the results of the first.
  const types = readFileSync(join(repository, "tsconfig.json"), "utf8").replace(
    '"noEmit": true,',
    '"noEmit": true, "incremental": true,',
  );
  writeFileSync(join(root, "tsconfig.json"), types);
  symlinkSync(join(repository, "node_modules"), join(root, "node_modules"), "dir");
});
afterEach(() => rmSync(join(root, "content"), { recursive: true, force: true }));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The exit code of a script in package.json, with its output if the code is not 0. */
function run(command: string): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join("src/cli/commands", command)], {
    cwd: root,
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, LIBRARY_COMPILED_BY_START: undefined },
    encoding: "utf8",
  });
  return { code: status, said: status === 0 ? "" : stdout + stderr };
}

const commands = ["check-types.ts", "check.ts", "build.ts"] as const;
const fine = commands.map((command) => [command, { code: 0, said: "" }]);

test("with the tea library: its checks pass, and its chapters, figures and cover are on the site", async () => {
  cpSync(join(bookFolder("tea"), "content"), join(root, "content"), { recursive: true });
  expect(commands.map((command) => [command, run(command)])).toEqual(fine);
  await using world = await openWorld(root);
  expect((await world.get(href.home())).body).toContain("M84 292H216C216 340 192 366 150 366S84 340 84 292Z");
  const chapter = await world.get(href.chapter("tea", "cooling"));
  expect([chapter.status, chapter.body.includes('data-figure="cooling-cup"')]).toEqual([200, true]);
  expect((await world.get(href.feed())).body).toContain("<title>Cooling: When to Drink</title>");
  expect((await world.get("/transformers/rope")).status).toBe(404);
}, 180_000);

test("with no book at all: its checks pass, and the site says that the first one is being written", async () => {
  mkdirSync(join(root, "content"));
  writeFileSync(
    join(root, "content/library.md"),
    "---\ntitle: The Empty Shelf\ntagline: Everything is still to be read.\nauthors: [Ada Brewer]\n---\n",
  );
  expect(commands.map((command) => [command, run(command)])).toEqual(fine);
  await using world = await openWorld(root);
  const home = await world.get(href.home());
  expect([home.status, home.body.includes("There are no books yet. The first one is being written.")]).toEqual([
    200,
    true,
  ]);
  const feed = await world.get(href.feed());
  expect([feed.status, feed.body.includes("<entry>")]).toEqual([200, false]);
  expect((await world.get(href.about())).status).toBe(200);
  expect((await world.get("/transformers/rope")).status).toBe(404);
}, 180_000);
