/**
 * What an import would do. Nobody who is on record here is made more subscribed than they are, nobody is mailed
 * whom the other service had not confirmed, and who left or bounced there never is.
 */
import type { SigningKey } from "./address-rules.ts";
import type { Entry } from "./entry.ts";
import type { OnRecord } from "./on-record.ts";
import type { List } from "./read-list.ts";
import { suppressionName } from "./token-keys.ts";

/** Somebody who is new here. */
export interface Arrival {
  readonly entry: Entry;
  readonly addressKey: string;
  /** Under each signing key. */
  readonly hashes: readonly string[];
}

export interface ImportPlan {
  readonly arrivals: readonly Arrival[];
  /** Subscribed here, and left or complained there after that: they leave here, too. */
  readonly leaving: readonly Arrival[];
  readonly counts: Readonly<Record<Outcome, number>>;
}

/** The order is that of the report. */
export const outcomes = [
  "subscribed",
  "unsubscribed",
  "bounced",
  "complained",
  "leaving",
  "known",
  "left here",
  "suppressed here",
  "unconfirmed",
] as const;
export type Outcome = (typeof outcomes)[number];

export function planImport(
  { entries }: List,
  { subscribers, suppressed }: OnRecord,
  keys: readonly SigningKey[],
): ImportPlan {
  const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  const arrivals: Arrival[] = [];
  const leaving: Arrival[] = [];
  for (const [addressKey, entry] of entries) {
    const known = subscribers.get(addressKey);
    const isOut = entry.standing === "unconfirmed" || known !== undefined;
    const arrival = { addressKey, entry, hashes: isOut ? [] : keys.map((key) => suppressionName(addressKey, key)) };
    const outcome = outcomeOf(arrival, known, suppressed);
    counts[outcome] += 1;
    if (outcome === "leaving") leaving.push(arrival);
    else if (isWritten(outcome)) arrivals.push(arrival);
  }
  return { arrivals, leaving, counts };
}

const isWritten = (outcome: Outcome): boolean =>
  outcome === "subscribed" || outcome === "unsubscribed" || outcome === "bounced" || outcome === "complained";

function outcomeOf(
  { entry, hashes }: Arrival,
  known: { readonly state: string; readonly requestedAt: string } | undefined,
  suppressed: ReadonlySet<string>,
): Outcome {
  const { standing, endedAt } = entry;
  if (known?.state === "unsubscribed") return "left here";
  if (known?.state === "suppressed" || hashes.some((hash) => suppressed.has(hash))) return "suppressed here";
  if (known) {
    const hasLeft = standing === "unsubscribed" || standing === "complained";
    return hasLeft && endedAt !== null && endedAt > known.requestedAt ? "leaving" : "known";
  }
  return standing;
}
