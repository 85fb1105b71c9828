/** The files under /assets: fonts, styles, scripts, the icon. Each is named after its bytes, so browsers may keep it for ever. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { buildSync } from "esbuild";
import type { Manifest } from "../../library/manifest.ts";
import { sha256 } from "../object-store.ts";
import { compareText } from "../source/problem.ts";
import { bundleFigures } from "./bundle-figures.ts";
import { bundleStyles, minify } from "./bundle-styles.ts";
import type { GlyphSets } from "./glyphs.ts";
import { type FontFile, subsetDigits, subsetFonts } from "./subset-fonts.ts";

export interface Assets {
  readonly names: Manifest["assets"];
  /** File name -> bytes. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** The room whose styles and scripts these are. */
const ui = join(import.meta.dirname, "../../ui");

const katexCss = createRequire(import.meta.url).resolve("katex/dist/katex.css");

/** `katexClasses`: classes that the library's formulas really carry; the other rules of KaTeX are left out. `interactiveFigures`: names. */
export async function buildAssets(
  glyphs: GlyphSets,
  katexClasses: ReadonlySet<string>,
  interactiveFigures: readonly string[],
): Promise<Assets> {
  const files = new Map<string, Uint8Array>();
  const keep = (name: string, extension: string, content: string | Uint8Array): string => {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    const file = `${name}.${sha256(bytes).slice(0, 12)}.${extension}`;
    files.set(file, bytes);
    return file;
  };
  const fonts = await subsetFonts(glyphs);
  const digits = await subsetDigits();
  for (const { file, bytes } of [...fonts, ...digits]) files.set(file, bytes);
  const isMaths = (css: string) => css.includes("KaTeX_");
  const faces = fonts.map(({ css }) => css);

  const katex = readFileSync(katexCss, "utf8").replace(/@font-face\s*\{[^}]*\}/g, "");
  const script = (name: string) =>
    new TextDecoder().decode(
      buildSync({
        entryPoints: [join(ui, `browser/${name}.ts`)],
        bundle: true,
        minify: true,
        write: false,
        format: "iife",
        target: "es2022",
      }).outputFiles[0]?.contents,
    );
  return {
    files,
    names: {
      style: keep(
        "library",
        "css",
        bundleStyles(
          "library",
          faces.filter((css) => !isMaths(css)),
        ),
      ),
      mathsStyle: keep(
        "maths",
        "css",
        bundleStyles("maths", faces.filter(isMaths), minify(katex, unusedClasses(katex, katexClasses))),
      ),
      deskStyle: keep(
        "desk",
        "css",
        bundleStyles(
          "desk",
          digits.map(({ css }) => css),
        ),
      ),
      themeScript: keep("theme", "js", script("theme")),
      pageScript: keep("page", "js", script("page")),
      liveScript: keep("live", "js", script("live")),
      figureScripts: Object.fromEntries(
        (await bundleFigures(interactiveFigures)).map(({ name, script }) => [name, keep(name, "js", script)]),
      ),
      icon: keep("icon", "svg", readFileSync(join(ui, "icon.svg"))),
      fonts: preloadedText(fonts).map(({ file }) => file),
      mathsFonts: fonts.filter(({ preload }) => preload === "maths").map(({ file }) => file),
    },
  };
}

/** In the order in which a browser is to ask for them. */
const preloadedText = (fonts: readonly FontFile[]): FontFile[] =>
  fonts.filter(({ preload }) => typeof preload === "number").sort((a, b) => Number(a.preload) - Number(b.preload));

function unusedClasses(css: string, used: ReadonlySet<string>): string[] {
  const known = new Set([...css.matchAll(/\.([A-Za-z][\w-]*)/g)].map(([, name = ""]) => name));
  return [...known].filter((name) => !used.has(name)).sort(compareText);
}
