/** Bundles the hydration script of each interactive figure into one self-contained file. */
import { build } from "esbuild";
import type { GalleryFigure } from "./gallery.ts";
import { kitAlias } from "./kit.ts";

export interface FigureScript {
  readonly name: string;
  readonly script: Uint8Array;
}

/** By name and key of the figure: each version is bundled once per process. */
const bundled = new Map<string, Uint8Array>();

/** No shared chunk: a page usually has one interactive figure, so a chunk would only be one more request. */
export async function bundleFigures(figures: readonly GalleryFigure[]): Promise<readonly FigureScript[]> {
  const missing = figures.filter((figure) => !bundled.has(keyOf(figure)));
  if (missing.length > 0) await bundle(missing);
  return figures.map((figure) => ({ name: figure.name, script: bundled.get(keyOf(figure)) ?? new Uint8Array() }));
}

const keyOf = ({ name, key }: GalleryFigure): string => `${name} ${key}`;

async function bundle(figures: readonly GalleryFigure[]): Promise<void> {
  const byName = new Map(figures.map((figure) => [figure.name, figure]));
  const { outputFiles } = await build({
    entryPoints: figures.map(({ name }) => ({ in: `figure:${name}`, out: name })),
    outdir: "/",
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    alias: kitAlias,
    plugins: [
      {
        name: "figures",
        setup(setup) {
          setup.onResolve({ filter: /^figure:/ }, ({ path }) => ({ path: path.slice(7), namespace: "figure" }));
          setup.onLoad({ filter: /.*/, namespace: "figure" }, ({ path: name }) => ({
            contents: [
              `import { figure } from ${JSON.stringify(byName.get(name)?.file)};`,
              'import { hydrate } from "#figures/browser/hydrate.ts";',
              `hydrate(${JSON.stringify(name)}, figure);`,
            ].join("\n"),
            resolveDir: import.meta.dirname,
            loader: "ts",
          }));
        },
      },
    ],
  });
  for (const { path, contents } of outputFiles) {
    const figure = byName.get(path.replace(/^.*[\\/]|\.js$/g, ""));
    if (figure) bundled.set(keyOf(figure), contents);
  }
}
