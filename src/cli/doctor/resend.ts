/** Checks the newsletter's domain, webhook and quota at Resend; needs a key with full access. */

import { webhookEvents } from "../../editions/webhook/webhook-event.ts";
import { CommandError } from "../command-error.ts";
import { compareQuota } from "../setup/check-quota.ts";
import { keyVariable } from "../setup/full-access-key.ts";
import { probeWebhook } from "../setup/probe-webhook.ts";
import { openResendAccount, type ResendAccount } from "../setup/resend-account.ts";
import { readSetupSettings } from "../setup/setup-settings.ts";
import { webhookFaults } from "../setup/steps.ts";
import { type Survey, type Surveying, surveySetup } from "../setup/survey.ts";
import { sectionName } from "../wrangler/bindings.ts";
import { type Finding, ok, unseen, warning, wrong } from "./finding.ts";

const setup = "`npm run newsletter -- setup --remote`";

/** No findings without a newsletter; without a key, one line about what was not checked. */
export async function checkResendByKey(
  key: string | undefined,
  config: Parameters<typeof readSetupSettings>[0],
  secrets: readonly string[],
): Promise<Finding[]> {
  if (!config.vars.MAIL_FROM) return [];
  if (key === undefined) {
    return [
      unseen(
        "Resend",
        `domain, tracking, webhook and quota not checked: set ${keyVariable} to a key with full access for this run`,
      ),
    ];
  }
  try {
    const settings = readSetupSettings(config);
    const account = openResendAccount({ key, url: settings.resendUrl });
    const probe: Surveying["probe"] = (url, secret) => probeWebhook(url, secret, Date.now());
    return await checkResend({ account, settings, secrets, probe, events: webhookEvents });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return [wrong("Resend", error.message.replace(/\.$/, ""), "Fix that first.")];
  }
}

export async function checkResend(surveying: Surveying): Promise<Finding[]> {
  const survey = await surveySetup(surveying);
  return [
    ...checkDomain(survey, surveying),
    ...checkWebhook(survey, surveying),
    await checkQuota(surveying.account, surveying),
  ];
}

function checkDomain({ domain }: Survey, { settings }: Surveying): Finding[] {
  const what = "Resend: domain";
  if (!domain) return [wrong(what, `${settings.domain} is not in this account`, `${setup} creates it.`)];
  const on = [...(domain.open_tracking ? ["open"] : []), ...(domain.click_tracking ? ["click"] : [])];
  return [
    domain.status === "verified"
      ? ok(what, `${domain.name} is verified`)
      : wrong(
          what,
          `${domain.name} is ${domain.status.replaceAll("_", " ")}, so no email is sent`,
          `${setup} shows the DNS records that it needs.`,
        ),
    on.length === 0
      ? ok("Resend: tracking", "off, for opens and clicks")
      : wrong(
          "Resend: tracking",
          `${on.join(" and ")} tracking is on, but the privacy promise says it is off`,
          `${setup} switches it off.`,
        ),
  ];
}

function checkWebhook({ webhook, signature, twins, elsewhere }: Survey, { settings, events }: Surveying): Finding[] {
  const what = "Resend: webhook";
  if (!webhook) return [wrong(what, `none for ${settings.webhookUrl}`, `${setup} creates it.`)];
  const faults = webhookFaults(webhook);
  const others = [...(twins > 0 ? [settings.webhookUrl] : []), ...elsewhere];
  return [
    faults.length > 0
      ? wrong(what, `${faults.join(", ")}`, `${setup} repairs it.`)
      : ok(what, `enabled, with all ${events.length} events`),
    ...(signature?.kind === "rejected"
      ? [wrong("Webhook secret", "the Worker rejects what the webhook signs", `${setup} stores the right secret.`)]
      : signature?.kind === "accepted"
        ? [ok("Webhook secret", "the Worker accepts what the webhook signs")]
        : signature
          ? [unseen("Webhook secret", `not compared: ${signature.message}`)]
          : []),
    ...(others.length > 0
      ? [
          warning(
            what,
            `another one, for ${others.join(", ")}`,
            "Unless another deployment uses it, delete it at https://resend.com/webhooks.",
          ),
        ]
      : []),
  ];
}

async function checkQuota(account: ResendAccount, { settings }: Pick<Surveying, "settings">): Promise<Finding> {
  const check = compareQuota(settings.quota, await account.readUsage());
  return check.kind === "agrees"
    ? ok("Resend: quota", check.message)
    : warning(
        "Resend: quota",
        check.message,
        `Set MAIL_QUOTA = "${check.setting}" in ${sectionName("vars")} of wrangler.toml.`,
      );
}
