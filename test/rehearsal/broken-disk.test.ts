/** Tests commands on a full, read-only or inaccessible disk: one error message, and no partial files or folders. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { repository } from "../world.ts";
import { copyProject, type Project } from "./project.ts";

const fake = pathToFileURL(join(repository, "test/fakes/broken-disk.mjs")).href;
const run = async (project: Project, path: string, code: string, command: string, ...args: string[]) => {
  const environment = { NODE_OPTIONS: `--import=${fake}`, BROKEN_PATH: path, BROKEN_CODE: code };
  const answer = await project.script(command, args, { environment });
  // Which lines of progress appear depends on timing.
  const lines = answer.said.trim().split("\n");
  return { ...answer, said: lines.filter((line) => !/…$|^(Checking|Compiling) page \d/.test(line)) };
};
const everything = (project: Project, folder: string): string[] =>
  readdirSync(join(project.root, folder), { recursive: true, encoding: "utf8" }).sort();
const fullDisk = "The disk is full, so a file was not written: free some space, then run the command again.";

const checked = [
  "Symbols in formulas that readers can look up:",
  "   46 %  /tea/cooling",
  "6 pages checked: no problems.",
];

test("a cache that cannot be used is skipped with one sentence, and the check goes on", async () => {
  using project = copyProject();
  const forbidden = await run(project, "library-publish$", "EACCES", "check:content");
  const cache = join(repository, "node_modules/.cache/library-publish");
  expect(forbidden).toEqual({
    code: 0,
    said: [
      expect.stringMatching(
        /^The cache \S+\/node_modules\/\.cache\/library-publish cannot be used \(EACCES\), so everything is compiled again, which takes longer\.$/,
      ),
      ...checked,
    ],
  });
  const before = existsSync(cache) ? readdirSync(cache).filter((name) => name.endsWith(".new")) : [];
  project.edit("content/tea/cooling.md", "how", "just how");
  const full = await run(project, "/library-publish/", "ENOSPC", "check:content");
  expect([full.code, full.said]).toEqual([0, [expect.stringContaining("cannot be used (ENOSPC)"), ...checked]]);
  expect(existsSync(cache) ? readdirSync(cache).filter((name) => name.endsWith(".new")) : []).toEqual(before);
}, 240_000);

/** Has a database and one object; each test creates and removes whatever else it needs. */
const prepared = copyProject();
beforeAll(async () => {
  const cloudflare = { environment: {} };
  await prepared.prepareDatabase(cloudflare);
  await prepared.wrangler(["kv", "key", "put", "which", "one", "--binding=SHELF", "--local"], cloudflare);
}, 240_000);
afterAll(() => prepared[Symbol.dispose]());

test.each([
  ["objects/", []],
  ["database\\.sql$", ["objects"]],
  ["backup\\.json$", ["objects"]],
])(
  "a disk that is full when a backup comes to %s leaves no part of it",
  async (path, left) => {
    const project = prepared;
    rmSync(join(project.root, "backups"), { recursive: true, force: true });
    const { code, said } = await run(project, `backups/.*${path}`, "ENOSPC", "backup");
    expect([said, code]).toEqual([[fullDisk], 1]);
    const folders = everything(project, "backups").filter((name) => !/^objects\/[0-9a-f]{64}$/.test(name));
    expect(folders).toEqual(left.length === 0 ? ["objects"] : left);
    expect((await run(project, "^$", "ENOSPC", "backup")).code).toBe(0);
  },
  240_000,
);

test("a list, a chapter, a book and a release are written whole or not at all", async () => {
  const project = prepared;
  const list = await run(project, "list\\.csv$", "ENOSPC", "subscribers", "export", "--out", "list.csv");
  expect([list.said, list.code]).toEqual([[fullDisk], 1]);
  expect(existsSync(join(project.root, "list.csv"))).toBe(false);

  const before = everything(project, "content");
  const book = readFileSync(join(project.root, "content/tea/book.md"), "utf8");
  const chapter = ["new", "chapter", "tea", "steam", "--title", "Steam"] as const;
  for (const path of ["tea/steam", "tea/book\\.md"]) {
    expect((await run(project, path, "ENOSPC", ...chapter)).said).toEqual([fullDisk]);
  }
  expect((await run(project, "coffee/", "ENOSPC", "new", "book", "coffee", "--title", "Coffee")).said).toEqual([
    fullDisk,
  ]);
  expect(everything(project, "content")).toEqual(before);
  expect(readFileSync(join(project.root, "content/tea/book.md"), "utf8")).toBe(book);

  mkdirSync(join(project.root, ".release"));
  const release = await run(project, "\\.release/", "ENOSPC", "build");
  expect([release.said, release.code]).toEqual([[fullDisk], 1]);
  expect(everything(project, ".release").filter((name) => /\.new$|\..*\./.test(name))).toEqual([]);
  const readOnly = await run(project, "\\.release/objects$", "EROFS", "build");
  expect(readOnly.said).toEqual([
    `${join(project.root, ".release/objects")} is on a read-only disk and cannot be written: copy the project elsewhere, then run the command again.`,
  ]);
  const foreign = await run(project, "\\.release/objects$", "EACCES", "build");
  expect(foreign.said).toEqual([
    `${join(project.root, ".release/objects")} belongs to another user or is protected: make yourself the owner, for example with \`sudo chown -R "$USER" .\` in the project's folder, then run the command again.`,
  ]);
}, 240_000);
