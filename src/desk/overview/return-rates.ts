/** How many of an edition's mails came back or were called spam: by edition, and of the last week in all. */
import type { CopyCount, Edition } from "../editions/edition-queries.ts";

const weekMs = 7 * 86_400_000;

export interface Rate {
  /** Empty for all of the week together. */
  readonly edition: string;
  readonly mails: number;
  readonly bounced: number;
  readonly complained: number;
}

export interface SentLately {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly editions: readonly Edition[];
  readonly copies: readonly CopyCount[];
}

/** Of each edition that was mailed in the last week. */
function rates({ editions, copies, now }: SentLately): Rate[] {
  const isOfLate = (at: string | null) => at !== null && Date.parse(at) > now - weekMs;
  return editions
    .filter(
      ({ state, openedAt, doneAt, stoppedAt }) => state === "sending" || [openedAt, doneAt, stoppedAt].some(isOfLate),
    )
    .map(({ id }) => {
      const readers = (...states: CopyCount["state"][]) =>
        copies
          .filter(({ edition, state }) => edition === id && states.includes(state))
          .reduce((sum, copy) => sum + copy.readers, 0);
      return {
        edition: id,
        mails: readers("accepted", "delivered", "bounced", "complained"),
        bounced: readers("bounced"),
        complained: readers("complained"),
      };
    });
}

/** The edition that is worst by itself; or all of the week together. */
export function worstRate(
  facts: SentLately,
  part: "bounced" | "complained",
  isTooMuch: (rate: Rate) => boolean,
): Rate | undefined {
  const all = rates(facts);
  const single = all.filter(isTooMuch).sort((a, b) => b[part] / b.mails - a[part] / a.mails)[0];
  if (single) return single;
  const sum = (value: (rate: Rate) => number) => all.reduce((total, rate) => total + value(rate), 0);
  const week = {
    edition: "",
    mails: sum(({ mails }) => mails),
    bounced: sum(({ bounced }) => bounced),
    complained: sum(({ complained }) => complained),
  };
  return isTooMuch(week) ? week : undefined;
}
