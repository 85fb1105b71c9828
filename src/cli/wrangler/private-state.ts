/**
 * Keeps .wrangler/ for this user alone: the local database with readers' addresses, and the key that signs their links.
 * Wrangler itself creates files as the umask of the machine has them, which mostly lets everybody read.
 */
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";

export const stateFolder = ".wrangler";

/** Creates the folder, or closes one that is open to others. Where this may not be done, wrangler reports what is wrong. */
export function closeState(root = process.cwd()): void {
  const folder = join(root, stateFolder);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
  } catch (error) {
    if (!["EACCES", "EPERM", "EROFS"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

/** Starts a program with umask 077, which it inherits. Node cannot set one for a child alone. */
export function withPrivateUmask<Started>(start: () => Started): Started {
  if (!isMainThread) return start();
  const usual = process.umask(0o077);
  try {
    return start();
  } finally {
    process.umask(usual);
  }
}
