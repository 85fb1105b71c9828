/**
 * Creates a temporary folder that only this user can read, for data such as email addresses, and deletes it afterwards,
 * also on failure.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** `name` is the prefix of the folder's name; `work` receives its path. */
export async function inPrivateFolder<Result>(
  name: string,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  const clear = () => rmSync(folder, { recursive: true, force: true });
  // Ctrl+C ends the process without running `finally`. Exit codes are those of a shell.
  const interrupted = () => {
    clear();
    process.exit(130);
  };
  const ended = () => {
    clear();
    process.exit(143);
  };
  process.once("SIGINT", interrupted).once("SIGTERM", ended);
  try {
    return await work(folder);
  } finally {
    process.off("SIGINT", interrupted).off("SIGTERM", ended);
    clear();
  }
}
