/** Computes bounce and complaint rates, by edition and for the last week. */
import type { DeliveryCount } from "../../editions/delivery-counts.ts";
import type { EditionRow } from "../../editions/edition-row.ts";

const weekMs = 7 * 86_400_000;

export interface Rate {
  /** Empty for the whole week. */
  readonly edition: string;
  readonly emails: number;
  readonly bounced: number;
  readonly complained: number;
}

export interface SentLately {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly editions: readonly EditionRow[];
  readonly deliveries: readonly DeliveryCount[];
}

/** Rates of each edition that was active in the last week. */
function rates({ editions, deliveries, now }: SentLately): Rate[] {
  const isOfLate = (at: string | null) => at !== null && Date.parse(at) > now - weekMs;
  return editions
    .filter(
      ({ state, openedAt, doneAt, stoppedAt }) => state === "sending" || [openedAt, doneAt, stoppedAt].some(isOfLate),
    )
    .map(({ id }) => {
      const recipients = (...states: DeliveryCount["state"][]) =>
        deliveries
          .filter(({ edition, state }) => edition === id && states.includes(state))
          .reduce((sum, count) => sum + count.recipients, 0);
      return {
        edition: id,
        emails: recipients("accepted", "delivered", "bounced", "complained"),
        bounced: recipients("bounced"),
        complained: recipients("complained"),
      };
    });
}

/** The edition with the worst rate among those that are too high; otherwise the whole week, if its rate is. */
export function worstRate(
  facts: SentLately,
  part: "bounced" | "complained",
  isTooMuch: (rate: Rate) => boolean,
): Rate | undefined {
  const all = rates(facts);
  const single = all.filter(isTooMuch).sort((a, b) => b[part] / b.emails - a[part] / a.emails)[0];
  if (single) return single;
  const sum = (value: (rate: Rate) => number) => all.reduce((total, rate) => total + value(rate), 0);
  const week = {
    edition: "",
    emails: sum(({ emails }) => emails),
    bounced: sum(({ bounced }) => bounced),
    complained: sum(({ complained }) => complained),
  };
  return isTooMuch(week) ? week : undefined;
}
