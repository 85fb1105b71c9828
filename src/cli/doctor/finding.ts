/** The result of one check of the doctor: a line. */

/** `open`: nobody could look, or it is the author's to compare. */
export type State = "ok" | "warning" | "wrong" | "open";

export interface Finding {
  readonly state: State;
  /** What was looked at: a word or two. */
  readonly what: string;
  /** How it stands, in a sentence without a full stop. */
  readonly message: string;
  /** What to do about it. */
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
