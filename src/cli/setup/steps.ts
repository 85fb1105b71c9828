/** Plans the steps of a setup: the state of each, what would change, and the change. Each is safe to repeat. */
import { keysPage, type ResendAccount } from "./resend-account.ts";
import type { SetupSettings } from "./setup-settings.ts";
import type { Survey } from "./survey.ts";

export interface Step {
  /** First column: a word or two, or the name of a secret. */
  readonly what: string;
  /** Current state. */
  readonly found: string;
  /** `found` or `already set`, if there is nothing to change. */
  readonly word: string;
  readonly change?: Change;
}

interface Change {
  /** Completes `<found>: will be …`. */
  readonly will: string;
  /** `created`, `changed` or `stored`: the first column once it is done. */
  readonly word: string;
  /** Throws a `CommandError` or `Unreachable`. Returns the new state. */
  readonly run: () => Promise<string>;
}

export interface StepTools {
  readonly account: ResendAccount;
  readonly settings: SetupSettings;
  readonly events: readonly string[];
  readonly region: string;
  readonly putSecret: (name: string, value: string) => Promise<void>;
  /** Whether the secret is stored, to clean up after a failure. Throws if that cannot be determined. */
  readonly isStored: (name: string) => Promise<boolean>;
  /** Returns the signing key to store, new or found on this machine, and where its copy is. Called once. */
  readonly tokenKeys: () => { readonly value: string; readonly copy: string };
}

/** In order: later steps use what earlier ones found or created. */
export function planSteps(survey: Survey, tools: StepTools): Step[] {
  const made: Made = { domain: survey.domain?.id, secret: survey.webhook?.secret };
  return [
    domainStep(survey, tools, made),
    trackingStep(survey, tools),
    webhookStep(survey, tools, made),
    webhookSecretStep(survey, tools, made),
    sendingKeyStep(survey, tools, made),
    tokenKeysStep(survey, tools),
  ];
}

/** Results of earlier steps. */
interface Made {
  domain: string | undefined;
  secret: string | undefined;
}

function domainStep({ domain }: Survey, { account, settings, region }: StepTools, made: Made): Step {
  if (domain) {
    const status = domain.status.replaceAll("_", " ");
    return { what: "Domain", word: "found", found: `${domain.name}, ${status}, in ${domain.region}` };
  }
  return {
    what: "Domain",
    word: "found",
    found: `${settings.domain} is not at Resend yet`,
    change: {
      will: `created in ${region}, which cannot be changed later (for another region: \`--region\`)`,
      word: "created",
      run: async () => {
        const { id } = await account.createDomain(settings.domain, region);
        made.domain = id;
        return `${settings.domain}, in ${region}`;
      },
    },
  };
}

function trackingStep({ domain }: Survey, { account }: StepTools): Step {
  const on = [
    ...(domain?.open_tracking ? ["open tracking"] : []),
    ...(domain?.click_tracking ? ["click tracking"] : []),
  ];
  if (!domain || on.length === 0) return { what: "Tracking", word: "found", found: "off, for opens and clicks" };
  return {
    what: "Tracking",
    word: "found",
    found: `${on.join(" and ")} on`,
    change: {
      will: "switched off",
      word: "changed",
      run: async () => {
        await account.switchOffTracking(domain.id);
        return "off, for opens and clicks";
      },
    },
  };
}

function webhookStep({ webhook }: Survey, { account, settings, events }: StepTools, made: Made): Step {
  const whole = `${settings.webhookUrl}, enabled, with all ${events.length} events`;
  if (!webhook) {
    return {
      what: "Webhook",
      word: "found",
      found: `none for ${settings.webhookUrl}`,
      change: {
        will: `created, with ${events.length} events`,
        word: "created",
        run: async () => {
          made.secret = await account.createWebhook(settings.webhookUrl, events);
          return whole;
        },
      },
    };
  }
  const wrong = webhookFaults(webhook);
  if (wrong.length === 0) return { what: "Webhook", word: "found", found: whole };
  return {
    what: "Webhook",
    word: "found",
    found: `${settings.webhookUrl}, ${wrong.join(", ")}`,
    change: {
      will: `enabled, with all ${events.length} events`,
      word: "changed",
      run: async () => {
        // Keeps events that the author has added.
        await account.repairWebhook(webhook.id, [...webhook.events, ...webhook.missing]);
        return whole;
      },
    },
  };
}

