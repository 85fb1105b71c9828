/**
 * Builds the parts of a world: the compiled release of its content and the Worker's script. Both come from the cache.
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { type Manifest, parseManifest } from "../src/library/manifest.ts";
import { cachedFolder, hashOf } from "./build-cache.ts";

const repository = join(import.meta.dirname, "..");
export const cache = join(repository, "node_modules/.cache/library-worlds");

/** The Worker's script imports its manifest from here, so that one script serves every library. */
const manifestModule = "./manifest.js";

/** Everything that the compiler and the Worker consist of. A change to any of it invalidates the cached entries. */
export const codePaths = [
  "src",
  "package-lock.json",
  "tsconfig.json",
  "test/world-worker.ts",
  "test/world-database.ts",
] as const;

export const codeHash = (): string => hashOf(repository, codePaths);

export interface WorldRelease {
  /** Folder of the compiled release. Read-only: all worlds with the same content share it. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly modules: { readonly type: "ESModule"; readonly path: string; readonly contents: string }[];
}

/**
 * Compiles the content/ of `folder` unless it is in the cache. Throws the author's error messages if it is rejected.
 */
export async function worldRelease(folder: string): Promise<WorldRelease> {
  const code = codeHash();
  const home = await cachedFolder(cache, `release-${code}-${hashOf(folder, ["content"])}`, (empty) =>
    compile(folder, empty),
  );
  const worker = await cachedFolder(cache, `worker-${code}`, async (empty) => {
    writeFileSync(join(empty, "worker.js"), await bundleFor(join(import.meta.dirname, "world-worker.ts")));
  });
  return openRelease(home, join(worker, "worker.js"));
}

/** The release that was compiled into `home`, with that script. */
export function openRelease(home: string, worker: string): WorldRelease {
  const manifest = readFileSync(join(home, ".release/manifest.json"), "utf8");
  return {
    folder: join(home, ".release"),
    manifest: parseManifest(JSON.parse(manifest)),
    modules: [
      { type: "ESModule", path: "worker.js", contents: readFileSync(worker, "utf8") },
      { type: "ESModule", path: "manifest.js", contents: `export default ${manifest};` },
    ],
  };
}

/** Works with any library. */
export const bundleFor = (entry: string): Promise<string> => bundle(entry, manifestModule);

/** The compiler is only imported here, because most tests find their release in the cache. */
export async function compile(folder: string, home: string): Promise<void> {
  const { LibraryCompiler } = await import("../src/publish/compile-library.ts");
  const { createFolderStore } = await import("../src/publish/object-store.ts");
  const { writeRelease } = await import("../src/publish/release.ts");
  mkdirSync(join(home, "content"));
  cpSync(join(folder, "content"), join(home, "content"), { recursive: true });
  const result = await writeRelease(
    home,
    new LibraryCompiler(home, createFolderStore(join(home, ".release/objects")), { usesDisk: true }),
  );
  if (result.kind === "refused") throw new Error(JSON.stringify(result.problems, null, 1));
}

/** The Worker as one module. It contains the manifest at `manifestPath`, unless that is `./manifest.js`, which it imports. */
export async function bundle(entry: string, manifestPath: string): Promise<string> {
  const release: Plugin = {
    name: "release",
    setup: (setup) =>
      setup.onResolve({ filter: /\.release\/manifest\.json$/ }, () => ({
        path: manifestPath,
        external: manifestPath === manifestModule,
      })),
  };
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2024",
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    conditions: ["workerd", "worker", "browser"],
    plugins: [release],
  });
  return result.outputFiles[0]?.text ?? "";
}
