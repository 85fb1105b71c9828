/** Reads what a file of src/ imports, in every way TypeScript has, and which paths it computes from its own place. */
import { readFileSync } from "node:fs";
import { dirname, join, posix, relative, resolve } from "node:path";
import { parseSync, type StringLiteral, Visitor } from "oxc-parser";

export interface Imports {
  /** Files of src/ that it imports statically, for a side effect, as types (`typeof import()` too), with `import()`, or exports again. */
  readonly files: readonly string[];
  /** Lines with an `import()` whose argument is computed. */
  readonly computed: readonly number[];
  /** Paths below src/ that it reaches from its own place: `join(import.meta.dirname, "../ui")`, `new URL("../ui", import.meta.url)`. */
  readonly reached: readonly string[];
  /** Calls a bundler. */
  readonly bundles: boolean;
}

const isLiteral = (node: { readonly type: string } | null | undefined): node is StringLiteral =>
  node?.type === "Literal" && typeof (node as { value?: unknown }).value === "string";

/** `file` is a path below `source`, with slashes, as are the paths in the answer. */
export const readImports = (source: string, file: string): Imports =>
  parseImports(file, readFileSync(join(source, file), "utf8"));

export function parseImports(file: string, text: string): Imports {
  const { program, errors } = parseSync(file, text);
  if (errors[0] !== undefined) throw new Error(`${file}: ${errors[0].message}`);
  const named: string[] = [];
  const computed: number[] = [];
  const reached: string[] = [];
  let bundles = false;
  const reach = (
    call: { readonly start: number; readonly end: number },
    parts: readonly { readonly type: string }[],
  ) => {
    if (!text.slice(call.start, call.end).includes("import.meta.")) return;
    const written = parts.filter(isLiteral).map(({ value }) => value);
    if (written.length > 0) reached.push(placeOf(file, posix.join(...written)));
  };
  new Visitor({
    ImportDeclaration: ({ source: { value } }) => {
      named.push(value);
      bundles ||= value === "esbuild";
    },
    ExportNamedDeclaration: ({ source }) => {
      if (source !== null) named.push(source.value);
    },
    ExportAllDeclaration: ({ source }) => void named.push(source.value),
    TSImportType: ({ source }) => void named.push(source.value),
    ImportExpression: ({ source, start }) => {
      if (isLiteral(source)) named.push(source.value);
      else computed.push(text.slice(0, start).split("\n").length);
    },
    CallExpression: (call) => reach(call, call.arguments),
    NewExpression: (call) => reach(call, call.arguments),
  }).visit(program);
  const files = named.filter((name) => name.startsWith(".")).map((name) => placeOf(file, name));
  return { files: [...new Set(files)], computed, reached: [...new Set(reached)], bundles };
}

const placeOf = (file: string, target: string): string =>
  relative(resolve("/src"), resolve("/src", dirname(file), target)).replaceAll("\\", "/");
