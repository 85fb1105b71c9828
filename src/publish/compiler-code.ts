/** Lists the code that a release is compiled with: cached results have its hash in their key, and `npm start` watches it. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { createCache } from "./cache/memory-cache.ts";
import { sha256 } from "./object-store.ts";

const source = join(import.meta.dirname, "..");

const packageFile = join(source, "../package.json");
/** Written by npm: the versions of all installed packages, including those that package.json does not name. */
const installedFile = join(source, "../node_modules/.package-lock.json");

/** For results that depend on packages alone, not on our code. */
export const packageVersionsKey = (): string => keys("packages", readVersions);

/** Folders and files that a text and its email are compiled with. */
const textCode: readonly string[] = [
  "publish",
  "search",
  "figures",
  "library",
  "ui/styles",
  "ui/words",
  "routes.ts",
].map((name) => join(source, name));

/** Folders and files that a release is compiled with. */
export const releaseCode: readonly string[] = [...textCode, join(source, "ui/browser"), join(source, "ui/icon.svg")];

const keys = createCache<string>();

/** Hash of everything that texts are compiled with: our code, the stylesheets of drawings, and all packages. */
export const textCodeKey = (): string => keys("texts", () => hashOf(textCode));

/** Hash of everything that a release is compiled with. */
export const releaseCodeKey = (): string => keys("release", () => hashOf(releaseCode));

/**
 * Whether a file of the code was written after the first key was computed. Stylesheets and scripts are read when they are
 * needed, so what was made since may consist of new files under the key of the old ones: it must not stay cached.
 */
export const hasCodeChanged = (): boolean => readState() !== firstState();

const firstState = (): string => keys("state", readState);

/** Times and sizes, because hashing all files takes ten times as long. */
function readState(): string {
  const files = [...filesIn(releaseCode), ...versionFiles()].sort().map((path) => [path, statSync(path)] as const);
  return files.map(([path, { mtimeMs, size }]) => `${path} ${mtimeMs} ${size}`).join("\n");
}

function hashOf(paths: readonly string[]): string {
  firstState();
  const hashes = filesIn(paths)
    .sort()
    .map((path) => `${relative(source, path)} ${sha256(readFileSync(path))}`);
  return sha256([packageVersionsKey(), ...hashes].join(" "));
}

const filesIn = (paths: readonly string[]): string[] =>
  paths.flatMap((path) =>
    statSync(path).isFile()
      ? [path]
      : readdirSync(path, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name)),
  );

const versionFiles = (): string[] =>
  [packageFile, installedFile].filter((path) => statSync(path, { throwIfNoEntry: false }));

/** Node decides how dates and lists are worded, and packages have parts of their own for each system. */
function readVersions(): string {
  const system = `${process.version} ${process.platform} ${process.arch}`;
  return sha256([system, ...versionFiles().map((path) => readFileSync(path, "utf8"))].join("\n"));
}
