/** Chooses one step of a run to fail, for `Turns`. */
import type { Choose, Fate, Step } from "./turns.ts";

/** Applies `fate` to the `nth` matching step (from 0); all other steps succeed, one run after the other. */
export function mishap(
  fate: Fate,
  fits: (step: Step) => boolean,
  nth = 0,
): Choose & { readonly happened: () => boolean } {
  let seen = 0;
  const choose: Choose = ([step]) => {
    if (!step || !fits(step)) return { index: 0, fate: "done" };
    seen += 1;
    return { index: 0, fate: seen === nth + 1 ? fate : "done" };
  };
  return Object.assign(choose, { happened: () => seen > nth });
}

export const anyStep = (): boolean => true;
export const isWrite = ({ what }: Step): boolean => what === "write";
export const isPost = ({ what }: Step): boolean => what === "post";
