/** Numbers as the desk prints them: shares, changes and times, by the rules below, in the words of the interface. */
import type { Words } from "../ui/words/words.ts";

type Numbers = Words["desk"]["numbers"];

/** `34 %`, `0.4 %`; nothing of nothing is a dash. */
export function printedShare({ percent, percentWithDecimal }: Numbers, part: number, of: number): string {
  if (of === 0) return "–";
  const share = (100 * part) / of;
  return share > 0 && share < 9.95 ? percentWithDecimal(share) : percent(share);
}

/** `+12 %`, `−3 %`; beside nothing there is no comparison. */
export function printedChange({ percent }: Numbers, now: number, before: number): string {
  if (before === 0) return "–";
  const change = Math.round((100 * (now - before)) / before);
  return `${change === 0 ? "±" : signOf(change)}${percent(Math.abs(change))}`;
}

/** `+12`, `−3`, `0`. */
export const printedDifference = ({ count }: Numbers, difference: number): string =>
  difference === 0 ? "0" : `${signOf(difference)}${count(Math.abs(difference))}`;

const signOf = (difference: number): string => (difference > 0 ? "+" : "−");

/** `3:24 min` of seconds; a mean, so to the second at best. */
export function printedMinutes({ minutes }: Numbers, seconds: number): string {
  const rounded = Math.round(seconds);
  return minutes(Math.floor(rounded / 60), rounded % 60);
}
