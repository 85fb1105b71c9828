/** Declares problems that need the author's attention, and the step that resolves each. */

export interface Choice {
  /** An identity, or `new`. */
  readonly answer: string;
  readonly words: string;
}

export type Step =
  | { readonly kind: "link"; readonly href: string; readonly words: string }
  /** The author dismisses a notice. */
  | { readonly kind: "settle"; readonly notice: string }
  /** The author says which chapter it is. */
  | { readonly kind: "identify"; readonly place: string; readonly choices: readonly Choice[] }
  /** The author changes the chapter's file. */
  | { readonly kind: "none" }
  /** After `npm run`, without `--remote`. */
  | { readonly kind: "command"; readonly command: string };

export interface Problem {
  readonly title: string;
  /** Sentences, with commands in backticks. */
  readonly words: string;
  readonly step: Step;
}
