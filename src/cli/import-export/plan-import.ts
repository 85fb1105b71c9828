/**
 * What an import would do. Nobody who is on record here is made more subscribed than they are, nobody is mailed
 * whom the other service had not confirmed, and who left or bounced there never is.
 */
import type { SigningKey } from "../../env.ts";
import { type Entry, mostCautious, type Standing } from "./entry.ts";
import type { Known, OnRecord } from "./on-record.ts";
import type { List } from "./read-list.ts";
import { suppressionName } from "./token-keys.ts";

/** Somebody who is new here. */
export interface Arrival {
  readonly entry: Entry;
  readonly addressKey: string;
  /** Under each signing key. */
  readonly hashes: readonly string[];
}

export interface Change extends Arrival {
  readonly to: "unsubscribed" | "bounce" | "complaint";
  /** Holds only as long as nothing but imports is on record of them. */
  readonly isImported: boolean;
}

export interface ImportPlan {
  readonly arrivals: readonly Arrival[];
  /** On record here, and out because of what the other service says. */
  readonly changes: readonly Change[];
  readonly counts: Readonly<Record<Outcome, number>>;
}

/** The order is that of the report. */
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

/**
 * Two services say different things about an address that has decided nothing here: the more cautious one counts,
 * in whatever order their lists come and whatever dates they give.
 */
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
