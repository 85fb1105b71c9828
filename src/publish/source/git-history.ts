/**
 * Finds texts that were recently deleted from content/ according to Git, and the texts that existed before each
 * deletion.
 */
import { runProgram } from "../run-program.ts";

/** A chapter that has been missing for longer was not just moved: see src/library/identify.ts. */
const windowMs = 30 * 86_400_000;

export interface GoneFile {
  /** `content/tea/cooling.md` */
  readonly path: string;
  /** Git's name of its last version. */
  readonly object: string;
  /** Milliseconds since 1970. */
  readonly goneAt: number;
  /** Files that existed before it was deleted: it did not move to any of them. */
  readonly present: ReadonlySet<string>;
}

const textPath = /^content\/[^/]+\/[^/]+\.md$/;

/** Deleted files, latest first; empty without Git history. `now` in milliseconds since 1970. */
export async function findGone(root: string, files: ReadonlySet<string>, now: number): Promise<GoneFile[]> {
  const [tree, log] = await Promise.all([
    git(root, "ls-tree", "-r", "--name-only", "-z", "HEAD", "content"),
    git(
      root,
      "log",
      `--since=${Math.floor((now - windowMs) / 1000)}`,
      "--name-status",
      "--no-renames",
      "--relative",
      "-z",
      "--format=%x01%H %ct",
      "--",
      "content",
    ),
  ]);
  const present = new Set((tree ?? "").split("\0").filter((path) => textPath.test(path)));
  const gone = new Map<string, GoneFile>();
  const add = (path: string, object: string, goneAt: number) => {
    if (textPath.test(path) && !files.has(path) && !gone.has(path))
      gone.set(path, { path, object: `${object}:./${path}`, goneAt, present: new Set(present) });
  };
  for (const path of present) add(path, "HEAD", now);
  // From the newest commit to the oldest, `present` is rewound.
  for (const { commit, at, changes } of parseLog(log ?? "")) {
    for (const [status, path] of changes) if (status === "A") present.delete(path);
    for (const [status, path] of changes) if (status === "D") present.add(path);
    for (const [status, path] of changes) if (status === "D") add(path, `${commit}^`, at);
  }
  return [...gone.values()];
}

export const readGone = (root: string, { object }: GoneFile): Promise<string | undefined> => git(root, "show", object);

/** Texts that differ from what was pushed last to the upstream branch, as they were then; empty without one. */
export async function readUpstream(root: string): Promise<ReadonlyMap<string, string>> {
  const upstream = "@{upstream}";
  const changed = await git(root, "diff", "--name-only", "--relative", "-z", upstream, "--", "content");
  const paths = (changed ?? "").split("\0").filter((path) => textPath.test(path));
  const read = await Promise.all(
    paths.map(async (path) => [path, await git(root, "show", `${upstream}:./${path}`)] as const),
  );
  return new Map(read.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])));
}

interface Commit {
  readonly commit: string;
  readonly at: number;
  readonly changes: readonly (readonly [status: string, path: string])[];
}

function parseLog(log: string): Commit[] {
  return log
    .split("\x01")
    .slice(1)
    .map((part) => {
      const [head = "", ...rest] = part.split("\0");
      const [commit = "", seconds = ""] = head.trim().split(" ");
      const fields = rest.map((field) => field.replace(/^\n/, "")).filter((field) => field !== "");
      const changes = fields.flatMap((status, index) =>
        index % 2 === 0 ? [[status, fields[index + 1] ?? ""] as const] : [],
      );
      return { commit, at: Number(seconds) * 1000, changes };
    });
}

/** `undefined` without Git, outside of a repository, and before the first commit. */
async function git(root: string, ...args: readonly string[]): Promise<string | undefined> {
  const { ok, stdout } = await runProgram("git", ["-C", root, ...args]);
  return ok ? stdout : undefined;
}
