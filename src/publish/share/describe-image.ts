/** Describes the images for shared links: of a text, and of the library, for pages that are not of a text. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bookCloths, libraryCloth } from "../../library/cloths.ts";
import { directionOf, type Worded } from "../../library/language.ts";
import { createCache } from "../cache/memory-cache.ts";
import { setTypography } from "../markdown/typography.ts";
import type { BookSource, Outline, TextSource } from "../source/read-content.ts";
import type { FontFile } from "./outline-text.ts";
import type { ShareImage } from "./share-image.ts";

interface TextImage {
  readonly source: TextSource<Worded & { readonly title?: string }>;
  readonly book: BookSource;
  /** TeX. */
  readonly formula: string | undefined;
  /** The drawing on the book's cover. */
  readonly ornament: string;
  readonly font: FontFile | undefined;
}

export function imageOfText({ library }: Outline, { source, book, formula, ornament, font }: TextImage): ShareImage {
  const { data } = book.overview;
  const { light, cover } = bookCloths[book.cloth];
  const language = data.language ?? library.data.language;
  return {
    kicker: set(library.data.title),
    title: set(source.data.title ?? data.title),
    direction: directionOf(source.data.language ?? language),
    cover: { cloth: cover, ornament, title: set(data.short_title ?? data.title), direction: directionOf(language) },
    accent: light,
    formula,
    font,
  };
}

export function imageOfLibrary({ library }: Outline, font: FontFile | undefined): ShareImage {
  const { title, tagline, language } = library.data;
  const direction = directionOf(language);
  return {
    kicker: "",
    title: set(title),
    direction,
    cover: { cloth: libraryCloth.cover, ornament: readIcon("icon", drawIcon), title: "", direction },
    accent: libraryCloth.light,
    formula: undefined,
    text: set(tagline),
    font,
  };
}

const readIcon = createCache<string>();

/** The mark of the library in the middle of a cover. */
function drawIcon(): string {
  const icon = readFileSync(join(import.meta.dirname, "../../ui/icon.svg"), "utf8");
  const path = /<path d="[^"]+"/.exec(icon)?.[0] ?? "<path";
  return `<svg viewBox="0 0 300 420"><g transform="translate(62 88) scale(5.5)" fill="currentColor">${path}/></g></svg>`;
}

const set = (words: string): string => setTypography(words, "");
