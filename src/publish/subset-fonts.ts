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
  readonly weight: number;
  readonly style: "normal" | "italic";
  readonly file: string;
  /** Needed by the first view of nearly every page. */
  readonly preload: boolean;
}

const literata = (name: string) => resolve(`@fontsource/literata/files/literata-latin-${name}.woff2`);
const alegreya = (name: string) => resolve(`@fontsource/alegreya-sans/files/alegreya-sans-latin-${name}.woff2`);
const plexMono = (name: string) => resolve(`@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-${name}.woff2`);

const textFaces: readonly TextFace[] = [
  { family: "Library Serif", weight: 400, style: "normal", file: literata("400-normal"), preload: true },
  { family: "Library Serif", weight: 400, style: "italic", file: literata("400-italic"), preload: false },
  { family: "Library Serif", weight: 600, style: "normal", file: literata("600-normal"), preload: false },
  { family: "Library Sans", weight: 400, style: "normal", file: alegreya("400-normal"), preload: true },
  { family: "Library Sans", weight: 400, style: "italic", file: alegreya("400-italic"), preload: false },
  { family: "Library Sans", weight: 700, style: "normal", file: alegreya("700-normal"), preload: true },
  { family: "Library Mono", weight: 400, style: "normal", file: plexMono("400-normal"), preload: false },
];

/** KaTeX's faces that are fetched with the page, because nearly every formula needs them. */
const preloadedMaths: ReadonlySet<string> = new Set(["KaTeX_Main-Regular", "KaTeX_Math-Italic"]);

/** What the pages' own words need, whatever the texts hold: ASCII and the signs of print. */
const always = [
  ...Array.from({ length: 0x7e - 0x20 }, (_, index) => String.fromCodePoint(0x21 + index)),
  ..." –—‘’“”·…×−←→↑↓",
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
 * asks for: a third of each file.
 *
 * The same face with the same characters comes back at every change in `npm start`.
 */
const cut = new Map<string, Promise<Uint8Array>>();

export async function subsetFonts(glyphs: GlyphSets): Promise<FontFile[]> {
  const text = [...new Set([...always, ...(glyphs.get("text") ?? [])])].sort(compareText).join("");
  const textFiles = textFaces.map(async (face): Promise<FontFile> => {
    const { file, bytes } = await subset(face.file, face.family.replace("Library ", "").toLowerCase(), text);
    return {
      file,
      bytes,
      preload: face.preload ? "text" : undefined,
      // A face that comes late is used on the next page: text never jumps.
      css: fontFace({ family: face.family, weight: `${face.weight}`, style: face.style, file, display: "optional" }),
    };
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

async function subset(path: string, name: string, characters: string): Promise<{ file: string; bytes: Uint8Array }> {
  const key = `${path} ${characters}`;
  const work =
    cut.get(key) ?? subsetFont(readFileSync(path), characters, { targetFormat: "woff2", noLayoutClosure: true });
  cut.set(key, work);
  const bytes = await work;
  return { file: `${name}.${sha256(bytes).slice(0, 12)}.woff2`, bytes };
}

const fontFace = (face: { family: string; weight: string; style: string; file: string; display: string }): string =>
  `@font-face{font-family:"${face.family}";font-weight:${face.weight};font-style:${face.style};font-display:${face.display};src:url(${face.file}) format("woff2")}`;
