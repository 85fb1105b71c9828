/**
 * Collects which characters are set in which font face, to subset the fonts. Reads the HTML and resolves faces like a
 * browser.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Parser } from "htmlparser2";
import { createCache } from "../cache/memory-cache.ts";
import { compareText } from "../source/problem.ts";

/**
 * Face -> characters set in it. KaTeX's faces are named like their files; listings and other code are under `code`, all
 * other text under `text`.
 */
export type GlyphSets = ReadonlyMap<string, Iterable<string>>;

interface Font {
  readonly family: string;
  readonly style: "Regular" | "Italic";
  readonly weight: "Regular" | "Bold";
}

interface FontRule {
  /** Classes that the element must all have. */
  readonly classes: readonly string[];
  /** Class of the parent, for KaTeX's `.delim-size1 > span`. */
  readonly parent: string | undefined;
  readonly set: Partial<Font>;
}

const katexFolder = createRequire(import.meta.url)
  .resolve("katex/package.json")
  .replace("package.json", "dist");

/**
 * The rules of KaTeX's own stylesheet that choose a face, in cascade order. A table of our own could become outdated
 * when KaTeX changes.
 */
const fontRules: readonly FontRule[] = readFontRules(readFileSync(`${katexFolder}/katex.css`, "utf8"));

function readFontRules(css: string): FontRule[] {
  const rules: (FontRule & { specificity: number })[] = [];
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, "").replace(/@font-face\s*\{[^}]*\}/g, "");
  for (const [, selectors = "", body = ""] of plain.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const set = readFont(body);
    if (Object.keys(set).length === 0) continue;
    for (const selector of selectors.split(",").map((part) => part.trim())) {
      const steps =
        selector
          .replace(/\s*>\s*/g, ">")
          .split(/\s+/)
          .at(-1)
          ?.split(">") ?? [];
      const last = steps.at(-1) ?? "";
      const classes = [...last.matchAll(/\.([\w-]+)/g)].map(([, name = ""]) => name);
      const parent = steps.length > 1 ? /\.([\w-]+)$/.exec(steps.at(-2) ?? "")?.[1] : undefined;
      if (classes.length > 0 || parent) {
        rules.push({ classes, parent, set, specificity: (selector.match(/\./g) ?? []).length });
      }
    }
  }
  return rules.sort((a, b) => a.specificity - b.specificity);
}

function readFont(body: string): Partial<Font> {
  const family = /font(?:-family)?:[^;]*?(KaTeX_\w+)/.exec(body)?.[1];
  const style = /font-style:\s*(\w+)/.exec(body)?.[1];
  const weight = /font-weight:\s*(\w+)/.exec(body)?.[1];
  const shorthand = /font:\s*normal/.test(body);
  return {
    ...(family && { family }),
    ...((style || shorthand) && { style: style === "italic" ? "Italic" : "Regular" }),
    ...((weight || shorthand) && { weight: weight === "bold" || weight === "700" ? "Bold" : "Regular" }),
  } as Partial<Font>;
}

/** Names of the font files that KaTeX ships, without `.woff2`. */
const shipped: ReadonlySet<string> = new Set(
  [...readFileSync(`${katexFolder}/katex.css`, "utf8").matchAll(/fonts\/(KaTeX_[\w-]+)\.woff2/g)].map(
    ([, name = ""]) => name,
  ),
);

/** The font file that a browser would choose; some of KaTeX's families have no bold. */
function faceOf({ family, style, weight }: Font): string {
  const wanted = `${weight === "Bold" ? "Bold" : ""}${style === "Italic" ? "Italic" : ""}` || "Regular";
  for (const variant of [wanted, style === "Italic" ? "Italic" : "Regular", "Regular", "Italic", "Bold"]) {
    if (shipped.has(`${family}-${variant}`)) return `${family}-${variant}`;
  }
  throw new Error(`KaTeX ships no face for ${family}`);
}

const upright: Font = { family: "KaTeX_Main", style: "Regular", weight: "Regular" };
const slanted: Font = { family: "KaTeX_Math", style: "Italic", weight: "Regular" };

const codeElements: ReadonlySet<string> = new Set(["code", "kbd", "samp", "pre"]);

