/** Bundles the entry stylesheets. Which files one has, in which order and layers, is written in the stylesheet itself. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { bundleAsync, transform } from "lightningcss";
import { bookCloths, type Cloth, clothNames, libraryCloth } from "../../library/cloths.ts";

/** Browsers that get the styles as written: those that know `light-dark()` and nesting. */
const targets = { chrome: 123 << 16, firefox: 120 << 16, safari: (17 << 16) | (5 << 8) };

/** Stylesheets that pages link; all other files of `ui/styles/` are imported by one of them. */
export const sheets = ["reader", "maths", "desk"] as const;
export type SheetName = (typeof sheets)[number];

export const stylesFolder = join(import.meta.dirname, "../../ui/styles");

/** Written by `clothRules`; no file. */
const clothsCss = "generated/cloths.css";
const katexCss = createRequire(import.meta.url).resolve("katex/dist/katex.css");

/** The colours of a book's cloth, as custom properties: `--cloth` for its links and marks, `--cover` for the ground of its cover. */
function clothRules(): string {
  const rule = (selector: string, { light, dark, cover }: Cloth) =>
    `${selector} { --cloth: light-dark(${light}, ${dark}); --cover: ${cover}; }`;
  const books = clothNames.map((name) => rule(`[data-cloth="${name}"]`, bookCloths[name]));
  return [rule(":root", libraryCloth), ...books].join("\n");
}

/** KaTeX's rules without its fonts, of which `subset-fonts.ts` makes ours. */
export const katexRules = (): string => readFileSync(katexCss, "utf8").replace(/@font-face\s*\{[^}]*\}/g, "");

export const readSheet = (file: string): string => readFileSync(join(stylesFolder, file), "utf8");

/** What a sheet imports, in order. */
export const importsOf = (sheet: SheetName): { readonly file: string; readonly layer: string }[] =>
  [...readSheet(`${sheet}.css`).matchAll(/^@import "([^"]+)" layer\(([\w.]+)\);$/gm)].map(
    ([, file = "", layer = ""]) => ({ file: file.replace(/^\.\//, ""), layer }),
  );

/** Files of ours that a sheet imports, in order. */
export const filesOf = (sheet: SheetName): string[] =>
  importsOf(sheet).flatMap(({ file }) => (file === clothsCss || file.startsWith("katex/") ? [] : [file]));

/** One sheet, minified. `faces`: `@font-face` rules, outside of any layer. `katex`: the rules of KaTeX that the library needs. */
export async function bundleStyles(sheet: SheetName, faces: readonly string[], katex = ""): Promise<string> {
  const { code } = await bundleAsync({
    filename: join(stylesFolder, `${sheet}.css`),
    resolver: {
      read: (file) => (file === katexCss ? katex : file === clothsCss ? clothRules() : readFileSync(file, "utf8")),
      resolve: (name, from) =>
        name.startsWith("katex/") ? katexCss : name === clothsCss ? clothsCss : join(dirname(from), name),
    },
    targets,
  });
  return minify([...faces, code.toString()].join("\n"));
}

/** `unusedClasses`: their rules are left out. */
export const minify = (css: string, unusedClasses: readonly string[] = []): string =>
  transform({
    filename: "styles.css",
    code: Buffer.from(css),
    minify: true,
    targets,
    unusedSymbols: [...unusedClasses],
  }).code.toString();
