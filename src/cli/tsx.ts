/**
 * Lets commands import the Worker's TSX: Node strips types but does not support JSX, so esbuild, which also bundles the
 * Worker, compiles it.
 */
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";

/** Affects later imports. */
export function readTsx(): void {
  registerHooks({
    load(url, context, nextLoad) {
      if (!url.startsWith("file:") || !url.endsWith(".tsx")) return nextLoad(url, context);
      const { code } = transformSync(readFileSync(fileURLToPath(url), "utf8"), {
        loader: "tsx",
        format: "esm",
        target: "es2024",
        jsx: "automatic",
        jsxImportSource: "hono/jsx",
        sourcemap: "inline",
        sourcefile: fileURLToPath(url),
      });
      return { format: "module", source: code, shortCircuit: true };
    },
  });
}
