/** Defines the input for compiling a text: the text, its surroundings, and what the whole library shares. */
import type { Direction } from "../../library/language.ts";
import type { Words } from "../../ui/words/words.ts";
import type { Gallery } from "../assets/gallery.ts";
import type { Numbers } from "../assets/numbers.ts";
import type { StandaloneDrawing } from "../assets/standalone-drawing.ts";
import type { TextSurroundings } from "../markdown/text-analysis.ts";
import type { ObjectStore } from "../object-store.ts";
import type { ChapterFields, Work } from "../source/content-schema.ts";
import type { TextSource } from "../source/read-content.ts";
import type { Macros } from "../source/read-macros.ts";

/** The fields that chapters and overviews share. */
export type TextFields = Pick<ChapterFields, "symbols" | "references" | "changes" | "share">;

export interface TextJob {
  readonly source: TextSource<TextFields>;
  /** The wording of labels, in the library's language. */
  readonly words: Words;
  /** Public path of the text. */
  readonly path: string;
  readonly surroundings: TextSurroundings;
  readonly works: ReadonlyMap<string, Work>;
  /** Where works are looked up, for the author: `content/references.yaml`. */
  readonly workFiles: readonly string[];
  /** Whether each symbol in its formulas must be declared; the About page has no notation. */
  readonly explainsItsSymbols: boolean;
  /** The text's computed numbers. */
  readonly numbers: Numbers | undefined;
  readonly macros: Macros;
  /** Whether the text is among the newest, so that feeds contain it. */
  readonly inFeed: boolean;
  /** Whether the HTML is needed separately from the object. */
  readonly keepHtml: boolean;
  readonly cover: string | undefined;
  /** Undefined if it is the library's. */
  readonly language: string | undefined;
  readonly direction: Direction;
  readonly isEnglish: boolean;
  /** The About page is not. */
  readonly isSearched: boolean;
  /** Undefined for the About page, which is never emailed. `key`: see `publishMail`. */
  readonly mail: { readonly cloth: string; readonly key: (() => string) | undefined } | undefined;
}

export interface TextTools {
  readonly root: string;
  readonly store: ObjectStore;
  readonly gallery: Gallery;
  readonly exportDrawing: (drawing: string) => StandaloneDrawing;
}
