/**
 * Caches deterministic results on disk beside the installed packages, shared by all processes of this project. It may
 * be deleted at any time; if it cannot be used, results are computed again.
 */
import { accessSync, constants, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { writeWhole } from "../write-whole.ts";
import { createCache } from "./memory-cache.ts";

/** The oldest files are deleted first. An email has some hundred kilobytes, and every change of a text adds one. */
const maxBytes = 300_000_000;

const remembered = createCache<string | undefined>();
let isWarned = false;

const besidePackages = (): string =>
  join(dirname(createRequire(import.meta.url).resolve("katex/package.json")), "../.cache/library-mail");

/** `undefined` if the folder cannot be used. */
const folder = (): string | undefined =>
  remembered("folder", () => {
    const path = usable(besidePackages());
    if (path !== undefined) deleteOldest(path);
    return path;
  });

/** The path of a file that is made on first use; if the cache cannot be used, every process makes its own. */
export async function cacheFile(name: string, make: () => Promise<Uint8Array>): Promise<string> {
  const cache = folder();
  if (cache !== undefined) {
    const path = join(cache, name);
    if (statSync(path, { throwIfNoEntry: false }) !== undefined && isReadable(path)) return path;
    const bytes = await make();
    if (writeKept(name, bytes)) return path;
    return writeAside(name, bytes);
  }
  return writeAside(name, await make());
}

/** The cached bytes; `undefined` if there are none or they cannot be read. */
export function readKept(name: string): Buffer | undefined {
  const path = join(folder() ?? "", name);
  if (folder() === undefined || statSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
  try {
    return readFileSync(path);
  } catch (error) {
    return skip(error);
  }
}

/** Atomic: another process sees the whole file or none. Returns whether the file was cached. */
export function writeKept(name: string, bytes: Uint8Array): boolean {
  const cache = folder();
  if (cache === undefined) return false;
  try {
    writeWhole(join(cache, name), bytes);
    return true;
  } catch (error) {
    skip(error);
    return false;
  }
}

/** Writes into a temporary folder that is deleted when the process exits. */
function writeAside(name: string, bytes: Uint8Array): string {
  const aside = remembered("aside", () => {
    const path = mkdtempSync(join(tmpdir(), "library-mail-"));
    process.once("exit", () => rmSync(path, { recursive: true, force: true }));
    return path;
  });
  const path = join(aside ?? "", name);
  writeWhole(path, bytes);
  return path;
}

/** One `sudo npm start` is enough to make root the owner of the folder. */
function usable(path: string): string | undefined {
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.R_OK | constants.W_OK);
    return path;
  } catch (error) {
    return skip(error);
  }
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch (error) {
    skip(error);
    return false;
  }
}

/** Warns once per process that the cache cannot be used. */
function skip(error: unknown): undefined {
  if (isWarned) return;
  isWarned = true;
  console.error(
    `The cache ${besidePackages()} cannot be used (${(error as NodeJS.ErrnoException).code ?? error}), so emails are typeset without it, which takes longer.`,
  );
}

function deleteOldest(path: string): void {
  const files = readdirSync(path).flatMap((name) => {
    const file = statSync(join(path, name), { throwIfNoEntry: false });
    return file ? [{ name, size: file.size, at: file.mtimeMs }] : [];
  });
  let bytes = 0;
  for (const { name, size } of files.sort((a, b) => b.at - a.at)) {
    bytes += size;
    if (bytes <= maxBytes) continue;
    try {
      rmSync(join(path, name), { force: true });
    } catch (error) {
      skip(error);
    }
  }
}
