/**
 * Caches deterministic results on disk beside the installed packages, shared by all processes of this project. It may
 * be deleted at any time; if it cannot be used or is damaged, results are computed again.
 */
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { sha256 } from "../object-store.ts";
import { writePieces, writeWhole } from "../write-whole.ts";
import { createCache } from "./memory-cache.ts";

/** The files that were not used for longest are deleted first. Every change of a text adds some hundred kilobytes. */
const maxBytes = 500_000_000;
/** What was used this recently is never deleted, so that a library of any size keeps all that it consists of. */
const recentMs = 3_600_000;

const remembered = createCache<string | undefined>();
let isWarned = false;

/** `LIBRARY_CACHE` names another folder: measurements and tests start with an empty one. */
const cacheFolder = (): string =>
  process.env.LIBRARY_CACHE ??
  join(dirname(createRequire(import.meta.url).resolve("katex/package.json")), "../.cache/library-publish");

/** `undefined` if the folder cannot be used. */
function folder(): string | undefined {
  const path = cacheFolder();
  return remembered(`folder ${path}`, () => usable(path));
}

/** The path of a file that is made on first use; if the cache cannot be used, every process makes its own. */
export async function cacheFile(name: string, make: () => Promise<Uint8Array>): Promise<string> {
  const cache = folder();
  if (cache !== undefined) {
    const path = join(cache, name);
    if (statSync(path, { throwIfNoEntry: false }) !== undefined && isReadable(path)) return path;
    const bytes = await make();
    return write(name, [bytes]) ? path : writeAside(name, bytes);
  }
  return writeAside(name, await make());
}

/** The cached bytes; `undefined` if there are none, or they are damaged or cannot be read. */
export function readKept(name: string): Buffer | undefined {
  const cache = folder();
  if (cache === undefined) return undefined;
  const path = join(cache, name);
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return undefined;
    const file = readFileSync(path);
    const end = file.byteLength - hashLength;
    const bytes = file.subarray(0, Math.max(0, end));
    if (end < 0 || file.toString("latin1", end) !== sha256(bytes)) return undefined;
    if (Date.now() - found.mtimeMs > recentMs) utimesSync(path, new Date(), new Date());
    return bytes;
  } catch (error) {
    return skip(error);
  }
}

/** Every file ends with the hash of what is before it, so that a damaged one is made again. */
const hashLength = 64;

/** `bytes`: all of them, or pieces in their order, so that not all have to be in memory. */
export const writeKept = (name: string, bytes: Uint8Array | Iterable<Uint8Array>): boolean =>
  write(name, withHash(bytes instanceof Uint8Array ? [bytes] : bytes));

function* withHash(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  const hash = createHash("sha256");
  for (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
  yield Buffer.from(hash.digest("hex"));
}

export function forgetKept(name: string): void {
  const cache = folder();
  if (cache === undefined) return;
  try {
    rmSync(join(cache, name), { force: true });
  } catch (error) {
    skip(error);
  }
}

/** Atomic: another process sees the whole file or none. Returns whether the file was cached. */
function write(name: string, pieces: Iterable<Uint8Array>): boolean {
  const cache = folder();
  if (cache === undefined) return false;
  try {
    tidyAtExit(cache);
    writePieces(join(cache, name), pieces);
    return true;
  } catch (error) {
    skip(error);
    return false;
  }
}

/** Folders that this process has written to. */
const written = new Set<string>();

/** Not before all texts were asked for, and not in builds that only read. */
function tidyAtExit(cache: string): void {
  if (written.size === 0) process.once("exit", () => written.forEach(deleteOldest));
  written.add(cache);
}

/** Writes into a temporary folder that is deleted when the process exits. */
function writeAside(name: string, bytes: Uint8Array): string {
  const aside = remembered("aside", () => {
    const path = mkdtempSync(join(tmpdir(), "library-publish-"));
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
    `The cache ${cacheFolder()} cannot be used (${(error as NodeJS.ErrnoException).code ?? error}), so everything is compiled again, which takes longer.`,
  );
}

function deleteOldest(path: string): void {
  const now = Date.now();
  const files = (existsSync(path) ? readdirSync(path) : []).flatMap((name) => {
    const file = statSync(join(path, name), { throwIfNoEntry: false });
    return file ? [{ name, size: file.size, at: file.mtimeMs }] : [];
  });
  let bytes = 0;
  for (const { name, size, at } of files.sort((a, b) => b.at - a.at)) {
    bytes += size;
    if (bytes <= maxBytes || now - at <= recentMs) continue;
    try {
      rmSync(join(path, name), { force: true });
    } catch (error) {
      skip(error);
    }
  }
}
