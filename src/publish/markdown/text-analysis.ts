/** Defines the input and the result of a text's analysis. */
import type { Token, Tokens } from "marked";
import type { IndexKind } from "../../library/objects.ts";
import type { TextCounts } from "../../library/reading-time.ts";
import type { Words } from "../../ui/words/words.ts";
import type { Span } from "../source/source-file.ts";
import type { OtherText, ResolvedReference, Targets } from "./labels.ts";
import type { LinkTarget } from "./links.ts";
import type { Positions } from "./positions.ts";
import type { CaptionToken, MathsToken } from "./tokens.ts";

/** What a text may refer to outside of itself. */
export interface TextSurroundings {
  /** Where a link leads: see `resolveLink`. */
  readonly linkTo: (written: string) => LinkTarget;
  /** Keys that the text may cite, in the order of its reference list. */
  readonly references: readonly string[];
  readonly figureNames: readonly string[];
  /** Whether the text's folder has this image file. */
  readonly hasPicture: (name: string) => boolean;
  /** The wording of references, in the library's language. */
  readonly words: Words;
  /** Whether the numbered boxes of a text share one series of numbers. */
  readonly sharesBoxNumbers: boolean;
  /**
   * What another text has to refer to, by its path; `unknown` if it cannot be read, which is reported elsewhere.
   * Undefined where a text cannot refer to others.
   */
  readonly textAt: ((path: string) => OtherText | "planned" | "unknown") | undefined;
}

/** A formula that can be typeset, and the span of its token. */
export interface Formula {
  readonly maths: MathsToken;
  readonly span: Span;
}

/** A term, model or dataset that the text marks for the index. */
export interface IndexMark {
  readonly kind: IndexKind;
  /** As it is printed; further levels are sub-entries. */
  readonly entry: readonly string[];
  /** Its id on the page; undefined if the entry only says "see". */
  readonly anchor: string | undefined;
  /** Whether an element has this id for another reason: the heading that the mark is in. */
  readonly isOnHeading: boolean;
  readonly isMain: boolean;
  readonly see: readonly string[] | undefined;
  readonly span: Span;
}

/** A change that the front matter declares. */
export interface DeclaredChange {
  /** ISO 8601. */
  readonly at: string;
  readonly correction: boolean;
  /** Inline. */
  readonly tokens: Token[];
}

export interface TextAnalysis {
  readonly tokens: readonly Token[];
  readonly headingIds: ReadonlyMap<Token, string>;
  readonly equationNumbers: ReadonlyMap<Token, number>;
  /** Every displayed equation -> its id on the page. */
  readonly equationIds: ReadonlyMap<Token, string>;
  /** Label -> number. */
  readonly labels: ReadonlyMap<string, number>;
  readonly notes: ReadonlyMap<string, { readonly number: number; readonly tokens: Token[] }>;
  /** Paragraphs that are a figure, with their image and number. */
  readonly figures: ReadonlyMap<Token, { readonly image: Tokens.Image; readonly number: number }>;
  readonly captions: ReadonlyMap<Tokens.Image, Token[]>;
  /** Tables and listings with a caption. */
  readonly captioned: ReadonlyMap<Token, { readonly caption: CaptionToken; readonly numbered: string }>;
  /** Boxes with a number of their own -> `Theorem 2`. */
  readonly boxLabels: ReadonlyMap<Token, string>;
  /** Numbers of boxes; a solution has that of its exercise. */
  readonly boxNumbers: ReadonlyMap<Token, number>;
  readonly targets: Targets;
  readonly references: ReadonlyMap<Token, ResolvedReference>;
  readonly linkTargets: ReadonlyMap<Token, LinkTarget>;
  /** Links to other texts, checked once all of them are known. */
  readonly chapterLinks: readonly { readonly path: string; readonly anchor: string | undefined; readonly span: Span }[];
  readonly anchors: ReadonlySet<string>;
  /** A formula, and the text after it -> the punctuation right after the formula, which must not start a line. */
  readonly punctuation: ReadonlyMap<Token, string>;
  /** A formula, and the text before it -> the marks right before the formula, which must not end a line. */
  readonly openings: ReadonlyMap<Token, string>;
  readonly languages: ReadonlySet<string>;
  readonly counts: TextCounts;
  readonly positions: Positions;
  /** Newest first. */
  readonly changes: readonly DeclaredChange[];
  /** In the order of the text, including those in captions and notes, but not those of changes. */
  readonly formulas: readonly Formula[];
  /** In the order of the text. */
  readonly indexMarks: ReadonlyMap<Token, IndexMark>;
}
