/** Makes Resend's webhook calls, signed by Svix's scheme (https://resend.com/docs/dashboard/webhooks/introduction). */
import { Webhook } from "standardwebhooks";
import type { Sent } from "./resend-model.ts";

export const eventTypes = [
  "sent",
  "delivered",
  "delivery_delayed",
  "bounced",
  "complained",
  "failed",
  "suppressed",
] as const;
export type EventType = (typeof eventTypes)[number];

export interface WebhookCall {
  readonly body: string;
  readonly headers: {
    readonly "svix-id": string;
    readonly "svix-timestamp": string;
    readonly "svix-signature": string;
  };
}

/** A secret in the format of the dashboard. */
export const webhookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

export interface EventOptions {
  /** Time of the event and of the call: milliseconds since 1970. */
  readonly at: number;
  /** `svix-id`; repeating it makes a duplicate. */
  readonly id: string;
  readonly bounce?: "Permanent" | "Transient" | "Undetermined";
  readonly secret?: string;
}

/** Resend's call; it may be repeated, delayed, or made before the send is answered. */
export function webhookCall(
  { id: emailId, message, at: sentAt }: Sent,
  type: EventType,
  { at, id, bounce = "Permanent", secret = webhookSecret }: EventOptions,
): WebhookCall {
  const details = {
    bounced: { bounce: { type: bounce, subType: "General", message: "The recipient's server said no." } },
    failed: { failed: { reason: "reached_daily_quota" } },
    suppressed: { suppressed: { message: "On the suppression list.", type: "OnAccountSuppressionList" } },
  };
  const body = JSON.stringify({
    type: `email.${type}`,
    created_at: new Date(at).toISOString(),
    data: {
      email_id: emailId,
      created_at: new Date(sentAt).toISOString(),
      from: message.from,
      to: message.to,
      subject: message.subject,
      tags: Object.fromEntries((message.tags ?? []).map(({ name, value }) => [name, value])),
      ...(type in details ? details[type as keyof typeof details] : {}),
    },
  });
  return { body, headers: signWebhook(body, { at, id, secret }) };
}

/** The headers for this body. */
export const signWebhook = (
  body: string,
  { at, id, secret = webhookSecret }: Pick<EventOptions, "at" | "id" | "secret">,
): WebhookCall["headers"] => ({
  "svix-id": id,
  "svix-timestamp": String(Math.floor(at / 1000)),
  "svix-signature": new Webhook(secret).sign(id, new Date(at), body),
});
