/** Subsets fonts to the characters that the library sets in them, and writes their `@font-face` rules. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { readKept, writeKept } from "../cache/disk-cache.ts";
import { createCache } from "../cache/memory-cache.ts";
import { sha256 } from "../object-store.ts";
import { compareText } from "../source/problem.ts";
import { cutFont } from "./fonts/cut-font.ts";
import type { GlyphSets } from "./glyphs.ts";
import { standInRules, type Variant } from "./local-faces.ts";
import { measureFont } from "./measure-font.ts";

const resolve = createRequire(import.meta.url).resolve;

interface TextFace {
  readonly family: string;
  /** Package of @expo-google-fonts: these ship whole fonts, while others split them by script. */
  readonly source: string;
  /** Prefix of the file name. */
  readonly name: string;
  readonly weight: 400 | 600 | 700;
  readonly style: "normal" | "italic";
  readonly variant: Variant;
  /**
   * Preload order of faces that the first view of nearly every page needs. Headings come first, so that a title is
   * never in a system font above text in ours.
   */
  readonly preload: 1 | 2 | 3 | 4 | undefined;
  readonly display: "optional" | "swap";
  /** OpenType features to keep, if the default glyphs are not enough. */
  readonly features?: readonly string[];
  /** Whether readers type in it, or it shows code: it has all of ASCII, and every character of listings. */
  readonly isForCode?: true;
}

const regular = { weight: 400, style: "normal", variant: "normal" } as const;
/**
 * Serif and sans: text in a fallback of the same metrics is merely different, and words that change while they are read
 * disturb. A font that arrives late is used from the next page on, without layout shift.
 */
const optional = { display: "optional" } as const;
const serif = { family: "Library Serif", source: "literata", name: "Literata", ...optional } as const;
const sans = { family: "Library Sans", source: "alegreya-sans", name: "AlegreyaSans", ...optional } as const;
/** Its fallbacks have the same advance width, so a late swap causes no layout shift. */
const mono = { family: "Library Mono", source: "ibm-plex-mono", name: "IBMPlexMono", display: "swap" } as const;

const textFaces: readonly TextFace[] = [
  { ...serif, ...regular, preload: 2 },
  { ...serif, weight: 400, style: "italic", variant: "italic", preload: 4 },
  { ...serif, weight: 600, style: "normal", variant: "bold", preload: undefined },
  { ...sans, ...regular, preload: 3, isForCode: true },
  // For titles, with lining figures: "T5". Its ligatures for "fi" and "Th" would be a fifth of the file.
  { ...sans, weight: 700, style: "normal", variant: "bold", preload: 1, features: ["lnum"] },
  { ...mono, ...regular, preload: undefined, isForCode: true },
];

/** KaTeX's faces to preload, because nearly every formula needs them. */
const preloadedMaths: ReadonlySet<string> = new Set(["KaTeX_Main-Regular", "KaTeX_Math-Italic"]);

const ascii = Array.from({ length: 0x7e - 0x20 }, (_, index) => String.fromCodePoint(0x21 + index));
/** Characters that every page needs, whatever its texts contain: ASCII, and common punctuation. */
const always = [...ascii, ..." –—‘’“”·…×−›"];
/** Signs of code and of TeX, which text faces have only if a text has them: their outlines are large. */
const signs: ReadonlySet<string> = new Set("{}[]|\\^~<>#$*`");

export interface FontFile {
  /** Name under /assets. */
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly preload: "maths" | TextFace["preload"];
  /** Its `@font-face` rule and those of its fallbacks. */
  readonly css: string;
}

/** Subsets by font, characters and features: `npm start` requests the same ones at every change. */
const cut = new Map<string, Promise<Uint8Array>>();

export async function subsetFonts(glyphs: GlyphSets): Promise<FontFile[]> {
  const shown = [...(glyphs.get("text") ?? [])];
  const prose = new Set([...always.filter((character) => !signs.has(character)), ...shown]);
  const code = new Set([...always, ...shown, ...(glyphs.get("code") ?? [])]);
  const textFiles = textFaces.flatMap((face) => {
    const path = pathOf(face);
    const measured = measureFont(readFileSync(path));
    const text = face.isForCode ? code : prose;
    const covered = [...text].filter((character) => measured.characters.has(character.codePointAt(0) ?? 0));
    return [...splitByScript(covered)].map(async ([script, characters]): Promise<FontFile> => {
      const name = [face.source, ...(script === latin ? [] : [script]), face.weight, face.style].join("-");
      const { file, bytes } = await subset(path, name, characters, face.features);
      const named = { ...face, weight: `${face.weight}` };
      const rules = [
        fontFace({ ...named, file, range: unicodeRange(characters) }),
        ...(script === latin ? standInRules(named, measured) : []),
      ];
      return { file, bytes, preload: script === latin ? face.preload : undefined, css: rules.join("") };
    });
  });
  const mathsFiles = [...glyphs]
    .filter(([face]) => face.startsWith("KaTeX_"))
    .sort(([a], [b]) => compareText(a, b))
    .map(async ([face, characters]): Promise<FontFile> => {
      const path = resolve(`katex/dist/fonts/${face}.woff2`);
      const { file, bytes } = await subset(path, face.toLowerCase(), [...characters].sort(compareText).join(""));
      const [family = "", variant = ""] = face.split("-");
      return {
        file,
        bytes,
        preload: preloadedMaths.has(face) ? "maths" : undefined,
        // A formula is wrong in a fallback font: an italic letter is a variable, and KaTeX's boxes have the sizes of its
        // own signs. So formulas wait for their faces, which are preloaded if nearly every formula needs them.
        css: fontFace({
          family,
          weight: variant.startsWith("Bold") ? "700" : "400",
          style: variant.endsWith("Italic") ? "italic" : "normal",
          file,
          display: "block",
        }),
      };
    });
  return Promise.all([...textFiles, ...mathsFiles]);
}

