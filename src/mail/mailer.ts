/** Defines a mailer: it sends a batch of messages under an idempotency key, so no batch is sent twice. */

/** A message in Resend's format (https://resend.com/docs/api-reference/emails/send-batch-emails). */
export interface Message {
  readonly from: string;
  readonly to: readonly [string];
  /** Where an answer goes, if not to `from`. */
  readonly reply_to?: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Names and values may contain ASCII letters, digits, `_` and `-` only; webhooks return them. */
  readonly tags?: readonly { readonly name: string; readonly value: string }[];
}

/** In the order of the messages: the provider's id of each, or why it was rejected. */
export type MessageResult = { readonly id: string } | { readonly error: string };

export type Outcome =
  | { readonly kind: "accepted"; readonly results: readonly MessageResult[] }
  /** Nothing was sent; the provider asks for a retry after this time. */
  | { readonly kind: "later"; readonly seconds: number; readonly reason: string }
  /** Nothing was sent: the quota is used up. */
  | { readonly kind: "quota"; readonly period: "day" | "month"; readonly reason: string }
  /** Nothing was sent: the provider rejects these messages. */
  | { readonly kind: "refused"; readonly reason: string }
  /** Nothing was sent: the key was used for other bytes. */
  | { readonly kind: "conflict"; readonly reason: string }
  /** Nothing was sent, because of a setting. */
  | { readonly kind: "misconfigured"; readonly reason: string }
  /** Whether it was sent is unknown. Only the same bytes may be retried under the same key. */
  | { readonly kind: "unknown"; readonly reason: string };

/** The provider accepts no messages at all. */
export type Trouble = Extract<Outcome, { readonly kind: "quota" | "misconfigured" }>;

export interface Mailer {
  /** `body` is the JSON of a list of up to 100 messages in UTF-8: its length is known before it is sent. Never throws. */
  sendBatch(key: string, body: Uint8Array, count: number): Promise<Outcome>;
}

/** How long the provider keeps a key, less an hour of margin, in milliseconds. */
export const keyLifeMs = 23 * 3600_000;

/**
 * A first use of a key that is recorded further in the future than this came from a wrong clock, so the age of the key is
 * unknown. Half an hour is less than the margin of `keyLifeMs`.
 */
export const clockToleranceMs = 30 * 60_000;

/** How long a batch that may have been sent is retried unchanged under its key, even if recipients have unsubscribed since. */
export const repeatedRegardlessMs = 4 * 3_600_000;

/** Whether the provider still has a key that was first used at `since`. Milliseconds since 1970. */
export const isKeyAlive = (since: number, now: number): boolean =>
  since >= now - keyLifeMs && since <= now + clockToleranceMs;