export const webhookFaults = ({ status, missing }: NonNullable<Survey["webhook"]>): string[] => [
  ...(status === "enabled" ? [] : [status]),
  ...(missing.length === 0 ? [] : [`without ${missing.join(", ")}`]),
];

function webhookSecretStep({ secrets, signature, webhook }: Survey, { putSecret }: StepTools, made: Made): Step {
  const name = "RESEND_WEBHOOK_SECRET";
  const store = (found: string, will: string): Step => ({
    what: name,
    word: "found",
    found,
    change: {
      will,
      word: "stored",
      run: async () => {
        await putSecret(name, made.secret ?? "");
        return "the signing secret of this webhook";
      },
    },
  });
  if (!secrets.includes(name)) return store("not set", "stored");
  if (!webhook) return store("set, for another webhook", "replaced");
  switch (signature?.kind) {
    case "rejected":
      return store("set, but the Worker rejects what this webhook signs", "replaced");
    case "accepted":
      return { what: name, word: "already set", found: "the Worker accepts what this webhook signs" };
    default:
      return {
        what: name,
        word: "already set",
        found: `not compared: ${signature?.message ?? "the Worker was not asked"}. If webhooks are rejected, delete it with \`npx wrangler secret delete ${name}\`, and run this command again`,
      };
  }
}

function sendingKeyStep({ secrets }: Survey, tools: StepTools, made: Made): Step {
  const { account, settings, putSecret } = tools;
  const what = "RESEND_API_KEY";
  if (secrets.includes(what)) return { what, word: "already set", found: "the key that the Worker sends with" };
  return {
    what,
    word: "found",
    found: "not set",
    change: {
      will: `stored, as a new key that can only send, and only from ${settings.domain}`,
      word: "stored",
      run: async () => {
        const name = `${settings.worker} ${settings.domain}`.slice(0, 50);
        const older = await account.countKeys(name);
        const { id, token } = await account.createSendingKey(name, made.domain ?? "");
        try {
          await putSecret(what, token);
        } catch (error) {
          await tidyUp(tools, { id, name }, error as Error);
        }
        const stored = `a new key, named “${name}” at Resend, that can only send, and only from ${settings.domain}`;
        return older === 0
          ? stored
          : `${stored}. Delete the older key of that name at ${keysPage}: the Worker does not use it`;
      },
    },
  };
}

/**
 * Deletes a key that could not be stored, because its token cannot be read again; keeps it if it may have been stored
 * after all.
 */
async function tidyUp(
  { account, isStored }: StepTools,
  { id, name }: { readonly id: string; readonly name: string },
  error: Error,
): Promise<void> {
  const stored = await isStored("RESEND_API_KEY").catch(() => undefined);
  if (stored === true) return;
  const isGone =
    stored === false &&
    (await account.removeKey(id).then(
      () => true,
      () => false,
    ));
  if (!isGone)
    error.message += `\n\nA key “${name}” was left at Resend. Delete it at ${keysPage} if the next run stores another one.`;
  throw error;
}

function tokenKeysStep({ secrets }: Survey, { putSecret, tokenKeys }: StepTools): Step {
  const what = "TOKEN_KEYS";
  if (secrets.includes(what))
    return { what, word: "already set", found: "never replaced: links in sent emails need it" };
  return {
    what,
    word: "found",
    found: "not set",
    change: {
      will: "stored; keep the copy in .dev.vars: Cloudflare never shows it again, and imports need it",
      word: "stored",
      run: async () => {
        const { value, copy } = tokenKeys();
        await putSecret(what, value);
        return copy;
      },
    },
  };
}
