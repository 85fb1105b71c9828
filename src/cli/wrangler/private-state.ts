/**
 * Restricts .wrangler/ to this user: it has the local database with email addresses and the key that signs their links.
 * Wrangler creates files with the machine's umask, which usually lets everyone read them.
 */
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";

export const stateFolder = ".wrangler";
/** Data of the local bindings, such as databases. */
export const statePath = `${stateFolder}/state/v3`;

/** Creates the folder, or restricts an existing one. Without permission, wrangler reports the problem later. */
export function closeState(root = process.cwd()): void {
  const folder = join(root, stateFolder);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
  } catch (error) {
    if (!["EACCES", "EPERM", "EROFS"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

/** Starts a program with umask 077, which it inherits: Node cannot set the umask of a child process alone. */
export function withPrivateUmask<Started>(start: () => Started): Started {
  if (!isMainThread) return start();
  const usual = process.umask(0o077);
  try {
    return start();
  } finally {
    process.umask(usual);
  }
}
