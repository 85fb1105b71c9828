/** Reads the state of a setup from Resend and Cloudflare before anything is changed. */
import { CommandError } from "../command-error.ts";
import type { SecretList } from "../wrangler/worker-secrets.ts";
import type { Signature } from "./probe-webhook.ts";
import type { Domain, ResendAccount, Webhook } from "./resend-account.ts";
import type { SetupSettings } from "./setup-settings.ts";

interface FoundWebhook extends Webhook {
  readonly secret: string;
  /** Events that it should report but does not. */
  readonly missing: readonly string[];
}

export interface Survey {
  readonly domain: Domain | undefined;
  readonly webhook: FoundWebhook | undefined;
  /** Whether the Worker accepts the webhook's signature; undefined without a webhook or without the secret. */
  readonly signature: Signature | undefined;
  /** Number of further webhooks with the same URL. */
  readonly twins: number;
  /** Webhooks for the same path on other hosts: another deployment's, or left over from an earlier ORIGIN. */
  readonly elsewhere: readonly string[];
  /** Names of the secrets that the Worker has. */
  readonly secrets: readonly string[];
}

export interface Surveying {
  readonly account: ResendAccount;
  readonly settings: SetupSettings;
  readonly events: readonly string[];
  readonly secrets: readonly string[];
  readonly probe: (url: string, secret: string) => Promise<Signature>;
}

export async function surveySetup({ account, settings, events, secrets, probe }: Surveying): Promise<Survey> {
  const domain = await account.findDomain(settings.domain);
  const all = await account.listWebhooks();
  const here = all.filter(({ endpoint }) => endpoint === settings.webhookUrl);
  // Prefers an enabled one.
  const found = here.find(({ status }) => status === "enabled") ?? here[0];
  const webhook = found && {
    ...found,
    secret: await account.readSigningSecret(found.id),
    missing: events.filter((event) => !found.events.includes(event)),
  };
  const path = new URL(settings.webhookUrl).pathname;
  return {
    domain,
    webhook,
    signature:
      webhook && secrets.includes("RESEND_WEBHOOK_SECRET") ? await probe(webhook.endpoint, webhook.secret) : undefined,
    twins: Math.max(0, here.length - 1),
    elsewhere: all
      .map(({ endpoint }) => endpoint)
      .filter((endpoint) => endpoint !== settings.webhookUrl && endpoint.endsWith(path)),
    secrets,
  };
}

/** Names of the Worker's secrets. Throws a `CommandError` without a deployed Worker, which could not store any. */
export function namesIn(list: SecretList): readonly string[] {
  if (list.kind === "read") return list.names;
  throw new CommandError(
    list.kind === "not deployed"
      ? "The Worker is not deployed yet, so secrets cannot be stored. Run `npm run deploy`, then run this command again."
      : list.message,
  );
}
