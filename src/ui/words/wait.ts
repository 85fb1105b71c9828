/** Rounds a wait to a number that people remember. */

export interface Wait {
  readonly count: number;
  readonly unit: "minute" | "hour" | "day";
}

export function waitOf(seconds: number): Wait {
  const minutes = Math.ceil(seconds / 60);
  if (minutes <= 90) return { count: minutes, unit: "minute" };
  const hours = Math.ceil(seconds / 3600);
  return hours <= 36 ? { count: hours, unit: "hour" } : { count: Math.ceil(hours / 24), unit: "day" };
}
