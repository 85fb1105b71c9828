/** Defines an entry: one row of a foreign list in this project's terms. */

/** Status of an address at the other service. `unconfirmed`: no proof that its owner asked for email. */
export type Standing = (typeof standings)[number];

export interface Entry {
  /** Line in the file, from 1. */
  readonly line: number;
  /** As written, not validated yet. */
  readonly email: string;
  readonly standing: Standing;
  /** Times are ISO 8601, or null if the list has none. */
  readonly requestedAt: string | null;
  readonly agreedAt: string | null;
  readonly endedAt: string | null;
  readonly frequency: "each" | "weekly" | "monthly";
  /** Slugs; null means every book. */
  readonly books: readonly string[] | null;
  readonly pausedUntil: string | null;
  /** Since when they want corrections; null if they do not. */
  readonly correctionsSince: string | null;
  /** Where consent was given, and its wording. */
  readonly page: string;
  readonly wording: string;
}

/** From least to most cautious. */
export const standings = ["subscribed", "unconfirmed", "unsubscribed", "bounced", "complained"] as const;

/** Decides between several cells of a row, or several rows with the same address. */
export const mostCautious = (...given: readonly Standing[]): Standing =>
  standings.findLast((standing) => given.includes(standing)) ?? "subscribed";
