/**
 * Lists what tests depend on without importing it: files they read, bundle, or run in a separate process. Through this
 * plugin, Vitest's `--changed` follows these files as well as imports.
 */
import { readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";

const root = join(import.meta.dirname, "..");

/** A module of src/ or test/ that locates files through one of these may read any file of the project. */
const readsFiles = /import\.meta\.dirname|\b(repository|ownLibrary)\b/;

/** Less than everything: what is compiled from the library's own books. */
const compilesOwnBooks = /^import .*$|\b(openWorld|LibraryCompiler|modulesOf)\((repository|ownLibrary)\b/gm;

const everything = [
  ...["src", "content", "migrations", "test/books", ".ci", "README.md", "LICENSE", ".biome.json", ".dev.vars.example"],
  ...["package.json", "package-lock.json", "tsconfig.json", "wrangler.toml"],
];

/** Neither the Worker nor the compiler imports src/cli; test/house/imports.test.ts enforces it. */
const code = [
  ...readdirSync(join(root, "src"))
    .filter((name) => name !== "cli")
    .map((name) => `src/${name}`),
  ...filesUnder("content").filter((path) => /\.(ts|tsx|mjs|json|css)$/.test(path)),
  ...["package-lock.json", "tsconfig.json"],
];

/** Module, or folder of modules -> all the files it can read. Only modules that read less than everything. */
const reads: Readonly<Record<string, readonly string[]>> = {
  "src/publish/": code,
  "test/own-library.ts": ["content", "test/books", "test/content"],
  "test/world.ts": ["migrations", "wrangler.toml", "test/books"],
  "test/world-release.ts": [...code, "test/world-worker.ts", "test/world-database.ts"],
  "test/fakes/d1.ts": ["migrations"],
  "test/journeys/browser.ts": ["test/journeys/unpack-browser.mjs"],
  "test/journeys/figures.test.ts": [...code, "content", "test/content"],
  "test/house/layout-world.ts": [...code, "content", "test/house/layout"],
  "test/cli/import-export/author.ts": ["test/cli/import-export/files"],
  "test/newsletter/faults/earlier-version.ts": ["test/newsletter/faults"],
};

/** Files and folders through which a change can affect the module, besides its imports; relative to the project. */
export function readsOf(module: string, text: string): readonly string[] {
  if (!/^(src|test)\//.test(module) || !readsFiles.test(text)) return [];
  if (!readsFiles.test(text.replace(compilesOwnBooks, "")))
    return /^(?!import ).*\b(repository|ownLibrary)\b/m.test(text) ? [...code, "content"] : [];
  const [, known] = Object.entries(reads).find(([name]) => module === name || isFolderOf(name, module)) ?? [];
  return known ?? everything;
}

const isFolderOf = (name: string, module: string): boolean => name.endsWith("/") && module.startsWith(name);

export function filesUnder(path: string): string[] {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (!found) return [];
  return found.isDirectory() ? readdirSync(join(root, path)).flatMap((name) => filesUnder(`${path}/${name}`)) : [path];
}

/** Adds these files to Vite's module graph. Only needed for `--changed`. */
export const readsWithoutImport = {
  name: "reads-without-import",
  enforce: "pre" as const,
  transform(this: { addWatchFile(path: string): void }, text: string, id: string): void {
    const module = relative(root, id.split("?")[0] ?? id).replaceAll("\\", "/");
    for (const file of readsOf(module, text).flatMap(filesUnder)) this.addWatchFile(join(root, file));
  },
};
