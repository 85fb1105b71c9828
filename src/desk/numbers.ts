/** Formats shares, changes and times for the desk, in the interface language. */
import type { Words } from "../ui/words/words.ts";

type Numbers = Words["desk"]["numbers"];

/** `34 %`, `0.4 %`; a dash if `of` is 0. */
export function printedShare({ percent, percentWithDecimal }: Numbers, part: number, of: number): string {
  if (of === 0) return "–";
  const share = (100 * part) / of;
  return share > 0 && share < 9.95 ? percentWithDecimal(share) : percent(share);
}

/** `+12 %`, `−3 %`; a dash if `before` is 0. */
export function printedChange({ percent }: Numbers, now: number, before: number): string {
  if (before === 0) return "–";
  const change = Math.round((100 * (now - before)) / before);
  return `${change === 0 ? "±" : signOf(change)}${percent(Math.abs(change))}`;
}

/** `+12`, `−3`, `0`. */
export const printedDifference = ({ count }: Numbers, difference: number): string =>
  difference === 0 ? "0" : `${signOf(difference)}${count(Math.abs(difference))}`;

const signOf = (difference: number): string => (difference > 0 ? "+" : "−");

/** `3:24 min`, from seconds. */
export function printedMinutes({ minutes }: Numbers, seconds: number): string {
  const rounded = Math.round(seconds);
  return minutes(Math.floor(rounded / 60), rounded % 60);
}
