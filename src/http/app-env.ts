/** Types the variables that every handler finds in its context. */
import type { Bindings } from "../env.ts";
import type { Catalogue } from "../library/catalogue.ts";
import type { Words } from "../ui/words/words.ts";

export interface AppEnv {
  readonly Bindings: Bindings;
  readonly Variables: {
    /** What is public now. */
    readonly catalogue: Catalogue;
    /** Scheme and host for absolute URLs, from the settings. */
    readonly origin: string;
    /** The interface's wording in the library's language. */
    readonly words: Words;
    /** Whether pages offer the newsletter: a setting, so it is the same for every reader. */
    readonly newsletterOpen: boolean;
    /**
     * Whether there is a signing key. Chapters ask if they were clear, which needs it to limit answers per network, and searches
     * without results are counted.
     */
    readonly feedbackOpen: boolean;
  };
}
