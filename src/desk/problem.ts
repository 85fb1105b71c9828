/** What wants a decision of the author, and the step that answers it. */

export interface Choice {
  /** An identity, or `new`. */
  readonly answer: string;
  readonly words: string;
}

export type Step =
  | { readonly kind: "link"; readonly href: string; readonly words: string }
  /** The author has read it. */
  | { readonly kind: "settle"; readonly notice: string }
  /** The author says which chapter it is. */
  | { readonly kind: "identify"; readonly place: string; readonly choices: readonly Choice[] }
  /** What is to be done is done in the chapter's file. */
  | { readonly kind: "none" }
  /** Behind `npm run`, without `--remote`. */
  | { readonly kind: "command"; readonly command: string };

export interface Problem {
  readonly title: string;
  /** Sentences. Commands stand in backticks. */
  readonly words: string;
  readonly step: Step;
}
