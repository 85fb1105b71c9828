/** Copies a checkout, so that measuring neither reads nor fills the caches of the original. */
import { copyFileSync, cpSync, linkSync, mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";

const parts = ["src", "test", "migrations", "package.json", "package-lock.json", "tsconfig.json", "wrangler.toml"];
/** Compiled modules of the commands, which the first command after `npm ci` writes. */
const compiledModules = "library-commands";

/** Without content/. The packages are hard links, because the compiler finds its caches beside the real packages. */
export function copyCheckout(root: string, copy: string): string {
  mkdirSync(copy, { recursive: true });
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true });
  link(join(root, "node_modules"), join(copy, "node_modules"));
  return copy;
}

function link(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.name === ".cache") continue;
    if (entry.isDirectory()) link(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkOrCopy(source, target);
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    // Another file system, or one without hard links.
    copyFileSync(source, target);
  }
}

/** Deletes everything that was compiled, in the folder and in the caches. */
export function forgetBuilds(copy: string): void {
  rmSync(join(copy, ".release"), { recursive: true, force: true });
  const caches = join(copy, "node_modules/.cache");
  mkdirSync(caches, { recursive: true });
  for (const name of readdirSync(caches).filter((cache) => cache !== compiledModules))
    rmSync(join(caches, name), { recursive: true, force: true });
}

export function replaceContent(copy: string, fill: (root: string) => void): void {
  rmSync(join(copy, "content"), { recursive: true, force: true });
  fill(copy);
}
