/**
 * Tests the doctor's report on Resend: nothing without a newsletter, what it cannot check without a key, and what is
 * wrong with one.
 */
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkResend, checkResendByKey } from "../../../src/cli/doctor/resend.ts";
import { openResendAccount } from "../../../src/cli/setup/resend-account.ts";
import { readSetupSettings } from "../../../src/cli/setup/setup-settings.ts";
import { webhookEvents } from "../../../src/editions/webhook/webhook-event.ts";
import { openResend, type Resend } from "../../fakes/resend.ts";
import { vars } from "../setup/author.ts";

const url = "https://library.example.org/newsletter/webhooks/resend";
let resend: Resend;
beforeEach(async () => {
  resend = await openResend();
});
afterEach(() => resend[Symbol.asyncDispose]());

async function look(
  changed: object = {},
  signature: "accepted" | "rejected" = "accepted",
  secrets = ["RESEND_WEBHOOK_SECRET"],
) {
  const findings = await checkResend({
    account: openResendAccount({ key: "re_full_access", url: resend.url }),
    settings: readSetupSettings({ name: "ml-blog", vars: { ...vars, ...changed } }),
    events: webhookEvents,
    secrets,
    probe: async () => ({ kind: signature }),
  });
  return findings.map(({ state, what, message, wayOut = "" }) => [
    `${state} ${what}`,
    `${message} -> ${wayOut}`.replace(/ -> $/, ""),
  ]);
}

test("everything is as it should be", async () => {
  resend.account.addDomain("letters.example.org");
  resend.account.addWebhook(url, [...webhookEvents]);
  expect(await look()).toEqual([
    ["ok Resend: domain", "letters.example.org is verified"],
    ["ok Resend: tracking", "off, for opens and clicks"],
    ["ok Resend: webhook", "enabled, with all 8 events"],
    ["ok Webhook secret", "the Worker accepts what the webhook signs"],
    ["ok Resend: quota", "100/3000, matches MAIL_QUOTA; 12 of 100 used today, 340 of 3000 used this month"],
  ]);
  expect(resend.account.writes).toEqual([]);
});

test("nothing is there", async () => {
  expect(await look()).toEqual([
    [
      "wrong Resend: domain",
      "letters.example.org is not in this account -> `npm run newsletter -- setup --remote` creates it.",
    ],
    ["wrong Resend: webhook", `none for ${url} -> \`npm run newsletter -- setup --remote\` creates it.`],
    ["ok Resend: quota", "100/3000, matches MAIL_QUOTA; 12 of 100 used today, 340 of 3000 used this month"],
  ]);
});

test("everything is wrong", async () => {
  Object.assign(resend.account.addDomain("letters.example.org", "pending"), {
    openTracking: true,
    clickTracking: true,
  });
  const webhook = resend.account.addWebhook(url, ["email.sent", "email.delivered", "email.bounced"]);
  webhook.status = "disabled";
  resend.account.addWebhook("https://old.example.org/newsletter/webhooks/resend", null);
  Object.assign(resend.account.plan, { daily: null, monthly: 50_000 });
  expect(await look({ MAIL_QUOTA: "100/3000" }, "rejected")).toEqual([
    [
      "wrong Resend: domain",
      "letters.example.org is pending, so no email is sent -> `npm run newsletter -- setup --remote` shows the DNS records that it needs.",
    ],
    [
      "wrong Resend: tracking",
      "open and click tracking is on, but the privacy promise says it is off -> `npm run newsletter -- setup --remote` switches it off.",
    ],
    [
      "wrong Resend: webhook",
      "disabled, without email.delivery_delayed, email.failed, email.suppressed, email.complained, suppression.added -> `npm run newsletter -- setup --remote` repairs it.",
    ],
    [
      "wrong Webhook secret",
      "the Worker rejects what the webhook signs -> `npm run newsletter -- setup --remote` stores the right secret.",
    ],
    [
      "warning Resend: webhook",
      "another one, for https://old.example.org/newsletter/webhooks/resend -> Unless another deployment uses it, delete it at https://resend.com/webhooks.",
    ],
    [
      "warning Resend: quota",
      'Resend\'s plan allows -/50000 emails a day and month, and MAIL_QUOTA is 100/3000 -> Set MAIL_QUOTA = "-/50000" in [vars] of wrangler.toml.',
    ],
  ]);
});

test("without a key it says what it did not check; with a wrong one, what is wrong", async () => {
  const config = { name: "ml-blog", vars: { ...vars, RESEND_URL: resend.url } };
  expect(await checkResendByKey(undefined, { ...config, vars: { ORIGIN: vars.ORIGIN } }, [])).toEqual([]);
  expect(await checkResendByKey(undefined, config, [])).toEqual([
    {
      state: "open",
      what: "Resend",
      message:
        "domain, tracking, webhook and quota not checked: set RESEND_FULL_ACCESS_KEY to a key with full access for this run",
    },
  ]);
  expect(await checkResendByKey("re_of_nobody", config, [])).toMatchObject([
    {
      state: "wrong",
      message: "Resend does not accept this key. Create one with full access at https://resend.com/api-keys",
    },
  ]);
  expect((await checkResendByKey("re_full_access", config, [])).map(({ state, what }) => `${state} ${what}`)).toEqual([
    "wrong Resend: domain",
    "wrong Resend: webhook",
    "ok Resend: quota",
  ]);
});
