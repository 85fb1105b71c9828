/** Rehearses `--help` of every script in package.json: it prints help and does nothing else. */
import { cpSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openCloudflare } from "../fakes/cloudflare-api.ts";
import { repository } from "../world.ts";
import { ownFiles } from "./own-files.ts";
import { copyProject } from "./project.ts";

const project = copyProject();
cpSync(join(repository, "test"), join(project.root, "test"), { recursive: true });
for (const name of [".biome.json", "package-lock.json"]) cpSync(join(repository, name), join(project.root, name));
// A script that did any work would fail on this file and say so.
writeFileSync(join(project.root, "content/library.md"), "no front matter");
const cloudflare = await openCloudflare();
afterAll(async () => {
  project[Symbol.dispose]();
  await cloudflare[Symbol.asyncDispose]();
});

/** Every file, with its time of modification. */
const files = (): string[] =>
  ownFiles(project.root)
    .filter((path) => !path.startsWith(join(project.root, "home")))
    .map((path) => `${path} ${statSync(path).mtimeMs}`)
    .sort();

const scripts: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(repository, "package.json"), "utf8"),
).scripts;
/** These print the help of other programs. */
const others: Readonly<Record<string, RegExp>> = {
  "check:style": /^Usage: .*check/m,
  "check:unused": /^Usage: knip/m,
  "db:generate": /^Usage:/m,
};
/** `npm test` does not use Commander for its help, because it may run before packages are installed. */
const own: Readonly<Record<string, RegExp>> = {
  test: /^npm test -- test\/site +one folder or file$/m,
  "test:clients": /^npm run test:clients +the journeys in Firefox and WebKit/m,
};
const before = files();

test.concurrent.each(Object.keys(scripts))(
  "npm run %s -- --help",
  async (name) => {
    expect(name, "npm does not tell such a script that --help was asked for").not.toMatch(/^(pre|post)(?!view)/);
    const { code, said } = await project.run("npm", ["run", "--silent", name, "--", "--help"], cloudflare);
    const words = others[name] ?? own[name] ?? new RegExp(`^Usage: npm (run )?${name}\\b`, "m");
    expect(said).toMatch(words);
    expect(code).toBe(0);
    expect(files()).toEqual(before);
    expect(cloudflare.requests).toEqual([]);
  },
  60_000,
);

test.concurrent.each(["start", "check", "check:types", "build", "figure", "bench"])(
  "npm run %s refuses what it does not know",
  async (name) => {
    const { code, said } = await project.run("npm", ["run", "--silent", name, "--", "--halp"], cloudflare);
    expect([said, code]).toEqual([expect.stringMatching(/^Unknown option `--halp`\. Did you mean `--help`\?\n$/), 1]);
    expect(files()).toEqual(before);
  },
  60_000,
);
