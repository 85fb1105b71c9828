/** Bundles the Worker of a working copy as its wrangler.toml deploys it, and describes it for Miniflare. */
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

interface BundleOptions {
  readonly entry?: string;
  /** Path of another manifest than the one in .release/. */
  readonly manifest?: string;
}

/** The Worker as one module, with its manifest. */
export async function bundleWorker(
  copy: string,
  { entry = join(copy, "src/worker.ts"), manifest = join(copy, ".release/manifest.json") }: BundleOptions = {},
): Promise<string> {
  const result = await build({
    entryPoints: [entry],
    absWorkingDir: copy,
    bundle: true,
    write: false,
    minify: /^minify = true$/m.test(readFileSync(join(copy, "wrangler.toml"), "utf8")),
    format: "esm",
    target: "es2024",
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    conditions: ["workerd", "worker", "browser"],
    plugins: [
      {
        name: "version",
        setup: (setup) => {
          // Entries of the bench import the application of the version that they are bundled for.
          setup.onResolve({ filter: /\/src\/.*\.tsx?$/ }, ({ path, importer }) =>
            importer === entry ? { path: join(copy, path.slice(path.indexOf("/src/"))) } : undefined,
          );
          setup.onResolve({ filter: /\.release\/manifest\.json$/ }, () => ({ path: manifest }));
        },
      },
    ],
  });
  return result.outputFiles[0]?.text ?? "";
}

/** Options for Miniflare: one Worker of several, on a socket of its own. */
export const workerOf = (name: string, contents: string, options: object = {}) => ({
  name,
  modules: [{ type: "ESModule" as const, path: `${name}.js`, contents }],
  compatibilityDate: "2026-10-01",
  unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
  ...options,
});

/** Bindings of a library with the release of that copy. */
export const libraryBindings = (copy: string, database: string, settings: Readonly<Record<string, string>> = {}) => ({
  bindings: { ORIGIN: "https://library.example", ...settings },
  kvNamespaces: ["SHELF"],
  d1Databases: { DB: database },
  serviceBindings: { ASSETS: (request: { readonly url: string }) => assetOf(join(copy, ".release"), request.url) },
});

/** The deployed files, read directly: Miniflare's own assets would also be measured, and reject large libraries. */
async function assetOf(release: string, url: string): Promise<Response> {
  try {
    return new Response(await readFile(join(release, new URL(url).pathname)));
  } catch {
    // As a missing file is answered; the Worker reports it.
    return new Response(null, { status: 404 });
  }
}
