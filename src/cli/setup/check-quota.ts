/** Compares MAIL_QUOTA with the account's plan: the desk warns by MAIL_QUOTA, but Resend stops at the plan's limit. */

import { type Quota, quotaOf } from "../../mail/quota.ts";
import { CommandError } from "../command-error.ts";
import { sectionName } from "../wrangler/bindings.ts";
import type { ResendAccount, Usage } from "./resend-account.ts";
import type { SetupSettings } from "./setup-settings.ts";

export type QuotaCheck =
  | { readonly kind: "agrees"; readonly message: string }
  /** `setting`: the right value of MAIL_QUOTA. */
  | { readonly kind: "differs"; readonly message: string; readonly setting: string };

/** `quota`: MAIL_QUOTA as set; like the Worker, treats an invalid one as the free plan. */
export function compareQuota(quota: unknown, { daily, monthly }: Usage): QuotaCheck {
  const assumed = textOf(quotaOf(typeof quota === "string" ? { MAIL_QUOTA: quota } : {}));
  const setting = textOf({ day: daily.limit ?? undefined, month: monthly.limit ?? undefined });
  const used = `${usedOf(daily)} today, ${usedOf(monthly)} this month`;
  if (assumed === setting) return { kind: "agrees", message: `${setting}, matches MAIL_QUOTA; ${used}` };
  const isSet = typeof quota === "string" && quota.trim() === assumed;
  const how = isSet
    ? `MAIL_QUOTA is ${assumed}`
    : `MAIL_QUOTA ${quota === undefined ? "is not set" : "is not a quota"}, which means ${assumed}`;
  return { kind: "differs", message: `Resend's plan allows ${setting} emails a day and month, and ${how}`, setting };
}

export async function quotaAdvice(account: ResendAccount, { quota }: Pick<SetupSettings, "quota">): Promise<string[]> {
  let usage: Usage;
  try {
    usage = await account.readUsage();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return [`MAIL_QUOTA was not compared with Resend's plan. ${error.message}`];
  }
  const check = compareQuota(quota, usage);
  return check.kind === "agrees"
    ? []
    : [`${check.message}. Set MAIL_QUOTA = "${check.setting}" in ${sectionName("vars")} of wrangler.toml.`];
}

const textOf = ({ day, month }: Quota): string => `${day ?? "-"}/${month ?? "-"}`;
const usedOf = ({ used, limit }: Usage["daily"]): string =>
  limit == null ? `${used} used` : `${used} of ${limit} used`;
