/** Rehearses a clone without installed packages, with the machine's own Node: every script names what is missing. */
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { repository } from "../world.ts";

/** These two install the packages themselves. */
const installing = ["start", "test"];
const scripts = Object.keys(JSON.parse(readFileSync(join(repository, "package.json"), "utf8")).scripts);

function clone() {
  const root = mkdtempSync(join(tmpdir(), "library-clone-"));
  for (const path of ["src", "test/bench", "test/look-at-figure.ts", "package.json", "package-lock.json"]) {
    cpSync(join(repository, path), join(root, path), { recursive: true });
  }
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

function run(root: string, command: string, args: readonly string[]): Promise<{ code: number; said: string }> {
  // Undoes what `npm test` does: it puts the project's packages first in PATH.
  const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));
  const environment = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE$|NODE_|INIT_CWD)/.test(name));
  const env = { ...Object.fromEntries(environment), PATH: path.join(delimiter) };
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => said.push(String(data)));
    child.on("error", ({ message }) => resolve({ code: 1, said: message }));
    child.on("close", (code) => resolve({ code: code ?? 1, said: said.join("") }));
  });
}

test.concurrent.each(scripts.filter((name) => !installing.includes(name)))("npm run %s", async (name) => {
  using fresh = clone();
  const { code, said } = await run(fresh.root, "npm", ["run", "--silent", name]);
  expect([said, code]).toEqual(["Run `npm ci` first: this project's packages are not installed.\n", 1]);
});

test.concurrent.each(installing)("npm run %s -- --help installs nothing", async (name) => {
  using fresh = clone();
  const { code, said } = await run(fresh.root, "npm", ["run", "--silent", name, "--", "--help"]);
  expect([said, code]).toEqual(["Run `npm ci` first: this project's packages are not installed.\n", 1]);
  expect(existsSync(join(fresh.root, "node_modules"))).toBe(false);
});

test("packages of an older version of the project are named as such", async () => {
  using fresh = clone();
  cpSync(join(repository, "node_modules/.package-lock.json"), join(fresh.root, "node_modules/.package-lock.json"));
  const lock = readFileSync(join(fresh.root, "package-lock.json"), "utf8");
  const changed = JSON.parse(lock);
  changed.packages["node_modules/commander"].version = "99.0.0";
  writeFileSync(join(fresh.root, "package-lock.json"), JSON.stringify(changed));
  const { code, said } = await run(fresh.root, "npm", ["run", "--silent", "doctor"]);
  expect([said, code]).toEqual(["Run `npm ci` first: the installed packages do not match package-lock.json.\n", 1]);
});

test("a Node that is too old is named, with the one that is needed", async () => {
  const module = pathToFileURL(join(repository, "src/cli/commands/installed.mjs")).href;
  const { nodeProblem } = (await import(module)) as { nodeProblem: (version: string) => string | undefined };
  expect(["v22.18.0", "v24.1.0", "v30.0.0"].map(nodeProblem)).toEqual([undefined, undefined, undefined]);
  expect(nodeProblem("v20.20.2")).toBe(
    "This project needs Node 22.18 or newer, but `node` is 20.20: install a newer version from https://nodejs.org.",
  );
  expect(nodeProblem("v22.17.9")).toContain("`node` is 22.17");
});
