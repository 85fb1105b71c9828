/** Bundles the stylesheets: which files a sheet has, and the order in which they apply. The order is written here and nowhere else. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "lightningcss";

/**
 * Cascade layers, from the weakest to the strongest: a rule of a later layer wins whatever its selector, so neither the
 * name of a file nor the order of the `<link>`s decides.
 */
export const layers = ["katex", "base", "library", "desk", "print"] as const;
type Layer = (typeof layers)[number];

/** Browsers that get the styles as written: those that know `light-dark()` and nesting. */
const targets = { chrome: 123 << 16, firefox: 120 << 16, safari: (17 << 16) | (5 << 8) };

/**
 * Every file of `ui/styles/`, by sheet and layer. Within a layer the later file wins at the same specificity: what is
 * general comes first.
 */
export const sheets = {
  library: {
    base: ["tokens.css", "base.css"],
    library: [
      "masthead.css",
      "reading.css",
      "boxes.css",
      "notes.css",
      "figures.css",
      "interactive.css",
      "apparatus.css",
      "feedback.css",
      "cover.css",
      "home.css",
      "newsletter.css",
    ],
    print: ["print.css"],
  },
  maths: { library: ["maths.css"] },
  desk: { desk: ["desk.css", "desk-work.css"] },
} as const satisfies Readonly<Record<string, Readonly<Partial<Record<Layer, readonly string[]>>>>>;

export type SheetName = keyof typeof sheets;

export const stylesFolder = join(import.meta.dirname, "../../ui/styles");

/** Files of a sheet, in order. */
export const filesOf = (sheet: SheetName): readonly string[] => Object.values(sheets[sheet]).flat();

/**
 * One sheet, minified. `faces`: `@font-face` rules, outside of any layer. `katex`: KaTeX's own rules, which everything
 * here overrules.
 */
export function bundleStyles(sheet: SheetName, faces: readonly string[], katex = ""): string {
  const files: Readonly<Partial<Record<Layer, readonly string[]>>> = sheets[sheet];
  const read = (file: string) => readFileSync(join(stylesFolder, file), "utf8");
  const layered = layers.map((layer) => {
    const css = [layer === "katex" ? katex : "", ...(files[layer] ?? []).map(read)].join("\n");
    return css.trim() === "" ? "" : `@layer ${layer} {\n${css}\n}`;
  });
  // Every sheet repeats the order: the one that arrives first settles it.
  return minify([`@layer ${layers.join(", ")};`, ...faces, ...layered].join("\n"));
}

/** `unusedClasses`: their rules are left out. */
export const minify = (css: string, unusedClasses: readonly string[] = []): string =>
  transform({
    filename: "library.css",
    code: Buffer.from(css),
    minify: true,
    targets,
    unusedSymbols: [...unusedClasses],
  }).code.toString();
