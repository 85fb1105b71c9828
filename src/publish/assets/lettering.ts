/**
 * Provides the fonts for the lettering of drawings as files that resvg can read: it supports neither WOFF nor fonts in
 * memory.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import subsetFont from "subset-font";
import { cacheFile } from "../cache/disk-cache.ts";
import { createCache } from "../cache/memory-cache.ts";
import { sha256 } from "../object-store.ts";

const resolve = createRequire(import.meta.url).resolve;

/** Names for `font-family`. */
export const letteringFaces = { sans: "Alegreya Sans", maths: "KaTeX_Math", upright: "KaTeX_Main" } as const;

const load = createCache<Promise<string[]>>();

/**
 * Paths of the fonts. The first is KaTeX_Main without its letters: where a line mixes faces, resvg falls back to the
 * first font that has a missing character, and would then set letters in that font too.
 */
export const letteringFiles = (): Promise<string[]> =>
  load("files", async () => {
    const [main, maths] = ["KaTeX_Main-Regular", "KaTeX_Math-Italic"].map((face) => `katex/dist/fonts/${face}.ttf`);
    const sans = ["400Regular", "700Bold"].map((cut) =>
      resolve(`@expo-google-fonts/alegreya-sans/${cut}/AlegreyaSans_${cut}.ttf`),
    );
    const isLetter = /\p{L}/u;
    return Promise.all([
      unpacked(`${main}`, "signs", [...everyCharacter].filter((character) => !isLetter.test(character)).join("")),
      resolve(`${main}`),
      resolve(`${maths}`),
      ...sans,
    ]);
  });

/** A subset as TrueType, made once per version of its source file. */
function unpacked(path: string, name: string, characters: string): Promise<string> {
  const font = readFileSync(resolve(path));
  const key = sha256(`${characters} ${sha256(font)}`).slice(0, 16);
  return cacheFile(`${name}-${key}.ttf`, () => subsetFont(font, characters, { targetFormat: "sfnt" }));
}

/** Latin, Greek, Cyrillic and mathematical symbols. */
const everyCharacter = [
  [0x20, 0x530],
  [0x1e00, 0x2bff],
]
  .flatMap(([from = 0, to = 0]) => Array.from({ length: to - from }, (_, index) => String.fromCodePoint(from + index)))
  .join("");
