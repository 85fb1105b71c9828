/**
 * Exports a drawing as a self-contained SVG for feeds and emails, with styles and font names inlined, because no
 * stylesheet comes with it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "lightningcss";

/** System fonts: an SVG shown as an image cannot load web fonts. */
const faces: Readonly<Record<string, string>> = {
  "--serif": "Georgia, serif",
  "--sans": "system-ui, sans-serif",
  "--mono": "monospace",
};

export interface StandaloneDrawing {
  readonly svg: string;
  /** Size in user units, which become CSS pixels of an `<img>`. */
  readonly width: number;
  readonly height: number;
}

/** Reads the stylesheets once. `other`: custom properties that override those of the page. */
export function createDrawingExporter(
  other: Readonly<Record<string, string>> = faces,
): (drawing: string) => StandaloneDrawing {
  const read = (name: string) => readFileSync(join(import.meta.dirname, "../../ui/styles", name), "utf8");
  const values = new Map([...lightValues(read("tokens.css")), ...Object.entries(other)]);
  const css = substitute(read("figures.css"), values);
  return (drawing) => {
    const [, x = "0", y = "0", width = "400", height = "300"] = /viewBox="(\S+) (\S+) (\S+) (\S+)"/.exec(drawing) ?? [];
    const style = transform({
      filename: "figures.css",
      code: Buffer.from(css),
      minify: true,
      unusedSymbols: unusedClasses(css, drawing),
    }).code.toString();
    const ground = `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${values.get("--paper") ?? "#fff"}"/>`;
    const svg = drawing.replace(
      /^<svg ([^>]*)>/,
      `<svg $1 width="${width}" height="${height}"><style>${style.trim()}</style>${ground}`,
    );
    return { svg, width: Number(width), height: Number(height) };
  };
}

/** The custom properties of `:root` in the light theme. */
function lightValues(css: string): ReadonlyMap<string, string> {
  const root = /:root\s*\{([^}]*)\}/.exec(css)?.[1] ?? "";
  const values = new Map<string, string>();
  for (const [, name = "", value = ""] of root.matchAll(/(--[a-z-]+):\s*([^;]+);/g)) {
    values.set(name, value.replace(/light-dark\(([^,]+),[^)]+\)/, "$1").trim());
  }
  return values;
}

const substitute = (css: string, values: ReadonlyMap<string, string>): string =>
  css.replace(/var\((--[a-z-]+)\)/g, (whole, name: string) => values.get(name) ?? whole);

function unusedClasses(css: string, drawing: string): string[] {
  const used = new Set([...drawing.matchAll(/class="([^"]*)"/g)].flatMap(([, names = ""]) => names.split(/\s+/)));
  const known = new Set([...css.matchAll(/\.([a-z][a-z-]*)/g)].map(([, name = ""]) => name));
  return [...known].filter((name) => !used.has(name)).sort();
}
