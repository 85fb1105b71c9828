/** Numbers as the desk prints them. */

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** `1,250`. */
export const printedCount = (count: number): string => whole.format(count);

/** Keeps a number and its sign on one line. */
const tied = "\u00a0";

/** `34 %`, `0.4 %`; nothing of nothing is a dash. */
export function printedShare(part: number, of: number): string {
  if (of === 0) return "–";
  const share = (100 * part) / of;
  return `${share > 0 && share < 9.95 ? oneDigit.format(share) : whole.format(share)}${tied}%`;
}

/** `+12 %`, `−3 %`; beside nothing there is no comparison. */
export function printedChange(now: number, before: number): string {
  if (before === 0) return "–";
  const change = Math.round((100 * (now - before)) / before);
  if (change === 0) return `±0${tied}%`;
  return `${change > 0 ? "+" : "−"}${whole.format(Math.abs(change))}${tied}%`;
}

/** `+12`, `−3`, `0`. */
export const printedDifference = (difference: number): string =>
  difference === 0 ? "0" : `${difference > 0 ? "+" : "−"}${whole.format(Math.abs(difference))}`;

/** `3:24 min` of seconds; a mean, so to the second at best. */
export function printedMinutes(seconds: number): string {
  const rounded = Math.round(seconds);
  return `${Math.floor(rounded / 60)}:${String(rounded % 60).padStart(2, "0")} min`;
}

/** `1 view`, `1,250 views`. */
export const counted = (count: number, one: string, several = `${one}s`): string =>
  `${printedCount(count)} ${count === 1 ? one : several}`;

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const month = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
const shortMonth = new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" });

/** `25 Nov` of a day or a moment. */
export const shortDay = (instant: string): string => day.format(new Date(instant));

/** `November 2026` of `2026-11` or anything that begins so. */
export const printedMonth = (instant: string): string => month.format(new Date(`${instant.slice(0, 7)}-01`));

/** `Nov`. */
export const monthAbbreviation = (instant: string): string => shortMonth.format(new Date(`${instant.slice(0, 7)}-01`));

/** `25 Nov 2026, 14:05 UTC`. */
export const printedMoment = (instant: string): string =>
  `${shortDay(instant)} ${instant.slice(0, 4)}, ${instant.slice(11, 16)} UTC`;
