/**
 * A subscriber's life. Every change of state is one of the functions below; a time stands beside each state.
 *
 * | from         | what happens                                   | to           |
 * | ------------ | ---------------------------------------------- | ------------ |
 * | (nobody)     | `request`: the form                            | pending      |
 * | pending      | `requestAgain`: the form, once more            | pending      |
 * | pending      | `confirm`: the button behind the mailed link   | confirmed    |
 * | pending      | `leave`: not me, or not any more               | unsubscribed |
 * | confirmed    | `leave`                                        | unsubscribed |
 * | unsubscribed | `comeBack`: undone within 30 days              | confirmed    |
 * | unsubscribed | `requestAgain`: the form, as if for the first time | pending  |
 * | any          | `suppress`: a hard bounce, a complaint         | suppressed   |
 *
 * Nothing leads out of suppressed: who complained gets no mail from a form that anybody can fill in.
 * Erasing removes the subscriber; only the keyed hash of the address stays among the suppressions.
 */
import type { frequencies } from "../db/subscriber-tables.ts";

export type Frequency = (typeof frequencies)[number];

export interface Preferences {
  readonly frequency: Frequency;
  /** Slugs; null means every book, those to come included. */
  readonly books: readonly string[] | null;
  /** ISO 8601; in the past means nothing. */
  readonly pausedUntil: string | null;
}

interface Person extends Preferences {
  readonly id: string;
  readonly email: string;
  readonly unsubscribeKey: string;
  readonly requestedAt: string;
  readonly newEmail: string | null;
  readonly newEmailRequest: string | null;
}

/** `confirmation` is the number of the open request, and of the one that was confirmed last. */
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
  /** Null for someone who left before confirming. */
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
  /** Also the number of the request: nobody can guess it. */
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
  newEmail: null,
  newEmailRequest: null,
});

/**
 * Who still waits keeps the number, so that each of their letters holds until it expires; who had left gets a new
 * one, so that no old link brings them back. The address is spelt as it was written now.
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

export const leave = (subscriber: Pending | Confirmed, now: string): Unsubscribed => ({
  ...personOf(subscriber),
  state: "unsubscribed",
  confirmedAt: subscriber.state === "confirmed" ? subscriber.confirmedAt : null,
  unsubscribedAt: now,
});

/** The old consent holds again; a new `confirmedAt` would hide what is still to be delivered. */
export const comeBack = (subscriber: Unsubscribed & { readonly confirmedAt: string }): Confirmed => ({
  ...personOf(subscriber),
  state: "confirmed",
  confirmation: null,
  confirmedAt: subscriber.confirmedAt,
});

/** It begins in every state, so it says what changes, and nothing needs to be known of the subscriber. */
export const suppress = (reason: SuppressionReason, now: string): Suppression => ({
  state: "suppressed",
  suppressedAt: now,
  reason,
});

/** What is true of a subscriber in every state. */
const personOf = (subscriber: Person): Person => ({
  id: subscriber.id,
  email: subscriber.email,
  unsubscribeKey: subscriber.unsubscribeKey,
  requestedAt: subscriber.requestedAt,
  frequency: subscriber.frequency,
  books: subscriber.books,
  pausedUntil: subscriber.pausedUntil,
  newEmail: subscriber.newEmail,
  newEmailRequest: subscriber.newEmailRequest,
});

/** Whether they can still take back that they left. */
export const returnDays = 30;
export const canComeBack = (
  subscriber: Subscriber,
  now: number,
): subscriber is Unsubscribed & { readonly confirmedAt: string } =>
  subscriber.state === "unsubscribed" &&
  subscriber.confirmedAt !== null &&
  now < Date.parse(subscriber.unsubscribedAt) + returnDays * 86_400_000;
