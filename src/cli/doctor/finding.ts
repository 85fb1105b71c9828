/** The result of one check of the doctor: a line. */

/** `open`: nobody could look, or it is the author's to compare. */
export type State = "ok" | "warning" | "wrong" | "open";

export interface Finding {
  readonly state: State;
  /** What was looked at: a word or two. */
  readonly what: string;
  /** How it stands, in a sentence without a full stop. */
  readonly said: string;
  /** What to do about it. */
  readonly wayOut?: string;
}

export const ok = (what: string, said: string): Finding => ({ state: "ok", what, said });
export const warning = (what: string, said: string, wayOut: string): Finding => ({
  state: "warning",
  what,
  said,
  wayOut,
});
export const wrong = (what: string, said: string, wayOut: string): Finding => ({ state: "wrong", what, said, wayOut });
export const unseen = (what: string, said: string): Finding => ({ state: "open", what, said });
