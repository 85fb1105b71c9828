/** One row of a foreign list, in this project's terms. */

/** What the other service says of an address. `unconfirmed`: nothing proves that its owner asked for mail. */
export type Standing = (typeof standings)[number];

export interface Entry {
  /** Counted from 1, in the file. */
  readonly line: number;
  /** As it is written there; not checked yet. */
  readonly email: string;
  readonly standing: Standing;
  /** Times are ISO 8601, and null where the list has none. */
  readonly requestedAt: string | null;
  readonly agreedAt: string | null;
  readonly endedAt: string | null;
  readonly frequency: "each" | "weekly" | "monthly";
  /** Slugs; null means every book. */
  readonly books: readonly string[] | null;
  readonly pausedUntil: string | null;
  /** Where it was agreed, and in which words. */
  readonly page: string;
  readonly wording: string;
}

/** The more cautious comes later. */
export const standings = ["subscribed", "unconfirmed", "unsubscribed", "bounced", "complained"] as const;

/** Of several cells of a row, and of several rows with one address, this one counts. */
export const mostCautious = (...given: readonly Standing[]): Standing =>
  standings.findLast((standing) => given.includes(standing)) ?? "subscribed";
