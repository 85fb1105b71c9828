/** Formats dates for attributes and data. */

/** `2026-11-24`: the day in UTC. */
export const isoDay = (instant: string): string => instant.slice(0, 10);
