/**
 * Verifies that a webhook comes from Resend: the signature of Standard Webhooks under Svix's older header names
 * (https://resend.com/docs/webhooks/verify-webhooks-requests), over the bytes as received.
 */
import { Webhook } from "standardwebhooks";

export type Secrets =
  | { readonly kind: "ready"; readonly webhooks: readonly Webhook[] }
  | { readonly kind: "missing" }
  /** `problem` tells the author what to do. */
  | { readonly kind: "wrong"; readonly problem: string };

/** `whsec_… whsec_…`: each of them is accepted, so that a new secret can be set before the old one is removed. */
export function parseWebhookSecrets(setting: string | undefined): Secrets {
  const secrets = (setting ?? "").split(/\s+/).filter((secret) => secret !== "");
  if (secrets.length === 0) return { kind: "missing" };
  try {
    if (!secrets.every((secret) => secret.startsWith("whsec_"))) throw new Error("It does not begin with whsec_");
    return { kind: "ready", webhooks: secrets.map((secret) => new Webhook(secret)) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      kind: "wrong",
      problem: `RESEND_WEBHOOK_SECRET is not a signing secret (${message}). Copy it from the webhook's page in Resend, and set it with: npx wrangler secret put RESEND_WEBHOOK_SECRET.`,
    };
  }
}

/**
 * Maximum length of each header. Svix signs once per valid secret, 47 characters per signature: this allows twenty. Each
 * signature and each byte of the id costs CPU, so the length is checked first.
 */
export const maxHeaderLengths = { "svix-id": 256, "svix-timestamp": 20, "svix-signature": 1000 } as const;

export interface Signed {
  /** `svix-id`: the same for all attempts to deliver one event. */
  readonly id: string;
  readonly text: string;
}

/**
 * The event, if it was signed with one of the secrets at most five minutes before or after now; undefined in all other
 * cases. The library compares in constant time, reads the clock itself and cannot be given a time.
 */
export function verifyWebhook(
  bytes: ArrayBuffer,
  headers: Pick<Headers, "get">,
  webhooks: readonly Webhook[],
): Signed | undefined {
  const isTooLong = Object.entries(maxHeaderLengths).some(([name, max]) => (headers.get(name) ?? "").length > max);
  if (isTooLong) return undefined;
  const id = headers.get("svix-id") ?? "";
  const signed = {
    "webhook-id": id,
    "webhook-timestamp": headers.get("svix-timestamp") ?? "",
    "webhook-signature": headers.get("svix-signature") ?? "",
  };
  try {
    // Only text is signed: bytes that are not valid UTF-8, or that decoding would change, are not what was signed.
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return webhooks.some((webhook) => isSignedBy(webhook, text, signed)) ? { id, text } : undefined;
  } catch {
    // Not UTF-8.
    return undefined;
  }
}

function isSignedBy(webhook: Webhook, text: string, headers: Record<string, string>): boolean {
  try {
    webhook.verify(text, headers, { jsonParse: false });
    return true;
  } catch {
    // The library throws for every failure.
    return false;
  }
}
