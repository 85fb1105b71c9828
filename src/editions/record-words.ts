/** What the reasons on record mean, in words: why an edition stopped, why a subscriber has no delivery. */
import type { Words } from "../ui/words/words.ts";

/** A sentence: why an edition is stopped. */
export function stopSentence({ records }: Words["desk"], reason: string | null): string {
  if (reason === null) return records.stopUnknown;
  const stops: Readonly<Record<string, string>> = records.stops;
  return stops[reason] ?? records.stopOther(reason);
}

/** Of a delivery; what a mail server said stays as it is. */
export function reasonWords({ records }: Words["desk"], reason: string): string {
  const reasons: Readonly<Record<string, string>> = records.reasons;
  return reasons[reason] ?? reason;
}
