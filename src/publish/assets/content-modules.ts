/**
 * Loads the modules of books and their imports, bundled by esbuild into one script. So they may be in any folder, and a
 * running process reloads a module when it or one of its imports changes.
 */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type BuildFailure, build, type Message, type Metafile } from "esbuild";
import { sha256 } from "../object-store.ts";
import type { ProblemList } from "../source/problem.ts";
import { SourceFile } from "../source/source-file.ts";
import { kitAlias } from "./kit.ts";

export interface ContentModule {
  /** Relative to the project: `content/tea/figures/steam.ts`. */
  readonly path: string;
  /** Undefined, with a problem, if loading the module throws. */
  readonly exports: Readonly<Record<string, unknown>> | undefined;
  /** Changes with the module and everything it imports. */
  readonly key: string;
}

export interface Bundle {
  readonly script: string;
  /** By path of the module, in the given order. */
  readonly keys: ReadonlyMap<string, string>;
  /** Absolute paths of all files that the script consists of. */
  readonly files: readonly string[];
}

/** `undefined` if one of them cannot be compiled; the reasons are in `problems`. */
export async function bundleModules(
  root: string,
  paths: readonly string[],
  problems: ProblemList,
): Promise<Bundle | undefined> {
  if (paths.length === 0) return { script: "export {};", keys: new Map(), files: [] };
  try {
    const { outputFiles, metafile } = await build({
      // Imported separately, so that a module that throws does not affect the others.
      stdin: {
        contents: paths.map((path, index) => `export const m${index} = () => import("./${path}");`).join("\n"),
        resolveDir: root,
      },
      absWorkingDir: root,
      bundle: true,
      write: false,
      format: "esm",
      target: "es2024",
      alias: kitAlias,
      metafile: true,
      logLevel: "silent",
      // Stack traces show this name instead of the whole data URL.
      footer: { js: "//# sourceURL=content-modules.js" },
    });
    const keyOf = keysOf(root, metafile);
    return {
      script: outputFiles[0]?.text ?? "",
      keys: new Map(paths.map((path) => [path, keyOf(path)])),
      files: Object.keys(metafile.inputs).flatMap((path) => (path === "<stdin>" ? [] : [resolve(root, path)])),
    };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    for (const message of error.errors) report(root, message, problems);
    return undefined;
  }
}

export async function loadModules({ script, keys }: Bundle, problems: ProblemList): Promise<readonly ContentModule[]> {
  const loaders: Readonly<Record<string, () => Promise<Readonly<Record<string, unknown>>>>> = await import(
    `data:text/javascript;base64,${Buffer.from(script).toString("base64")}`
  );
  return Promise.all(
    [...keys].map(async ([path, key], index) => {
      try {
        return { path, key, exports: await loaders[`m${index}`]?.() };
      } catch (error) {
        problems.addForFile(
          path,
          `This file throws an error when it is loaded: ${reasonOf(error)}`,
          "Correct it, or what it imports.",
        );
        return { path, key, exports: undefined };
      }
    }),
  );
}

/** Formatted as the end of a sentence. */
export const reasonOf = (error: unknown): string =>
  `${error instanceof Error ? `${error.name}: ${error.message}` : error}`.replace(/\.?\s*$/, ".");

/** Hash of a module and all its transitive imports. */
function keysOf(root: string, { inputs }: Metafile): (path: string) => string {
  const hashes = new Map(Object.keys(inputs).map((path) => [path, path === "<stdin>" ? "" : hashOf(join(root, path))]));
  return (path) => {
    const reached = new Set([path]);
    for (const from of reached) for (const { path: to } of inputs[from]?.imports ?? []) reached.add(to);
    return sha256([...reached].map((file) => hashes.get(file)).join(" "));
  };
}

const hashOf = (file: string): string => sha256(readFileSync(file));

const isBuildFailure = (error: unknown): error is BuildFailure => error instanceof Error && "errors" in error;

function report(root: string, { text, location }: Message, problems: ProblemList): void {
  const message = `This file cannot be compiled: ${text.replace(/\.?$/, ".")}`;
  const fix = "Correct it; `npm run check:types` lists all mistakes in code.";
  if (location === null) {
    problems.addForFile("content", message, fix);
    return;
  }
  const file = new SourceFile(location.file.replaceAll("\\", "/"), readFileSync(join(root, location.file), "utf8"));
  const lineStart = file.text.split("\n", location.line - 1).join("\n").length + (location.line > 1 ? 1 : 0);
  // esbuild counts columns in bytes.
  const charactersOf = (from: number, to: number) =>
    Buffer.from(location.lineText).subarray(from, to).toString().length;
  const span = {
    offset: lineStart + charactersOf(0, location.column),
    length: charactersOf(location.column, location.column + location.length),
  };
  problems.add(file, span, message, fix);
}
