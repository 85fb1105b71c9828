/** The one way mail leaves the house: a batch of messages under a key that makes a second sending of it impossible. */

/** A message as Resend takes it (https://resend.com/docs/api-reference/emails/send-batch-emails). */
export interface Message {
  readonly from: string;
  readonly to: readonly [string];
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Names and values hold ASCII letters, digits, `_` and `-` only; they come back with webhooks. */
  readonly tags?: readonly { readonly name: string; readonly value: string }[];
}

/** In the order of the messages: the provider's id of each, or why that one was refused. */
export type MessageResult = { readonly id: string } | { readonly error: string };

export type Outcome =
  | { readonly kind: "accepted"; readonly results: readonly MessageResult[] }
  /** Nothing was sent; the provider wants to be asked again then. */
  | { readonly kind: "later"; readonly seconds: number; readonly reason: string }
  /** Nothing was sent, and nothing will be until the quota is renewed. */
  | { readonly kind: "quota"; readonly period: "day" | "month"; readonly reason: string }
  /** Nothing was sent: these messages are not ones that the provider takes. */
  | { readonly kind: "refused"; readonly reason: string }
  /** Nothing was sent: the key belongs to other bytes. */
  | { readonly kind: "conflict"; readonly reason: string }
  /** Nothing was sent, because of a setting. */
  | { readonly kind: "misconfigured"; readonly reason: string }
  /** It may have been sent or not. Only the same bytes under the same key may be tried again. */
  | { readonly kind: "unknown"; readonly reason: string };

/** The provider accepts nothing, whatever it is. */
export type Trouble = Extract<Outcome, { readonly kind: "quota" | "misconfigured" }>;

export interface Mailer {
  /** `body` is the JSON of a list of up to 100 messages, in UTF-8: its length is known before it is sent. Never throws. */
  sendBatch(key: string, body: Uint8Array, count: number): Promise<Outcome>;
}

/** How long the provider remembers a key, with an hour to spare, in milliseconds. */
export const keyLifeMs = 23 * 3600_000;

/**
 * A use of a key that lies this far ahead was noted by a clock that was wrong, and says nothing about its age.
 * Half an hour is less than the life of keys has to spare.
 */
export const clockToleranceMs = 30 * 60_000;

/** How long what may have been sent is sent again under its key, whatever its recipients have decided since then. */
export const repeatedRegardlessMs = 4 * 3_600_000;

/** Whether the provider still knows a key that was used first at `since`. Milliseconds since 1970. */
export const isKeyAlive = (since: number, now: number): boolean =>
  since >= now - keyLifeMs && since <= now + clockToleranceMs;
