/** Dates as people read them. All are days in UTC, so that a page is the same wherever it is made. */

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** `24 November 2026`. */
export const printedDay = (instant: string): string => day.format(new Date(instant));

/** `2026-11-24`, for `<time>` and data. */
export const isoDay = (instant: string): string => instant.slice(0, 10);
