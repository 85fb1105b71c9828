/** Computes the numbers of a generated desk row by row, without a database. */

import type { InventedDesk, ReadingRow } from "./invented-desk.ts";
import type { EditionRow } from "./invented-mail.ts";

export const total = (rows: readonly { readonly count: number }[]): number =>
  rows.reduce((sum, { count }) => sum + count, 0);

const weekMs = 7 * 86_400_000;

export function reckon({ reading, tallies, subscribers, consents, suppressions, deliveries }: InventedDesk) {
  const rows: readonly ReadingRow[] = [...reading, ...tallies.flatMap((tally) => tally.rows)];
  return { reading: rows, changes: changes(), confirmedAtEnd, leaversOf, clicksOf, mailsTaken };

  /** `2026-03-02 left` -> how many. */
  function changes(): Map<string, number> {
    const sums = new Map<string, number>();
    const note = (at: string, change: string) => {
      const key = `${at.slice(0, 10)} ${change}`;
      sums.set(key, (sums.get(key) ?? 0) + 1);
    };
    for (const { id } of subscribers) {
      let isSubscribed = false;
      for (const { act, at } of consents.filter((consent) => consent.subscriber_id === id)) {
        if (act === "confirmed" || act === "returned") note(at, act);
        if (act === "left" && isSubscribed) note(at, "left");
        if (act !== "requested") isSubscribed = act !== "left";
      }
    }
    for (const person of subscribers) {
      if (person.state !== "suppressed" || person.confirmed_at === null || person.left_at !== null) continue;
      note(person.suppressed_at ?? "", person.suppression_reason === "complaint" ? "complained" : "bounced");
    }
    for (const { at, reason } of suppressions) if (reason === "erased") note(at, "erased");
    return sums;
  }

  /** Replays each subscription until then. */
  function confirmedAtEnd(month: string): number {
    const until = `${month}-31T23:59:59.999Z`;
    return subscribers.filter((person) => {
      const acts = consents.filter(
        (row) => row.subscriber_id === person.id && row.at <= until && row.act !== "requested",
      );
      const last = acts.at(-1)?.act;
      const isSilenced = person.suppressed_at !== null && person.suppressed_at <= until;
      return (last === "confirmed" || last === "returned") && !isSilenced;
    }).length;
  }

  function leaversOf({ id, opened_at }: EditionRow): number {
    const end = new Date(Date.parse(opened_at) + weekMs).toISOString();
    const left = consents.filter(({ act, at }) => act === "left" && at >= opened_at && at < end);
    return new Set(
      left
        .map(({ subscriber_id }) => subscriber_id)
        .filter((who) =>
          deliveries.some(
            (row) => row.edition_id === id && row.subscriber_id === who && !["skipped", "failed"].includes(row.state),
          ),
        ),
    ).size;
  }

  function clicksOf({
    chapters,
    openedAt,
  }: {
    readonly chapters: readonly string[];
    readonly openedAt: string;
  }): number {
    const from = openedAt.slice(0, 10);
    const to = new Date(Date.parse(from) + weekMs).toISOString().slice(0, 10);
    return total(
      rows.filter(
        ({ day, page, measure, source }) =>
          day >= from && day <= to && chapters.includes(page) && measure === "view" && source === "newsletter",
      ),
    );
  }

  function mailsTaken(since: string): number {
    return new Set(
      deliveries
        .filter(({ provider_id, changed_at }) => provider_id !== null && changed_at >= since)
        .map(({ provider_id }) => provider_id),
    ).size;
  }
}