/**
 * Lining tabular figures, which the sans has as variants. Only the author's desk uses them, so that no reader loads
 * them. `swap` rather than `optional`, because the desk consists mostly of columns of numbers.
 */
export async function subsetDigits(): Promise<FontFile[]> {
  const digits = "0123456789";
  return Promise.all(
    ([400, 700] as const).map(async (weight): Promise<FontFile> => {
      const path = pathOf({ ...sans, weight, style: "normal" });
      const { file, bytes } = await subset(path, `digits-${weight}`, digits, ["lnum", "tnum"]);
      const face = { family: "Library Digits", weight: `${weight}`, style: "normal", file, display: "swap" };
      return { file, bytes, preload: undefined, css: fontFace({ ...face, range: unicodeRange(digits) }) };
    }),
  );
}

/** `variants`: OpenType features whose glyphs are kept. */
async function subset(
  path: string,
  name: string,
  characters: string,
  variants?: readonly string[],
): Promise<{ file: string; bytes: Uint8Array }> {
  const key = `${path} ${characters} ${variants ?? ""}`;
  const work = cut.get(key) ?? cutByCache(readFileSync(path), characters, variants);
  cut.set(key, work);
  const bytes = await work;
  return { file: `${name}.${sha256(bytes).slice(0, 8)}.woff2`, bytes };
}

/** Hash of what cuts fonts, for the cache key: another version may give other bytes. */
const tools = createCache<string>();

const ownTools = join(import.meta.dirname, "fonts");

const cuttingTools = (): string =>
  tools("versions", () => {
    const packages = ["subset-font", "harfbuzzjs/dist/harfbuzz-subset.wasm", "harfbuzzjs"].map((name) => resolve(name));
    const own = readdirSync(ownTools).map((name) => join(ownTools, name));
    return sha256([...packages, ...own].map((file) => sha256(readFileSync(file))).join());
  });

/** Uses the cache on disk: cutting takes a second or two of a build, and most changes add no character. */
async function cutByCache(font: Buffer, characters: string, variants?: readonly string[]): Promise<Uint8Array> {
  const name = `${sha256(JSON.stringify([cuttingTools(), sha256(font), characters, variants]))}.woff2`;
  const known = readKept(name);
  if (known) return known;
  const bytes = await cutFont(font, characters, variants);
  writeKept(name, bytes);
  return bytes;
}

const fontFace = (face: {
  family: string;
  weight: string;
  style: string;
  file: string;
  display: string;
  range?: string;
}): string =>
  `@font-face{font-family:"${face.family}";font-weight:${face.weight};font-style:${face.style};font-display:${face.display};src:url(${face.file}) format("woff2")${face.range ? `;unicode-range:${face.range}` : ""}}`;

const cuts: Readonly<Record<number, string>> = { 400: "400Regular", 600: "600SemiBold", 700: "700Bold" };

function pathOf({ source, name, weight, style }: Pick<TextFace, "source" | "name" | "weight" | "style">): string {
  const cut = `${cuts[weight]}${style === "italic" ? "_Italic" : ""}`;
  return resolve(`@expo-google-fonts/${source}/${cut}/${name}_${cut}.ttf`);
}

const latin = "latin";

/**
 * One file per script, so that a book in Greek or Cyrillic costs readers of other books nothing. All of Latin is one
 * file, so that "č" is loaded together with "c".
 */
function splitByScript(characters: readonly string[]): Map<string, string> {
  const parts = new Map<string, string>();
  for (const character of characters.toSorted(compareText)) {
    const script = /\p{Script=Greek}/u.test(character)
      ? "greek"
      : /\p{Script=Cyrillic}/u.test(character)
        ? "cyrillic"
        : latin;
    parts.set(script, (parts.get(script) ?? "") + character);
  }
  return parts;
}

/** `U+41-5A,U+61`: consecutive code points are merged. */
function unicodeRange(characters: string): string {
  const codes = [...characters].map((character) => character.codePointAt(0) ?? 0).sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const code of codes) {
    const last = runs.at(-1);
    if (last && code === last[1] + 1) last[1] = code;
    else runs.push([code, code]);
  }
  return runs.map(([from, to]) => `U+${from.toString(16)}${to > from ? `-${to.toString(16)}` : ""}`).join(",");
}
