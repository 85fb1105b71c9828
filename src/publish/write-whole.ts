/** Writes files whole or not at all: what a full disk leaves of one is deleted. */
import { closeSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** Replaces a file in one step: readers and a process that is killed see the old content or the new. */
export function writeWhole(path: string, content: string | Uint8Array, mode = 0o666): void {
  const beside = `${path}.${process.pid}.new`;
  deletingOnFailure(beside, () => {
    writeFileSync(beside, content, { mode });
    renameSync(beside, path);
  });
}

/** Writes a file that must not exist yet; throws EEXIST, and touches nothing, if it does. */
export function writeNew(path: string, content: string | Uint8Array, mode = 0o666): void {
  const file = openSync(path, "wx", mode);
  deletingOnFailure(path, () => {
    try {
      writeFileSync(file, content);
    } finally {
      closeSync(file);
    }
  });
}

/** Deletes what was to be written, a file or a folder, if the work fails. */
export function deletingOnFailure<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    rmSync(path, { recursive: true, force: true });
    throw error;
  }
}
