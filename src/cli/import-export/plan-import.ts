/**
 * Plans an import. An import never upgrades anyone on record; contacts who are unconfirmed, unsubscribed or bounced at
 * the other service are never emailed.
 */
import type { SigningKey } from "../../env.ts";
import { type Entry, mostCautious, type Standing } from "./entry.ts";
import type { Known, OnRecord } from "./on-record.ts";
import type { List } from "./read-list.ts";
import { suppressionName } from "./token-keys.ts";

/** A person without a record here. */
export interface Arrival {
  readonly entry: Entry;
  readonly addressKey: string;
  /** One hash for each signing key. */
  readonly hashes: readonly string[];
}

export interface Change extends Arrival {
  readonly to: "unsubscribed" | "bounce" | "complaint";
  /** Apply the change only while all of the subscriber's consents are imported. */
  readonly isImported: boolean;
}

export interface ImportPlan {
  readonly arrivals: readonly Arrival[];
  /** Existing subscribers to unsubscribe or suppress because of the list. */
  readonly changes: readonly Change[];
  readonly counts: Readonly<Record<Outcome, number>>;
}

/** In the order of the report. */
export const outcomes = [
  "subscribed",
  "unsubscribed",
  "bounced",
  "complained",
  "leaving",
  "imported unsubscribed",
  "imported bounced",
  "imported complained",
  "staying",
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
  const changes: Change[] = [];
  for (const [addressKey, entry] of entries) {
    const known = subscribers.get(addressKey);
    const isOut = entry.standing === "unconfirmed" || known !== undefined;
    const arrival = { addressKey, entry, hashes: isOut ? [] : keys.map((key) => suppressionName(addressKey, key)) };
    const outcome = outcomeOf(arrival, known, suppressed);
    counts[outcome] += 1;
    const to = changesTo[outcome];
    if (to !== undefined) changes.push({ ...arrival, to, isImported: outcome !== "leaving" });
    else if (isWritten(outcome)) arrivals.push(arrival);
  }
  return { arrivals, changes, counts };
}

const changesTo: Partial<Record<Outcome, Change["to"]>> = {
  leaving: "unsubscribed",
  "imported unsubscribed": "unsubscribed",
  "imported bounced": "bounce",
  "imported complained": "complaint",
};

const isWritten = (outcome: Outcome): boolean =>
  outcome === "subscribed" || outcome === "unsubscribed" || outcome === "bounced" || outcome === "complained";

function outcomeOf({ entry, hashes }: Arrival, known: Known | undefined, suppressed: ReadonlySet<string>): Outcome {
  const { standing, endedAt } = entry;
  const imported = known?.isImported === true ? importedOutcome(known, standing) : undefined;
  if (imported !== undefined) return imported;
  if (known?.state === "unsubscribed") return "left here";
  if (known?.state === "suppressed" || hashes.some((hash) => suppressed.has(hash))) return "suppressed here";
  if (known) {
    const hasLeft = standing === "unsubscribed" || standing === "complained";
    if (hasLeft && endedAt !== null && endedAt > known.requestedAt) return "leaving";
    return known.state === "confirmed" && (hasLeft || standing === "bounced") ? "staying" : "known";
  }
  return standing;
}

/** For an address known only from imports, the more cautious of two lists counts, whatever their order and dates. */
function importedOutcome({ state, reason }: Known, standing: Standing): Outcome | undefined {
  const here: Standing =
    state === "confirmed"
      ? "subscribed"
      : state === "unsubscribed"
        ? state
        : reason === "complaint"
          ? "complained"
          : "bounced";
  if (standing === "subscribed" || standing === "unconfirmed" || mostCautious(here, standing) === here)
    return undefined;
  return `imported ${standing}`;
}
