/**
 * What takes long to make and is the same every time, kept on disk beside the installed packages, where every
 * process of this project finds it again. It may be deleted at any time, and a cache that cannot be used is skipped.
 */
import { accessSync, constants, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { writeWhole } from "../write-whole.ts";
import { createCache } from "./memory-cache.ts";

/** What was written last stays: a mail has some hundred kilobytes, and every change of a text makes another. */
const maxBytes = 300_000_000;

const remembered = createCache<string | undefined>();
let isWarned = false;

const besidePackages = (): string =>
  join(dirname(createRequire(import.meta.url).resolve("katex/package.json")), "../.cache/library-mail");

/** `undefined` if no folder can be used. */
const folder = (): string | undefined =>
  remembered("folder", () => {
    const path = usable(besidePackages());
    if (path !== undefined) deleteOldest(path);
    return path;
  });

/** The path of a file that is made the first time it is asked for: by every process, if the cache cannot be used. */
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

/** What was kept under that name; nothing, where there is none, or where it cannot be read. */
export function readKept(name: string): Buffer | undefined {
  const path = join(folder() ?? "", name);
  if (folder() === undefined || statSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
  try {
    return readFileSync(path);
  } catch (error) {
    return skip(error);
  }
}

/** Another process sees the whole file or none. The result says whether it was kept. */
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

/** In a folder of this process, which is gone with it. */
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

/** One `sudo npm start` is enough to give the folder to another user. */
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

/** Says once for the whole process that work is done again for lack of a cache. */
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
