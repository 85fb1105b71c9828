/** Rounds a waiting time to a number that is easy to remember. */

export type Wait = { readonly minutes: number } | { readonly hours: number } | { readonly days: number };

export function waitOf(seconds: number): Wait {
  const minutes = Math.ceil(seconds / 60);
  if (minutes <= 90) return { minutes };
  const hours = Math.ceil(seconds / 3600);
  return hours <= 36 ? { hours } : { days: Math.ceil(hours / 24) };
}
