/**
 * Builds the files under /assets: fonts, styles, scripts, the icon. File names contain a hash of the bytes, so browsers
 * may cache them for ever.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { buildSync } from "esbuild";
import type { Manifest } from "../../library/manifest.ts";
import { href } from "../../routes.ts";
import { readKept, writeKept } from "../cache/disk-cache.ts";
import { hasCodeChanged, releaseCodeKey } from "../compiler-code.ts";
import { sha256 } from "../object-store.ts";
import { compareText } from "../source/problem.ts";
import { bundleFigures } from "./bundle-figures.ts";
import { bundleStyles, katexRules, minify, sheets } from "./bundle-styles.ts";
import type { GalleryFigure } from "./gallery.ts";
import type { GlyphSets } from "./glyphs.ts";
import { type FontFile, subsetDigits, subsetFonts } from "./subset-fonts.ts";

export interface Assets {
  readonly names: Manifest["assets"];
  /** File name -> bytes. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Folder of the styles and scripts. */
const ui = join(import.meta.dirname, "../../ui");

/** The latest ones: most changes of a text need no other character, class or figure. */
let last: { readonly key: string; readonly assets: Assets } | undefined;

/**
 * `katexClasses`: classes that occur in the library's formulas; KaTeX's other rules are dropped. `figures`: the
 * interactive ones.
 */
export async function buildAssets(
  glyphs: GlyphSets,
  katexClasses: ReadonlySet<string>,
  figures: readonly GalleryFigure[],
): Promise<Assets> {
  const key = keyOf(glyphs, katexClasses, figures);
  if (last?.key === key) return last.assets;
  const kept = readKept(`${key}.assets`);
  const assets = kept ? (deserialize(kept) as Assets) : await make(glyphs, katexClasses, figures);
  if (!kept && !hasCodeChanged()) writeKept(`${key}.assets`, serialize(assets));
  last = { key, assets };
  return assets;
}

function keyOf(glyphs: GlyphSets, katexClasses: ReadonlySet<string>, figures: readonly GalleryFigure[]): string {
  const characters = [...glyphs].map(([face, set]) => `${face} ${[...set].sort().join("")}`);
  const versions = figures.map(({ name, key }) => `${name} ${key}`);
  return sha256(JSON.stringify([releaseCodeKey(), characters.sort(), [...katexClasses].sort(), versions]));
}

async function make(
  glyphs: GlyphSets,
  katexClasses: ReadonlySet<string>,
  figures: readonly GalleryFigure[],
): Promise<Assets> {
  const files = new Map<string, Uint8Array>();
  const keep = (name: string, extension: string, content: string | Uint8Array): string => {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    const file = `${name}.${sha256(bytes).slice(0, 8)}.${extension}`;
    files.set(file, bytes);
    return file;
  };
  const fonts = await subsetFonts(glyphs);
  const digits = await subsetDigits();
  for (const { file, bytes } of [...fonts, ...digits]) files.set(file, bytes);
  const styles = await buildStyles(fonts, digits, katexClasses);
  const scripts = await bundleFigures(figures);
  // Only scripts link these, so they contain the names, and pages do not.
  const onDemand: Record<string, string> = {};
  for (const name of scriptsIn("on-demand")) {
    const sheet = sheets.find((each) => each === name);
    if (sheet) onDemand[`STYLES.${name}`] = href.asset(keep(name, "css", await bundleStyles(sheet, [])));
    const script = bundleScript(`on-demand/${name}`, onDemand, "esm");
    // In the order of the alphabet, each knows those before it.
    if (/\b(SCRIPTS|STYLES)\./.test(script))
      throw new Error(`on-demand/${name}.ts loads a script that comes after it.`);
    onDemand[`SCRIPTS.${name}`] = href.asset(keep(name, "js", script));
  }
  return {
    files,
    names: {
      style: keep("library", "css", styles.library),
      mathsStyle: keep("maths", "css", styles.maths),
      pagesStyle: keep("pages", "css", styles.pages),
      companionsStyle: keep("companions", "css", styles.companions),
      deskStyle: keep("desk", "css", styles.desk),
      headScript: keep("head", "js", bundleScript("head")),
      continueScript: keep("continue", "js", bundleScript("continue")),
      pageScript: keep("page", "js", bundleScript("page", onDemand)),
      pageScripts: Object.fromEntries(
        scriptsIn("pages").map((name) => [name, keep(name, "js", bundleScript(`pages/${name}`))]),
      ),
      liveScript: keep("live", "js", bundleScript("live")),
      figureScripts: Object.fromEntries(scripts.map(({ name, script }) => [name, keep(name, "js", script)])),
      icon: keep("icon", "svg", readFileSync(join(ui, "icon.svg"))),
      fonts: preloadedText(fonts).map(({ file }) => file),
      mathsFonts: fonts.filter(({ preload }) => preload === "maths").map(({ file }) => file),
    },
  };
}

/** Each stylesheet with the `@font-face` rules that its pages need. */
async function buildStyles(fonts: readonly FontFile[], digits: readonly FontFile[], katexClasses: ReadonlySet<string>) {
  const faces = fonts.map(({ css }) => css);
  const isMaths = (css: string) => css.includes("KaTeX_");
  const katex = katexRules();
  return {
    library: await bundleStyles(
      "reader",
      faces.filter((css) => !isMaths(css)),
    ),
    maths: await bundleStyles("maths", faces.filter(isMaths), minify(katex, unusedClasses(katex, katexClasses))),
    pages: await bundleStyles("pages", []),
    companions: await bundleStyles("companions", []),
    desk: await bundleStyles(
      "desk",
      digits.map(({ css }) => css),
    ),
  };
}

/**
 * Scripts that only some pages load, or that pages load when they are first used; one of these may have a style sheet of
 * its name.
 */
const scriptsIn = (folder: "pages" | "on-demand"): string[] =>
  readdirSync(join(ui, "browser", folder))
    .map((file) => basename(file, ".ts"))
    .sort(compareText);

/** Bundles a script of src/ui/browser. `constants`: texts that it declares. */
const bundleScript = (
  name: string,
  constants: Readonly<Record<string, string>> = {},
  format: "iife" | "esm" = "iife",
): string =>
  new TextDecoder().decode(
    buildSync({
      entryPoints: [join(ui, `browser/${name}.ts`)],
      bundle: true,
      minify: true,
      write: false,
      format,
      target: "es2022",
      // Without "use strict", which TypeScript has enforced: it would be a part of every first view.
      tsconfigRaw: { compilerOptions: { alwaysStrict: false } },
      define: Object.fromEntries(Object.entries(constants).map(([key, text]) => [key, JSON.stringify(text)])),
    }).outputFiles[0]?.contents,
  );

/** In the order in which browsers should request them. */
const preloadedText = (fonts: readonly FontFile[]): FontFile[] =>
  fonts.filter(({ preload }) => typeof preload === "number").sort((a, b) => Number(a.preload) - Number(b.preload));

function unusedClasses(css: string, used: ReadonlySet<string>): string[] {
  const known = new Set([...css.matchAll(/\.([A-Za-z][\w-]*)/g)].map(([, name = ""]) => name));
  return [...known].filter((name) => !used.has(name)).sort(compareText);
}
