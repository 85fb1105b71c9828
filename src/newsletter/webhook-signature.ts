/**
 * Whether a webhook comes from Resend: the signature of Standard Webhooks under the older names of Svix
 * (https://resend.com/docs/webhooks/verify-webhooks-requests), over the bytes as they came.
 */
import { Webhook } from "standardwebhooks";

export type Secrets =
  | { readonly kind: "ready"; readonly webhooks: readonly Webhook[] }
  | { readonly kind: "missing" }
  /** `problem` says to the author what to do. */
  | { readonly kind: "wrong"; readonly problem: string };

/** `whsec_… whsec_…`: any of them is believed, so that a new one can be set before the old one is given up. */
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
 * Characters of each header. Svix signs once for each secret that is valid at the moment, 47 characters a signature:
 * this leaves room for twenty. Each signature and each byte of the id costs work, so length is judged before anything.
 */
export const maxHeaderLengths = { "svix-id": 256, "svix-timestamp": 20, "svix-signature": 1000 } as const;

export interface Signed {
  /** `svix-id`: the same for all attempts to deliver one event. */
  readonly id: string;
  readonly text: string;
}

/**
 * What was signed with one of the secrets, at most five minutes before or after now. All else is the same
 * nothing. The library compares in constant time; it reads the clock itself and takes no other time.
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
    // Signed is text: bytes that are none, or that decoding would change, are not what was signed.
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return webhooks.some((webhook) => isSignedBy(webhook, text, signed)) ? { id, text } : undefined;
  } catch {
    // No UTF-8.
    return undefined;
  }
}

function isSignedBy(webhook: Webhook, text: string, headers: Record<string, string>): boolean {
  try {
    webhook.verify(text, headers, { jsonParse: false });
    return true;
  } catch {
    // That is how the library says no, to whatever is wrong.
    return false;
  }
}
