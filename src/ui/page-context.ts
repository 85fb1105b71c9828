/** Types what pages, feeds and Markdown versions are rendered with; a handler's `context.var` has it. */
import type { Catalogue } from "../library/catalogue.ts";
import type { Words } from "./words/words.ts";

/** Enough for a text that is not a page: a feed, or a chapter as Markdown. */
export interface TextContext {
  readonly catalogue: Catalogue;
  /** Public URL of the library, without a trailing slash. */
  readonly origin: string;
  /** The interface's wording in the library's language. */
  readonly words: Words;
}

export interface PageContext extends TextContext {
  /** Whether pages offer the newsletter. */
  readonly newsletterOpen: boolean;
}
