/**
 * Caches a whole release by the hash of content/ and of the code, so that an unchanged library is published without
 * loading the compiler. `.release/` is checked against it, and files that are missing there are restored.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { readKept, writeKept } from "./cache/disk-cache.ts";
import { packFiles, unpackFiles } from "./cache/file-pack.ts";
import { releaseCode, releaseCodeKey } from "./compiler-code.ts";
import { sha256 } from "./object-store.ts";
import { manifestName, releaseFolder } from "./release-paths.ts";
import { compareText, type Problem } from "./source/problem.ts";
import { writeIfOther, writeWhole } from "./write-whole.ts";

/** What the author is told of a compiled release. */
export interface ReleaseReport {
  readonly warnings: readonly Problem[];
  /** Number of texts. */
  readonly texts: number;
}

interface KeptRelease extends ReleaseReport {
  /** Content of the files at the top of `.release/`, the manifest last. */
  readonly written: readonly (readonly [name: string, content: string])[];
  /** Files of the folders, whose names contain their hashes, with their sizes. */
  readonly files: readonly (readonly [name: string, bytes: number])[];
  /** Code outside of content/ that modules of books import, with its hash. */
  readonly imported: readonly (readonly [path: string, hash: string])[];
}

const folders = ["objects", "assets"];

/** `undefined` if content/ cannot be read as a whole: the compiler then says why. */
export function releaseKey(root: string): string | undefined {
  try {
    const settings = ["package.json", "tsconfig.json"].map((name) => hashOf(join(root, name)));
    return sha256([releaseCodeKey(), ...settings, ...listFiles(root, "content")].join("\n"));
  } catch {
    return undefined;
  }
}

/** Every file and folder below a folder, with the hashes of the files. The compiler ignores names that begin with a dot. */
function listFiles(root: string, folder: string): string[] {
  const names = readdirSync(join(root, folder)).filter((name) => !name.startsWith("."));
  return names.sort(compareText).flatMap((name) => {
    const path = `${folder}/${name}`;
    return statSync(join(root, path)).isDirectory()
      ? [`${path}/`, ...listFiles(root, path)]
      : [`${path} ${hashOf(join(root, path))}`];
  });
}

const hashOf = (path: string): string => (existsSync(path) ? sha256(readFileSync(path)) : "");

const isIn = (folder: string, path: string): boolean => path.startsWith(folder + sep);

/** Covered by `releaseCodeKey`. */
const isInCode = (path: string): boolean =>
  path.includes(`${sep}node_modules${sep}`) || releaseCode.some((code) => isIn(code, path));

const nameOf = (key: string, part: "release" | "files"): string => `${key}.${part}`;

/** Brings `home`/.release up to date if the release with this key is known. Changes nothing that is right already. */
export function recallRelease(
  key: string,
  root: string,
  home: string,
): (ReleaseReport & { readonly changed: boolean }) | undefined {
  const record = readKept(nameOf(key, "release"));
  if (record === undefined) return undefined;
  const kept = JSON.parse(record.toString("utf8")) as KeptRelease;
  if (kept.imported.some(([path, hash]) => hashOf(join(root, path)) !== hash)) return undefined;
  const folder = join(home, releaseFolder);
  if (!restore(key, folder, kept.files)) return undefined;
  const changed = kept.written.map(([name, content]) => writeIfOther(join(folder, name), content)).at(-1) ?? false;
  const wanted = new Set(kept.files.map(([name]) => name));
  for (const part of folders)
    for (const name of readdirSync(join(folder, part)))
      if (!wanted.has(`${part}/${name}`)) rmSync(join(folder, part, name));
  return { warnings: kept.warnings, texts: kept.texts, changed };
}

/** Whether all files are there now. A file of another size is what an interrupted build left. */
function restore(key: string, folder: string, files: KeptRelease["files"]): boolean {
  const missing = files.filter(
    ([name, bytes]) => statSync(join(folder, name), { throwIfNoEntry: false })?.size !== bytes,
  );
  for (const part of folders) mkdirSync(join(folder, part), { recursive: true });
  if (missing.length === 0) return true;
  const pack = readKept(nameOf(key, "files"));
  const packed = pack && unpackFiles(pack);
  if (!packed || !missing.every(([name]) => packed.has(name))) return false;
  for (const [name] of missing) writeWhole(join(folder, name), packed.get(name) ?? "");
  return true;
}

/** Caches what a build has just written into `home`/.release. */
export function keepRelease(
  key: string,
  root: string,
  home: string,
  { warnings, texts }: ReleaseReport,
  moduleFiles: readonly string[],
): void {
  const folder = join(home, releaseFolder);
  const packed = new Map(
    folders.flatMap((part) =>
      readdirSync(join(folder, part)).map(
        (name) => [`${part}/${name}`, readFileSync(join(folder, part, name))] as const,
      ),
    ),
  );
  const kept: KeptRelease = {
    warnings,
    texts,
    written: ["_headers", ".assetsignore", manifestName].map((name) => [
      name,
      readFileSync(join(folder, name), "utf8"),
    ]),
    files: [...packed].map(([name, bytes]) => [name, bytes.byteLength]),
    imported: moduleFiles
      .filter((path) => !isIn(join(root, "content"), path) && !isInCode(path))
      .map((path) => [relative(root, path), hashOf(path)]),
  };
  writeKept(nameOf(key, "files"), packFiles(packed));
  writeKept(nameOf(key, "release"), Buffer.from(JSON.stringify(kept)));
}