interface Frame {
  readonly font: Font | undefined;
  readonly classes: string;
  readonly hidden: boolean;
  readonly isCode: boolean;
}

/** Half of a formula's HTML, and only for screen readers. */
const mathml = /<math[ >][\s\S]*?<\/math>/g;

/** The characters of HTML fragments by face, without text that is only for screen readers. */
export function collectGlyphs(pieces: readonly string[]): Map<string, Set<string>> {
  const sets = new Map<string, Set<string>>();
  const stack: Frame[] = [];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const above = stack.at(-1);
        const classes = attributes.class ?? "";
        const hidden = above?.hidden === true || name === "math";
        const isCode = above?.isCode === true || codeElements.has(name);
        stack.push({ classes, hidden, isCode, font: fontOf(classes, above, name) });
      },
      onclosetag: () => stack.pop(),
      ontext(text) {
        const frame = stack.at(-1);
        if (frame?.hidden) return;
        const face = frame?.font ? faceOf(frame.font) : frame?.isCode ? "code" : "text";
        const set = sets.get(face) ?? new Set<string>();
        sets.set(face, set);
        for (const character of text) if (character > " " && character !== "\u200b") set.add(character);
      },
    },
    { decodeEntities: true },
  );
  for (const piece of pieces) {
    parser.reset();
    stack.length = 0;
    parser.write(piece.replace(mathml, ""));
    parser.end();
  }
  return sets;
}

/** The font of an element; undefined outside of formulas. */
function fontOf(written: string, above: Frame | undefined, name: string): Font | undefined {
  const classes = namesIn(written);
  // Lettering of drawings and their controls: see src/ui/styles/figures.css, interactive.css.
  if (classes.includes("formula")) return slanted;
  if (classes.includes("upright") && above?.font) return upright;
  if (name === "text" || name === "tspan") return above?.font;
  if (!above?.font && !classes.includes("katex")) return undefined;
  return ruledFont(above, written);
}

const namesIn = (classes: string): string[] => classes.split(/\s+/).filter(Boolean);

/** Formulas consist of few combinations of classes. */
const ruled = createCache<Font>();

/** By KaTeX's rules. */
function ruledFont(above: Frame | undefined, written: string): Font {
  const { family, style, weight } = above?.font ?? upright;
  const parentClasses = above?.classes ?? "";
  return ruled([family, style, weight, parentClasses, written].join("|"), () => {
    const [classes, parents] = [namesIn(written), namesIn(parentClasses)];
    let font: Font = { family, style, weight };
    for (const rule of fontRules) {
      if (rule.parent !== undefined && !parents.includes(rule.parent)) continue;
      if (rule.classes.every((wanted) => classes.includes(wanted)) && (rule.classes.length > 0 || rule.parent)) {
        font = { ...font, ...rule.set };
      }
    }
    return font;
  });
}

/** The union of all sets. */
export function mergeGlyphs(all: Iterable<GlyphSets>): Map<string, Set<string>> {
  const merged = new Map<string, Set<string>>();
  for (const sets of all) {
    for (const [face, characters] of sets) {
      const into = merged.get(face) ?? new Set<string>();
      merged.set(face, into);
      for (const character of characters) into.add(character);
    }
  }
  return merged;
}

const ascii = Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCodePoint(0x20 + index));

/** Every character of a long text, most of which is ASCII. */
export const charactersOf = (text: string): ReadonlySet<string> =>
  new Set([...ascii.filter((character) => text.includes(character)), ...(text.match(/[^\x20-\x7e]/gu) ?? [])]);

/** The sets as sorted strings, to save memory: a library of thousands keeps one of them per text. */
export const compactGlyphs = (sets: GlyphSets): GlyphSets =>
  new Map([...sets].map(([face, characters]) => [face, [...characters].sort(compareText).join("")]));

/** All classes of HTML fragments, separated by spaces. */
export const collectClasses = (pieces: readonly string[]): string => {
  const names = pieces.flatMap((piece) =>
    [...piece.matchAll(/class="([^"]*)"/g)].flatMap(([, written = ""]) => written.split(/\s+/)),
  );
  return [...new Set(names)].sort(compareText).join(" ");
};
