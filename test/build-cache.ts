/**
 * On-disk cache for what many tests need and is expensive to build, such as a compiled release. Each entry is a folder
 * beside the installed packages, named after the hash of everything it was built from. The cache can be deleted at any
 * time.
 */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { join, relative } from "node:path";

/** A full run takes minutes, so an entry unused for hours was built from code or content that has changed since. */
const maxUnusedMs = 2 * 60 * 60 * 1000;

/** Hash of files and folders: their paths relative to `root` and their bytes. */
export function hashOf(root: string, paths: readonly string[], isWanted: (path: string) => boolean = () => true) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap((path) => filesUnder(join(root, path))).filter(isWanted)) {
    const bytes = readFileSync(file);
    hash.update(`${relative(root, file).replaceAll("\\", "/")}\0${bytes.byteLength}\0`).update(bytes);
  }
  return hash.digest("hex");
}

function filesUnder(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return [];
  if (!found.isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}

/**
 * Returns the folder stored under `key`; if there is none, `build` fills it. Several processes may build it at the same
 * time: all of them use the one that is finished first, and none sees a folder that is only partly filled.
 */
export async function cachedFolder(
  cache: string,
  key: string,
  build: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(cache, key);
  if (existsSync(folder)) {
    const now = new Date();
    utimesSync(folder, now, now);
    return folder;
  }
  mkdirSync(cache, { recursive: true });
  deleteUnused(cache, Date.now() - maxUnusedMs);
  const unfinished = mkdtempSync(join(cache, "unfinished-"));
  try {
    await build(unfinished);
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function deleteUnused(cache: string, since: number): void {
  for (const name of readdirSync(cache)) {
    const found = statSync(join(cache, name), { throwIfNoEntry: false });
    if (found && found.mtimeMs < since) rmSync(join(cache, name), { recursive: true, force: true });
  }
}
