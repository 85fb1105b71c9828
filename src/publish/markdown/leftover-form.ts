/** Defines a form of markup that would be printed literally, and where one was found. */

/** A form of markup that is not used here. */
export interface LeftoverForm {
  /** With the flags `gu`. */
  readonly form: RegExp;
  readonly fix: string | ((match: RegExpExecArray) => string);
  /** Returns whether a match is meant as words. */
  readonly isFine?: (match: RegExpExecArray, surroundings: LeftoverSurroundings) => boolean;
  /** Default: a warning. */
  readonly severity?: "error";
}

export interface LeftoverSurroundings {
  /** Keys that the text may cite. */
  readonly references: readonly string[];
}

/** Stands for code in the words of a paragraph: a private character of Unicode. */
export const codeMark = "\ue000";

/** Offsets count in the paragraph. */
export interface Found {
  readonly start: number;
  readonly length: number;
  readonly message: string;
  readonly fix: string;
  readonly severity?: "warning";
}
