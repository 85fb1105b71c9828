/** Defines a compiled text: its objects, and what the rest of the library needs to know about it. */
import type { SymbolEntry } from "../../library/chapter-object.ts";
import type { Change, Media } from "../../library/manifest.ts";
import type { GlyphSets } from "../assets/glyphs.ts";
import type { TextAnalysis } from "../markdown/text-analysis.ts";
import type { SymbolCounts } from "../maths/symbol-marks.ts";
import type { PublishedMail } from "../renderers/publish-mail.ts";
import type { IndexedText } from "../search/index-text.ts";
import type { Problem } from "../source/problem.ts";
import { collectIndex, type IndexedPlaces } from "./collect-index.ts";
import type { CollectedQuestion } from "./collect-questions.ts";
import type { ParsedText } from "./parse-text.ts";

export interface CompiledText {
  readonly problems: readonly Problem[];
  /** Only kept for a text that is part of another object: the About page. */
  readonly html: string;
  readonly object: string;
  /** Hash of the text as Markdown. */
  readonly markdown: string;
  readonly changes: readonly Change[];
  readonly media: readonly Media[];
  /** Hashes of the email and of its images. */
  readonly mail: PublishedMail | undefined;
  readonly minutes: number;
  readonly hasMaths: boolean;
  /** Names of the interactive figures, each once. */
  readonly interactiveFigures: readonly string[];
  readonly feedHtml: string | undefined;
  /** For the search index; undefined for the About page. */
  readonly indexed: IndexedText | undefined;
  readonly anchors: ReadonlySet<string>;
  readonly chapterLinks: TextAnalysis["chapterLinks"];
  /** The notation that the text declares. */
  readonly symbols: readonly SymbolEntry[];
  /** How many symbols of its formulas that explains. */
  readonly symbolCounts: SymbolCounts;
  readonly questions: readonly CollectedQuestion[];
  /** For the image beside links, as TeX. */
  readonly mainFormula: string | undefined;
  /** What the index lists of the text. */
  readonly index: IndexedPlaces;
  readonly glyphs: GlyphSets;
  /** All classes of the text's HTML; KaTeX's rules for other classes are dropped from the stylesheet. */
  readonly classes: string;
}

/** A text with errors is not published, but links to its headings can still be checked. */
export const refusedText = (
  { analysis, source, chapterLinks }: ParsedText,
  problems: readonly Problem[],
): CompiledText => ({
  problems,
  html: "",
  object: "",
  markdown: "",
  changes: [],
  media: [],
  mail: undefined,
  minutes: 0,
  hasMaths: false,
  interactiveFigures: [],
  feedHtml: undefined,
  indexed: undefined,
  anchors: analysis.anchors,
  chapterLinks,
  symbols: [],
  symbolCounts: { resolved: 0, unknown: 0 },
  questions: [],
  mainFormula: undefined,
  index: collectIndex({ analysis, source }),
  glyphs: new Map(),
  classes: "",
});
