/**
 * The states of a subscriber. Every change of state is one of the functions below; each state has a timestamp.
 *
 * | from         | action                                             | to           |
 * | ------------ | -------------------------------------------------- | ------------ |
 * | (nobody)     | `request`: the form                                | pending      |
 * | pending      | `requestAgain`: the form, once more                | pending      |
 * | pending      | `confirm`: the button behind the emailed link      | confirmed    |
 * | pending      | `unsubscribe`: it was not me, or no longer wanted  | unsubscribed |
 * | confirmed    | `unsubscribe`                                      | unsubscribed |
 * | unsubscribed | `resubscribe`: undone within 30 days               | confirmed    |
 * | unsubscribed | `requestAgain`: the form, as for a new subscriber  | pending      |
 * | any          | `suppress`: a hard bounce, a complaint             | suppressed   |
 *
 * Suppressed is final: someone who complained gets no email from a form that anyone can fill in. Erasing deletes the
 * subscriber; only the keyed hash of the address remains among the suppressions.
 */
import type { frequencies } from "../db/subscriber-tables.ts";

export type Frequency = (typeof frequencies)[number];

export interface Preferences {
  readonly frequency: Frequency;
  /** Slugs; null means every book, those to come included. */
  readonly books: readonly string[] | null;
  /** ISO 8601; a past time has no effect. */
  readonly pausedUntil: string | null;
  /** Since when they want corrections of chapters they have received, ISO 8601; null if they do not. */
  readonly correctionsSince: string | null;
}

interface Person extends Preferences {
  readonly id: string;
  readonly email: string;
  readonly unsubscribeKey: string;
  readonly requestedAt: string;
  readonly newEmail: string | null;
  readonly newEmailRequest: string | null;
}

/** `confirmation`: number of the open request, or of the last confirmed one. */
export interface Pending extends Person {
  readonly state: "pending";
  readonly confirmation: string;
}
export interface Confirmed extends Person {
  readonly state: "confirmed";
  readonly confirmation: string | null;
  readonly confirmedAt: string;
}
export interface Unsubscribed extends Person {
  readonly state: "unsubscribed";
  /** Null if they unsubscribed before confirming. */
  readonly confirmedAt: string | null;
  readonly unsubscribedAt: string;
}
export type SuppressionReason = "bounce" | "complaint";
export interface Suppression {
  readonly state: "suppressed";
  readonly suppressedAt: string;
  readonly reason: SuppressionReason;
}
interface Suppressed extends Person, Suppression {}
export type Subscriber = Pending | Confirmed | Unsubscribed | Suppressed;

export interface NewRequest {
  /** Also the number of the request: cannot be guessed. */
  readonly confirmation: string;
  readonly now: string;
}

export const request = (
  { email, id, unsubscribeKey }: Pick<Person, "email" | "id" | "unsubscribeKey">,
  { confirmation, now }: NewRequest,
): Pending => ({
  state: "pending",
  id,
  email,
  unsubscribeKey,
  requestedAt: now,
  confirmation,
  frequency: "each",
  books: null,
  pausedUntil: null,
  correctionsSince: null,
  newEmail: null,
  newEmailRequest: null,
});

/**
 * A pending subscriber keeps the number, so every confirmation link stays valid until it expires; an unsubscribed one gets
 * a new number, so no old link resubscribes them. The address is spelt as in this request.
 */
export const requestAgain = (
  subscriber: Pending | Unsubscribed,
  email: string,
  { confirmation, now }: NewRequest,
): Pending => ({
  ...personOf(subscriber),
  state: "pending",
  email,
  requestedAt: now,
  confirmation: subscriber.state === "pending" ? subscriber.confirmation : confirmation,
});

export const confirm = (subscriber: Pending, now: string): Confirmed => ({
  ...personOf(subscriber),
  state: "confirmed",
  confirmation: subscriber.confirmation,
  confirmedAt: now,
});

export const unsubscribe = (subscriber: Pending | Confirmed, now: string): Unsubscribed => ({
  ...personOf(subscriber),
  state: "unsubscribed",
  confirmedAt: subscriber.state === "confirmed" ? subscriber.confirmedAt : null,
  unsubscribedAt: now,
});

/** The old consent is valid again; a new `confirmedAt` would hide chapters that are still to be delivered. */
export const resubscribe = (subscriber: Unsubscribed & { readonly confirmedAt: string }): Confirmed => ({
  ...personOf(subscriber),
  state: "confirmed",
  confirmation: null,
  confirmedAt: subscriber.confirmedAt,
});

/** Possible from every state, so it returns only the change. */
export const suppress = (reason: SuppressionReason, now: string): Suppression => ({
  state: "suppressed",
  suppressedAt: now,
  reason,
});

/** Fields that every state has. */
const personOf = (subscriber: Person): Person => ({
  id: subscriber.id,
  email: subscriber.email,
  unsubscribeKey: subscriber.unsubscribeKey,
  requestedAt: subscriber.requestedAt,
  frequency: subscriber.frequency,
  books: subscriber.books,
  pausedUntil: subscriber.pausedUntil,
  correctionsSince: subscriber.correctionsSince,
  newEmail: subscriber.newEmail,
  newEmailRequest: subscriber.newEmailRequest,
});

/** Days within which unsubscribing can be undone. */
export const returnDays = 30;
export const canResubscribe = (
  subscriber: Subscriber,
  now: number,
): subscriber is Unsubscribed & { readonly confirmedAt: string } =>
  subscriber.state === "unsubscribed" &&
  subscriber.confirmedAt !== null &&
  now < Date.parse(subscriber.unsubscribedAt) + returnDays * 86_400_000;
