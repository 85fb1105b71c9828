/** Checks the cache of compiled releases: no outdated or partial entries, and unused ones are deleted. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cachedFolder, hashOf } from "../build-cache.ts";
import { bookFolder, repository } from "../world.ts";
import { codePaths, worldRelease } from "../world-release.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "library-cache-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const write = (text: string) => async (folder: string) => {
  writeFileSync(join(folder, "first"), text);
  await new Promise(setImmediate);
  writeFileSync(join(folder, "second"), text);
};
const read = (folder: string) => ["first", "second"].map((name) => readFileSync(join(folder, name), "utf8"));

test("the hash changes with every byte, every name, and every file that is added or deleted", () => {
  const hashes = new Set<string>();
  const record = () => hashes.add(hashOf(home, ["."]));
  for (const [name, text] of [
    ["a", "1"],
    ["a", "2"],
    ["b", "2"],
    ["b", ""],
  ] as const) {
    writeFileSync(join(home, name), text);
    record();
  }
  rmSync(join(home, "a"));
  record();
  expect(hashes.size).toBe(5);
  record();
  expect(hashes.size).toBe(5);
});

test("an entry is built once, even if two want it at the same time: both get a whole one", async () => {
  const folders = await Promise.all([cachedFolder(home, "key", write("one")), cachedFolder(home, "key", write("two"))]);
  expect(folders[0]).toBe(folders[1]);
  const [first, second] = read(join(home, "key"));
  expect(first).toBe(second);
  expect(readdirSync(home)).toEqual(["key"]);
  const again = await cachedFolder(home, "key", () => Promise.reject(new Error("It was built again.")));
  expect(read(again)).toEqual([first, second]);
});

test("a build that fails leaves nothing behind, and the next one starts afresh", async () => {
  const fail = async (folder: string) => {
    writeFileSync(join(folder, "first"), "half");
    throw new Error("The disk is full.");
  };
  await expect(cachedFolder(home, "key", fail)).rejects.toThrow("The disk is full.");
  expect(readdirSync(home)).toEqual([]);
  expect(read(await cachedFolder(home, "key", write("whole")))).toEqual(["whole", "whole"]);
});

test("entries that were not used for hours are deleted, and those in use are kept", async () => {
  for (const key of ["old", "used", "unfinished-of-a-killed-process"]) {
    await cachedFolder(home, key, write(key));
    const hoursAgo = new Date(Date.now() - 3 * 60 * 60 * 1000);
    utimesSync(join(home, key), hoursAgo, hoursAgo);
  }
  await cachedFolder(home, "used", write("other"));
  await cachedFolder(home, "new", write("new"));
  expect(readdirSync(home).sort()).toEqual(["new", "used"]);
});

test("a release is compiled again as soon as one byte of its content has changed", async () => {
  cpSync(join(bookFolder("tea"), "content"), join(home, "content"), { recursive: true });
  const before = await worldRelease(home);
  expect((await worldRelease(bookFolder("tea"))).folder).toBe(before.folder);
  const chapter = join(home, "content/tea/leaves.md");
  writeFileSync(chapter, `${readFileSync(chapter, "utf8")}\nOne more sentence for ${home}.\n`);
  const after = await worldRelease(home);
  expect(after.folder).not.toBe(before.folder);
  expect(existsSync(before.folder)).toBe(true);
  expect(JSON.stringify(after.manifest)).not.toBe(JSON.stringify(before.manifest));
});

test("the hash covers every file that the compiler and the Worker import", async () => {
  const { metafile } = await build({
    absWorkingDir: repository,
    entryPoints: ["test/world-worker.ts", "src/publish/compile-library.ts", "src/publish/release.ts"],
    bundle: true,
    write: false,
    outdir: home,
    platform: "node",
    format: "esm",
    packages: "external",
    external: ["*/manifest.json"],
    metafile: true,
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.length).toBeGreaterThan(100);
  expect(inputs.filter((path) => !codePaths.some((known) => path === known || path.startsWith(`${known}/`)))).toEqual(
    [],
  );
});
