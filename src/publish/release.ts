/**
 * Writes the folder .release/: objects and assets first, the manifest last, so that an interrupted build changes
 * nothing that the manifest names.
 */
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { isWritten, type Manifest, objectFiles, parseManifest } from "../library/manifest.ts";
import { type Assets, buildAssets } from "./assets/build-assets.ts";
import type { GalleryFigure } from "./assets/gallery.ts";
import type { CompiledLibrary, LibraryCompiler, LibraryResult } from "./compile-library.ts";
import { packObjects } from "./pack-objects.ts";
import { deployedTextsName, manifestName, releaseFolder } from "./release-paths.ts";
import { compareText } from "./source/problem.ts";
import { writeIfOther, writeWhole } from "./write-whole.ts";

/**
 * Headers of files under /assets, which bypass the Worker:
 * https://developers.cloudflare.com/workers/static-assets/headers/. The rule would match missing files too, but the
 * Worker handles those: `run_worker_first` in wrangler.toml.
 */
const assetHeaders = `/assets/*
  Cache-Control: public, max-age=31536000, immutable
  X-Content-Type-Options: nosniff
  Cross-Origin-Resource-Policy: same-origin
  Referrer-Policy: strict-origin-when-cross-origin
`;

/** Not uploaded: the manifest is part of the Worker. */
const ignoredFiles = `${manifestName}\n${deployedTextsName}\n*.new\n`;

export type ReleaseResult =
  | (Extract<LibraryResult, { kind: "compiled" }> & { readonly changed: boolean })
  | Extract<LibraryResult, { kind: "refused" }>;

/**
 * Compiles and writes into `home`/.release, by default the project's own. If there are errors, the previous release
 * stays. `mostUnpacked`: see pack-objects.ts.
 */
export async function writeRelease(
  root: string,
  compiler: LibraryCompiler,
  onProgress?: (done: number, of: number) => void,
  home = root,
  mostUnpacked?: number,
): Promise<ReleaseResult> {
  const result = await compiler.compile(onProgress);
  if (result.kind === "refused") return result;
  const assets = await buildAssets(result.glyphs, result.katexClasses, interactiveFigures(result));
  const folder = join(home, releaseFolder);
  writeAssets(folder, assets);
  writeIfOther(join(folder, "_headers"), assetHeaders);
  // The Worker trusts it.
  const manifest = parseManifest({ ...result.manifest, assets: assets.names } satisfies Manifest);
  const objects = objectFiles(manifest);
  const arePacked = packObjects(folder, objects, mostUnpacked);
  writeIfOther(join(folder, ".assetsignore"), `${ignoredFiles}${arePacked ? "objects\n" : ""}`);
  const changed = writeIfOther(join(folder, manifestName), `${JSON.stringify(manifest, null, 1)}\n`);
  removeStale(join(folder, "objects"), objects);
  removeStale(join(folder, "assets"), new Set(assets.files.keys()));
  return { ...result, changed };
}

/** The interactive figures that texts use. */
function interactiveFigures({ manifest, gallery }: CompiledLibrary): GalleryFigure[] {
  const chapters = manifest.books.flatMap((book) => [book.overview, ...book.contents.filter(isWritten)]);
  const names = [...new Set(chapters.flatMap(({ figures }) => figures))].sort(compareText);
  return names.flatMap((name) => gallery.get(name) ?? []);
}

function writeAssets(folder: string, { files }: Assets): void {
  mkdirSync(join(folder, "assets"), { recursive: true });
  for (const [name, bytes] of files) {
    const path = join(folder, "assets", name);
    if (statSync(path, { throwIfNoEntry: false })?.size !== bytes.byteLength) writeWhole(path, bytes);
  }
}

function removeStale(folder: string, wanted: ReadonlySet<string>): void {
  for (const name of readdirSync(folder)) if (!wanted.has(name)) rmSync(join(folder, name));
}
