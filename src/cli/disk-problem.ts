/** Explains in a sentence why a file could not be written: a full disk, a quota, or missing permissions. */

const again = "then run the command again.";

/** `undefined` for any other error. Only file system calls count: listening on a port can fail with the same codes. */
export function diskProblem(error: unknown): string | undefined {
  const { code, path, syscall = "" } = error as NodeJS.ErrnoException;
  if (/^(listen|bind|connect|spawn|kill)/.test(syscall)) return undefined;
  // Only `open` reports the path; a failing `write` does not.
  const file = path === undefined ? "a file" : path;
  switch (code) {
    case "ENOSPC":
      return `The disk is full, so ${file} was not written: free some space, ${again}`;
    case "EDQUOT":
      return `Your disk quota is used up, so ${file} was not written: free some space, ${again}`;
    case "EROFS":
      return `${file === "a file" ? "A file" : file} is on a read-only disk and cannot be written: copy the project elsewhere, ${again}`;
    case "EACCES":
    case "EPERM":
      return `${file === "a file" ? "A file" : file} belongs to another user or is protected: make yourself the owner, for example with \`sudo chown -R "$USER" .\` in the project's folder, ${again}`;
    default:
      return undefined;
  }
}
