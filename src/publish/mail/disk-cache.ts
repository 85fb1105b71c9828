/**
 * What takes long to make and is the same every time, kept on disk beside the installed packages, where every
 * process of this project finds it again. It may be deleted at any time.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createMemory } from "./memory.ts";

/** What was written last stays: a mail has some hundred kilobytes, and every change of a text makes another. */
const maxBytes = 300_000_000;

const remembered = createMemory<string>();

const folder = (): string =>
  remembered("folder", () => {
    const packages = join(dirname(createRequire(import.meta.url).resolve("katex/package.json")), "..");
    const path = writable(join(packages, ".cache/library-mail")) ?? writable(join(tmpdir(), "library-mail"));
    if (path === undefined) throw new Error(`Neither ${packages} nor ${tmpdir()} can be written to.`);
    tidy(path);
    return path;
  });

/** The path of a file that is made the first time it is asked for. */
export async function keepFile(name: string, make: () => Promise<Uint8Array>): Promise<string> {
  const path = join(folder(), name);
  if (statSync(path, { throwIfNoEntry: false }) === undefined) writeKept(name, await make());
  return path;
}

/** What was kept under that name; nothing, where there is none. */
export function readKept(name: string): Buffer | undefined {
  const path = join(folder(), name);
  return statSync(path, { throwIfNoEntry: false }) === undefined ? undefined : readFileSync(path);
}

/** Written beside and renamed: another process sees the whole file or none. */
export function writeKept(name: string, bytes: Uint8Array): void {
  const path = join(folder(), name);
  writeFileSync(`${path}.${process.pid}`, bytes);
  renameSync(`${path}.${process.pid}`, path);
}

function writable(path: string): string | undefined {
  try {
    mkdirSync(path, { recursive: true });
    return path;
  } catch {
    // Packages may be installed where only another user may write.
    return undefined;
  }
}

function tidy(path: string): void {
  const files = readdirSync(path).flatMap((name) => {
    const file = statSync(join(path, name), { throwIfNoEntry: false });
    return file ? [{ name, size: file.size, at: file.mtimeMs }] : [];
  });
  let bytes = 0;
  for (const { name, size } of files.sort((a, b) => b.at - a.at)) {
    bytes += size;
    if (bytes > maxBytes) rmSync(join(path, name), { force: true });
  }
}
