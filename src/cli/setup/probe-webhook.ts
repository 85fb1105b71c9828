/**
 * Checks whether the deployed Worker accepts a webhook's signature: its secret cannot be read, so a signed test event
 * is posted to it.
 */
import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { readWebhookAnswer } from "../../mail/webhook-answers.ts";

export type Signature =
  | { readonly kind: "accepted" }
  | { readonly kind: "rejected" }
  /** `message`: the reason, without a full stop. */
  | { readonly kind: "unknown"; readonly message: string };

const timeoutMs = 10_000;

/** Posts an `email.opened` event, which the Worker does not record. `now` in milliseconds since 1970. */
export async function probeWebhook(
  url: string,
  secret: string,
  now: number,
  ask: typeof fetch = fetch,
): Promise<Signature> {
  const body = JSON.stringify({ type: "email.opened", created_at: new Date(now).toISOString(), data: {} });
  const id = `msg_setup_${randomUUID()}`;
  try {
    const response = await ask(url, {
      method: "POST",
      body,
      headers: {
        "content-type": "application/json",
        "svix-id": id,
        "svix-timestamp": String(Math.floor(now / 1000)),
        "svix-signature": new Webhook(secret).sign(id, new Date(now), body),
      },
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const kind = readWebhookAnswer(response.status, await response.text());
    if (kind !== undefined) return { kind };
    return { kind: "unknown", message: `${url} answers with status ${response.status}` };
  } catch (error) {
    const cause = error instanceof Error ? (error.cause as { code?: string } | undefined)?.code : undefined;
    return { kind: "unknown", message: `${url} does not answer${cause === undefined ? "" : ` (${cause})`}` };
  }
}
