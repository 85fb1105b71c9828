/**
 * Caches a whole release by the hash of content/ and of the code, so that an unchanged library is published without
 * loading the compiler. `.release/` is checked against it, and files that are missing there are restored.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { packHead, unpackFiles } from "../library/file-pack.ts";
import { readKept, writeKept } from "./cache/disk-cache.ts";
import type { CompiledLibrary } from "./compile-library.ts";
import { releaseCode, releaseCodeKey } from "./compiler-code.ts";
import { sha256 } from "./object-store.ts";
import { packObjects } from "./pack-objects.ts";
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
  /** Files of the folders, whose names contain their hashes, with their sizes and the cached files that contain them. */
  readonly files: readonly (readonly [name: string, bytes: number, pack: string])[];
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
  mostUnpacked?: number,
): (ReleaseReport & { readonly changed: boolean }) | undefined {
  const record = readKept(nameOf(key, "release"));
  if (record === undefined) return undefined;
  const kept = JSON.parse(record.toString("utf8")) as KeptRelease;
  if (kept.imported.some(([path, hash]) => hashOf(join(root, path)) !== hash)) return undefined;
  const folder = join(home, releaseFolder);
  if (!restore(folder, kept.files)) return undefined;
  const objects = kept.files.filter(([name]) => dirname(name) === "objects").map(([name]) => basename(name));
  packObjects(folder, new Set(objects), mostUnpacked);
  const changed = kept.written.map(([name, content]) => writeIfOther(join(folder, name), content)).at(-1) ?? false;
  const wanted = new Set(kept.files.map(([name]) => name));
  for (const part of folders)
    for (const name of readdirSync(join(folder, part)))
      if (!wanted.has(`${part}/${name}`)) rmSync(join(folder, part, name));
  return { warnings: kept.warnings, texts: kept.texts, changed };
}

/** Whether all files are there now. A file of another size is what an interrupted build left. */
function restore(folder: string, files: KeptRelease["files"]): boolean {
  const missing = files.filter(
    ([name, bytes]) => statSync(join(folder, name), { throwIfNoEntry: false })?.size !== bytes,
  );
  for (const part of folders) mkdirSync(join(folder, part), { recursive: true });
  if (missing.length === 0) return true;
  for (const [pack, files] of Map.groupBy(missing, ([, , pack]) => pack)) {
    const bytes = readKept(pack);
    const packed = bytes && unpackFiles(bytes);
    for (const [path] of files) {
      const file = packed?.get(basename(path));
      if (file === undefined) return false;
      writeWhole(join(folder, path), file);
    }
  }
  return true;
}

/**
 * Caches what a build has just written into `home`/.release. `packs`: objects that are cached with their texts, and the
 * cached files that contain them.
 */
export function keepRelease(
  key: string,
  root: string,
  home: string,
  { warnings, texts, moduleFiles, packs }: CompiledLibrary,
): void {
  const folder = join(home, releaseFolder);
  const own: (readonly [name: string, path: string, bytes: number])[] = [];
  const files = folders.flatMap((part) =>
    readdirSync(join(folder, part)).map((name) => {
      const path = join(folder, part, name);
      const pack = packs.get(name);
      const { size } = statSync(path);
      if (pack === undefined) own.push([name, path, size]);
      return [`${part}/${name}`, size, pack ?? nameOf(key, "files")] as const;
    }),
  );
  const kept: KeptRelease = {
    warnings,
    texts,
    written: ["_headers", ".assetsignore", manifestName].map((name) => [
      name,
      readFileSync(join(folder, name), "utf8"),
    ]),
    files,
    imported: moduleFiles
      .filter((path) => !isIn(join(root, "content"), path) && !isInCode(path))
      .map((path) => [relative(root, path), hashOf(path)]),
  };
  writeKept(nameOf(key, "files"), packed(own));
  writeKept(nameOf(key, "release"), Buffer.from(JSON.stringify(kept)));
}

/** A pack in pieces, because the feeds of a large library are as large as its newest texts together. */
function* packed(files: readonly (readonly [name: string, path: string, bytes: number])[]): Generator<Uint8Array> {
  yield Buffer.from(packHead(files.map(([name, , bytes]) => [name, bytes])));
  for (const [, path] of files) yield readFileSync(path);
}
