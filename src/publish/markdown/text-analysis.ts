/** What the analysis of a text needs, and what it finds. */
import type { Token, Tokens } from "marked";
import type { TextCounts } from "../../library/reading-time.ts";
import type { Span } from "../source/source-file.ts";
import type { ChaptersOf, LinkTarget } from "./links.ts";
import type { Positions } from "./positions.ts";
import type { MathsToken } from "./tokens.ts";

/** What a text may refer to outside itself. */
export interface TextSurroundings {
  /** Slug of the book that the text stands in; absent for the About page. */
  readonly book: string | undefined;
  /** Books and chapters by slug, those still to come included. */
  readonly chaptersOf: ChaptersOf;
  /** Keys that the text may cite, in the order in which they are listed. */
  readonly references: readonly string[];
  readonly figureNames: readonly string[];
  /** Whether a picture lies beside the file. */
  readonly hasPicture: (name: string) => boolean;
}

/** A formula that could be typeset, and where its token stands. */
export interface Formula {
  readonly maths: MathsToken;
  readonly span: Span;
}

export interface TextAnalysis {
  readonly tokens: readonly Token[];
  readonly headingIds: ReadonlyMap<Token, string>;
  readonly equationNumbers: ReadonlyMap<Token, number>;
  /** Label -> number. */
  readonly labels: ReadonlyMap<string, number>;
  readonly notes: ReadonlyMap<string, { readonly number: number; readonly tokens: Token[] }>;
  /** Paragraphs that are a figure, with their picture and number. */
  readonly figures: ReadonlyMap<Token, { readonly image: Tokens.Image; readonly number: number }>;
  readonly captions: ReadonlyMap<Tokens.Image, Token[]>;
  readonly linkTargets: ReadonlyMap<Token, LinkTarget>;
  /** Links to other texts, checked once all of them are known. */
  readonly chapterLinks: readonly { readonly path: string; readonly anchor: string | undefined; readonly span: Span }[];
  readonly anchors: ReadonlySet<string>;
  /** A formula -> the punctuation right behind it, which must not begin a line of its own. */
  readonly punctuation: ReadonlyMap<Token, string>;
  readonly languages: ReadonlySet<string>;
  readonly counts: TextCounts;
  readonly positions: Positions;
  /** In the order of the text, those of captions and notes among them. */
  readonly formulas: readonly Formula[];
}
