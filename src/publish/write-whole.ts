/** Writes files atomically: after a failure, such as a full disk, the partial file is deleted. */
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** Replaces a file atomically: readers see the old content or the new, even if this process is killed. */
export function writeWhole(path: string, content: string | Uint8Array, mode = 0o666): void {
  const beside = `${path}.${process.pid}.new`;
  deletingOnFailure(beside, () => {
    writeFileSync(beside, content, { mode });
    renameSync(beside, path);
  });
}

/** Replaces a file atomically by the pieces in their order. Each is asked for when the one before is written. */
export function writePieces(path: string, pieces: Iterable<Uint8Array>): void {
  const beside = `${path}.${process.pid}.new`;
  deletingOnFailure(beside, () => {
    const file = openSync(beside, "w");
    try {
      for (const piece of pieces) writeFileSync(file, piece);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  });
}

/** Replaces a file atomically, and only if its content changes, so that watchers are not triggered needlessly. */
export function writeIfOther(path: string, content: string): boolean {
  if (existsSync(path) && readFileSync(path, "utf8") === content) return false;
  writeWhole(path, content);
  return true;
}

/** Creates a file; if it exists, throws EEXIST and changes nothing. */
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

/** Deletes the file or folder if the work fails. */
export function deletingOnFailure<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    rmSync(path, { recursive: true, force: true });
    throw error;
  }
}
