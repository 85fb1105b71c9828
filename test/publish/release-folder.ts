/** Copies a library into a temporary folder, and reads what compiling writes to its .release/. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { afterEach } from "vitest";
import { type Manifest, parseManifest } from "../../src/library/manifest.ts";
import { LibraryCompiler } from "../../src/publish/compile-library.ts";
import { createFolderStore, sha256 } from "../../src/publish/object-store.ts";
import { bookFolder, repository } from "../world.ts";

const homes: string[] = [];
afterEach(() => {
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
});

export function copyOf(folder = bookFolder("tea")): string {
  const home = mkdtempSync(join(tmpdir(), "release-"));
  homes.push(home);
  cpSync(join(folder, "content"), join(home, "content"), { recursive: true });
  return home;
}

/** A cache of its own, for `LIBRARY_CACHE`, in which only fonts are known: subsetting them takes longest. */
export function coldCache(): string {
  const folder = mkdtempSync(join(tmpdir(), "library-cache-"));
  homes.push(folder);
  const usual = join(repository, "node_modules/.cache/library-publish");
  for (const name of existsSync(usual) ? readdirSync(usual) : [])
    if (/\.(ttf|woff2)$/.test(name)) cpSync(join(usual, name), join(folder, name));
  return folder;
}

export const compilerFor = (home: string) =>
  new LibraryCompiler(home, createFolderStore(join(home, ".release/objects")));

/** Every file of the release by name, with the hash of its bytes. */
export function filesOf(home: string): Record<string, string> {
  const folder = join(home, ".release");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return Object.fromEntries(names.sort().map((name) => [name, sha256(readFileSync(join(folder, name)))]));
}

export const manifestOf = (home: string): Manifest =>
  parseManifest(JSON.parse(readFileSync(join(home, ".release/manifest.json"), "utf8")));

export function build(home: string, environment: Readonly<Record<string, string>> = {}) {
  const env = {
    ...process.env,
    NO_COLOR: "1",
    FORCE_COLOR: undefined,
    LIBRARY_COMPILED_BY_START: undefined,
    ...environment,
  };
  return spawnSync(process.execPath, [join(repository, "src/cli/commands/build.ts")], {
    cwd: home,
    env,
    encoding: "utf8",
  });
}

/** What an author reads, without the progress lines that appear on a slow machine. */
export const withoutProgress = (stderr: string): string =>
  stderr.replace(/^(Compiling|Checking) page \d+ of \d+ \(\d+ %\)\n/gm, "");

export const edit = (home: string, path: string, change: (text: string) => string): void =>
  writeFileSync(join(home, path), change(readFileSync(join(home, path), "utf8")));

/** A grey pixel as PNG; a different `shade` makes a different file. */
export const dot = (shade: number): Buffer =>
  Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]),
    chunk("IDAT", deflateSync(Buffer.from([0, shade]))),
    chunk("IEND", []),
  ]);

function chunk(name: string, content: Iterable<number>): Buffer {
  const named = Buffer.concat([Buffer.from(name), Buffer.from([...content])]);
  const numbers = Buffer.alloc(8);
  numbers.writeUInt32BE(named.length - 4, 0);
  numbers.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([numbers.subarray(0, 4), named, numbers.subarray(4)]);
}
