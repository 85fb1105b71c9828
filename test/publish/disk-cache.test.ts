/** Checks how much the cache on disk keeps: what was not used for longest is deleted first, and nothing that is in use. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, expect, test } from "vitest";
import { repository } from "../world.ts";

const module = pathToFileURL(join(repository, "src/publish/cache/disk-cache.ts")).href;
const folder = mkdtempSync(join(tmpdir(), "disk-cache-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs code in a process of its own: a cache is tidied when a process ends. */
function run(code: string): string {
  const script = `const { readKept, writeKept } = await import("${module}"); ${code}`;
  const env = { ...process.env, LIBRARY_CACHE: folder };
  const { stdout, stderr } = spawnSync("node", ["--input-type=module", "-e", script], { encoding: "utf8", env });
  return stdout + stderr;
}

const hour = 3_600_000;
const lastUsed = (name: string, hoursAgo: number): void => {
  const at = new Date(Date.now() - hoursAgo * hour);
  utimesSync(join(folder, name), at, at);
};

/** Takes no space on the disk. */
function large(name: string, hoursAgo: number): void {
  writeFileSync(join(folder, name), "");
  truncateSync(join(folder, name), 200_000_000);
  lastUsed(name, hoursAgo);
}

test("what was not used for longest is deleted, and what was read or written lately is not, however much it is", () => {
  run('writeKept("read", Buffer.from("text"));');
  lastUsed("read", 99);
  for (const [name, hoursAgo] of [
    ["a", 30],
    ["b", 20],
    ["c", 10],
  ] as const)
    large(name, hoursAgo);
  expect(run('console.log(String(readKept("read")));')).toBe("text\n");
  expect(readdirSync(folder).sort()).toEqual(["a", "b", "c", "read"]);
  expect(run('writeKept("written", Buffer.from("text"));')).toBe("");
  expect(readdirSync(folder).sort()).toEqual(["b", "c", "read", "written"]);
  for (const name of ["d", "e", "f"]) large(name, 0);
  run('writeKept("again", Buffer.from("text"));');
  expect(readdirSync(folder).sort()).toEqual(["again", "d", "e", "f", "read", "written"]);
});

test("what is written in pieces is read as a whole, and nothing is kept if a piece cannot be had", () => {
  const pieces = '[Buffer.from("in "), Buffer.from("pieces")]';
  expect(run(`writeKept("pieces", ${pieces}); console.log(String(readKept("pieces")));`)).toBe("in pieces\n");
  const broken =
    "(function* () { yield Buffer.from('half'); throw Object.assign(new Error(), { code: 'ENOENT' }); })()";
  expect(run(`console.log(writeKept("broken", ${broken}));`)).toContain("false");
  expect(readdirSync(folder)).not.toEqual(expect.arrayContaining([expect.stringContaining("broken")]));
});
