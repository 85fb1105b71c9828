/** Types what every page needs to render its frame; a handler's `context.var` has it. */
import type { Catalogue } from "../library/catalogue.ts";
import type { Words } from "./words/words.ts";

export interface PageContext {
  readonly catalogue: Catalogue;
  /** Public URL of the library, without a trailing slash. */
  readonly origin: string;
  /** The interface's wording in the library's language. */
  readonly words: Words;
}
