/**
 * Reads what a file of src/ imports, in every form TypeScript has, and which paths it computes from its own location.
 */
import { posix } from "node:path";
import { type Argument, parseSync, type StringLiteral, Visitor } from "oxc-parser";

export interface Imports {
  /**
   * Files, as paths below src/: imported statically, for a side effect, as types, with `import()` or `require()`, or
   * re-exported.
   */
  readonly files: readonly string[];
  /** Packages and `node:` modules. */
  readonly packages: readonly string[];
  /** Computed arguments of `import()`, as source text. */
  readonly computed: readonly string[];
  /** Paths below src/ that are computed from the file's own location: `join(import.meta.dirname, "../ui")`. */
  readonly reached: readonly string[];
}

/** `file` is a path below src/ with slashes, like the paths in the result. */
export function readImports(file: string, text: string): Imports {
  const { program, errors } = parseSync(file, text);
  if (errors[0] !== undefined) throw new Error(`${file}: ${errors[0].message}`);
  const named: string[] = [];
  const computed: string[] = [];
  const reached: string[] = [];
  const reach = (parts: readonly Argument[]) => {
    const isFromHere = parts.some(({ start, end }) => text.slice(start, end).startsWith("import.meta."));
    const written = parts.filter(isString).map(({ value }) => value);
    if (isFromHere) reached.push(place(file, posix.join(...written)));
  };
  new Visitor({
    ImportDeclaration: ({ source }) => void named.push(source.value),
    ExportNamedDeclaration: ({ source }) => void (source !== null && named.push(source.value)),
    ExportAllDeclaration: ({ source }) => void named.push(source.value),
    TSImportType: ({ source }) => void named.push(source.value),
    TSImportEqualsDeclaration({ moduleReference: module }) {
      if (module.type === "TSExternalModuleReference") named.push(module.expression.value);
    },
    ImportExpression({ source }) {
      if (isString(source)) named.push(source.value);
      else computed.push(text.slice(source.start, source.end));
    },
    CallExpression({ callee, arguments: parts }) {
      const [first] = parts;
      const name = text.slice(callee.start, callee.end);
      if (/^(require(\.resolve)?|createRequire\(.*\))$/.test(name) && isString(first)) named.push(first.value);
      reach(parts);
    },
    NewExpression: ({ arguments: parts }) => reach(parts),
  }).visit(program);
  const isFile = (name: string) => name.startsWith(".");
  return {
    files: [...new Set(named.filter(isFile).map((name) => place(file, name)))],
    packages: [...new Set(named.filter((name) => !isFile(name)))],
    computed,
    reached: [...new Set(reached)],
  };
}

const isString = (node: { readonly type: string } | undefined): node is StringLiteral =>
  node?.type === "Literal" && "value" in node && typeof node.value === "string";

const place = (file: string, target: string): string => posix.join(posix.dirname(file), target);
