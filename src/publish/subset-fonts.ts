/** Fonts cut down to the characters that the library sets in them. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import subsetFont from "subset-font";
import type { GlyphSets } from "./glyphs.ts";
import { sha256 } from "./object-store.ts";
import { compareText } from "./problem.ts";

const resolve = createRequire(import.meta.url).resolve;

interface TextFace {
  readonly family: string;
  /** Package of @fontsource that brings it. */
  readonly source: string;
  readonly weight: 400 | 600 | 700;
  readonly style: "normal" | "italic";
  /** Needed by the first view of nearly every page. */
  readonly preload: boolean;
}

const serif = { family: "Library Serif", source: "literata" } as const;
const sans = { family: "Library Sans", source: "alegreya-sans" } as const;
const mono = { family: "Library Mono", source: "ibm-plex-mono" } as const;

const textFaces: readonly TextFace[] = [
  { ...serif, weight: 400, style: "normal", preload: true },
  { ...serif, weight: 400, style: "italic", preload: true },
  { ...serif, weight: 600, style: "normal", preload: false },
  { ...sans, weight: 400, style: "normal", preload: true },
  { ...sans, weight: 700, style: "normal", preload: true },
  { ...mono, weight: 400, style: "normal", preload: false },
];

/** KaTeX's faces that are fetched with the page, because nearly every formula needs them. */
const preloadedMaths: ReadonlySet<string> = new Set(["KaTeX_Main-Regular", "KaTeX_Math-Italic"]);

/** What the pages' own words need, whatever the texts hold: ASCII and the signs of print. */
const always = [
  ...Array.from({ length: 0x7e - 0x20 }, (_, index) => String.fromCodePoint(0x21 + index)),
  ..." –—‘’“”·…×−›",
].join("");

export interface FontFile {
  /** Name under /assets. */
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly preload: "text" | "maths" | undefined;
  /** Its `@font-face` rule. */
  readonly css: string;
}

/**
 * `noLayoutClosure` leaves out small capitals, old-style and fraction variants that no rule of ours
 * asks for: a third of each file. Hints are for screens coarser than today's: another part.
 *
 * The same face with the same characters comes back at every change in `npm start`.
 */
const cut = new Map<string, Promise<Uint8Array>>();

export async function subsetFonts(glyphs: GlyphSets): Promise<FontFile[]> {
  const text = [...new Set([...always, ...(glyphs.get("text") ?? [])])].sort(compareText).join("");
  const textFiles = textFaces.flatMap((face) =>
    [...splitByScript(face.source, text)].map(async ([script, characters]): Promise<FontFile> => {
      const path = resolve(
        `@fontsource/${face.source}/files/${face.source}-${script}-${face.weight}-${face.style}.woff2`,
      );
      const name = [face.source, script, face.weight, face.style].join("-");
      const { file, bytes } = await subset(path, name, characters);
      return {
        file,
        bytes,
        preload: face.preload && script === "latin" ? "text" : undefined,
        // A face that comes late is used on the next page: text never jumps.
        css: fontFace({
          ...face,
          weight: `${face.weight}`,
          file,
          display: "optional",
          range: unicodeRange(characters),
        }),
      };
    }),
  );
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
        // A formula in a wrong face is unreadable: it waits for its own.
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
 * Digits that stand in line and under each other, which the sans has as variants: for the author's desk alone, so
 * that no reader loads them. They come late rather than not at all, because columns of numbers are all there is.
 */
export async function subsetDigits(): Promise<FontFile[]> {
  const digits = "0123456789";
  return Promise.all(
    (["400", "700"] as const).map(async (weight): Promise<FontFile> => {
      const path = resolve(`@fontsource/${sans.source}/files/${sans.source}-latin-${weight}-normal.woff2`);
      const { file, bytes } = await subset(path, `digits-${weight}`, digits, ["lnum", "tnum"]);
      const face = { family: "Library Digits", weight, style: "normal", file, display: "swap" };
      return { file, bytes, preload: undefined, css: fontFace({ ...face, range: unicodeRange(digits) }) };
    }),
  );
}

/** With `variants`, those forms of the characters stay that these OpenType features ask for. */
async function subset(
  path: string,
  name: string,
  characters: string,
  variants?: readonly string[],
): Promise<{ file: string; bytes: Uint8Array }> {
  const key = `${path} ${characters} ${variants ?? ""}`;
  const forms = variants ? { keepFeatures: [...variants] } : { noLayoutClosure: true };
  const work =
    cut.get(key) ?? subsetFont(readFileSync(path), characters, { targetFormat: "woff2", noHinting: true, ...forms });
  cut.set(key, work);
  const bytes = await work;
  return { file: `${name}.${sha256(bytes).slice(0, 12)}.woff2`, bytes };
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

/**
 * Fontsource cuts a face into files by script and says in unicode.json which characters are where.
 * Characters that no file has are left out: the reader's own fonts show them.
 */
function splitByScript(source: string, characters: string): Map<string, string> {
  const ranges = JSON.parse(readFileSync(resolve(`@fontsource/${source}/unicode.json`), "utf8")) as Record<
    string,
    string
  >;
  const scripts = ["latin", "latin-ext", "greek", "cyrillic", "vietnamese"].filter((script) => script in ranges);
  const parts = new Map<string, string>();
  for (const character of characters) {
    const code = character.codePointAt(0) ?? 0;
    const script = scripts.find((name) => includesCode(ranges[name] ?? "", code));
    if (script) parts.set(script, (parts.get(script) ?? "") + character);
  }
  return parts;
}

const includesCode = (ranges: string, code: number): boolean =>
  ranges.split(",").some((range) => {
    const [from = "", to = from] = range.replace("U+", "").split("-");
    return code >= Number.parseInt(from, 16) && code <= Number.parseInt(to, 16);
  });

/** `U+41-5A,U+61`: neighbours are joined. */
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
