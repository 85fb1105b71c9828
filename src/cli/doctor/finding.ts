/** Defines a finding of the doctor: the result of one check, printed as one line. */

/** `open`: could not be checked, or is for the author to compare. */
export type State = "ok" | "warning" | "wrong" | "open";

export interface Finding {
  readonly state: State;
  /** What was checked, in a word or two. */
  readonly what: string;
  /** The result, as a sentence without a full stop. */
  readonly message: string;
  /** How to fix it. */
  readonly wayOut?: string;
}

export const ok = (what: string, message: string): Finding => ({ state: "ok", what, message });
export const warning = (what: string, message: string, wayOut: string): Finding => ({
  state: "warning",
  what,
  message,
  wayOut,
});
export const wrong = (what: string, message: string, wayOut: string): Finding => ({
  state: "wrong",
  what,
  message,
  wayOut,
});
export const unseen = (what: string, message: string): Finding => ({ state: "open", what, message });
