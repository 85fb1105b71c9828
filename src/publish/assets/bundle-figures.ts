/** The scripts that take over figures: one file each, with everything that it needs and nothing that another one does. */
import { join } from "node:path";
import { build } from "esbuild";
import { gallery } from "./gallery.ts";

export interface FigureScript {
  readonly name: string;
  readonly script: Uint8Array;
}

const hydrate = join(import.meta.dirname, "../../figures/browser/hydrate.ts");

/** The code of figures does not change while a process runs, so each is bundled once. */
const bundled = new Map<string, Uint8Array>();

/** Self-contained modules: a page has one such figure as a rule, so that a common file would only be one more request. */
export async function bundleFigures(names: readonly string[]): Promise<readonly FigureScript[]> {
  const missing = names.filter((name) => !bundled.has(name));
  if (missing.length > 0) await bundle(missing);
  return names.map((name) => ({ name, script: bundled.get(name) ?? new Uint8Array() }));
}

async function bundle(names: readonly string[]): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: names.map((name) => ({ in: `figure:${name}`, out: name })),
    outdir: "/",
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    plugins: [
      {
        name: "figures",
        setup(setup) {
          setup.onResolve({ filter: /^figure:/ }, ({ path }) => ({ path: path.slice(7), namespace: "figure" }));
          setup.onLoad({ filter: /.*/, namespace: "figure" }, ({ path: name }) => ({
            contents: [
              `import { figure } from ${JSON.stringify(gallery.get(name)?.file)};`,
              `import { hydrate } from ${JSON.stringify(hydrate)};`,
              `hydrate(${JSON.stringify(name)}, figure);`,
            ].join("\n"),
            resolveDir: import.meta.dirname,
            loader: "ts",
          }));
        },
      },
    ],
  });
  for (const { path, contents } of outputFiles) bundled.set(path.replace(/^.*[\\/]|\.js$/g, ""), contents);
}
